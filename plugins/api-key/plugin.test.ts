import { describe, expect, it } from 'vitest'
import { previewApp } from '../../test/support/preview-app.js'

const NOTE = 'model Note {\n  id Int @id\n}'

describe('the plugin api-key', () => {
  it.each([
    ['String @default(cuid())', 'String', 'return user.id'],
    ['Int @default(autoincrement())', 'Int', 'return Number(user.id)'],
    ['BigInt @default(autoincrement())', 'BigInt', 'return BigInt(user.id)'],
  ])('holds ids of the type %s', async (id, column, code) => {
    const [type, ...rest] = id.split(' ')
    const user = `model User {\n  id ${type} @id ${rest.join(' ')}\n  email String @unique\n}`
    const files = await previewApp(user, { plugins: ['api-key'] })
    expect(files.get('prisma/api-key.prisma')).toMatch(new RegExp(`userId +${column}\\n`))
    expect(files.get('src/plugins/api-key/endpoints.ts')).toContain(code)
  })

  it('shares a User with jwt, where the schema has none', async () => {
    const files = await previewApp(NOTE, { plugins: ['jwt', 'api-key'] })
    expect(files.get('prisma/user.prisma')).toContain('model User {')
    const hosts = files.get('src/http/authenticate.ts')
    expect(hosts).toContain('  apiKey.authenticate,\n  jwt.authenticate,\n')
    expect(files.get('test/plugins/api-key.test.ts')).toContain('is made, listed, rotated')
  })

  it('works without jwt', async () => {
    const files = await previewApp(NOTE, { plugins: ['api-key'] })
    expect([...files.keys()].filter((path) => path.includes('jwt'))).toEqual([])
    expect(files.get('test/plugins/api-key.test.ts')).not.toContain('jwt')
    expect(files.get('package.json')).toContain('"api-key": "ssot client && tsx')
  })

  it('refuses to take others for users than jwt does', async () => {
    const models = `${NOTE}\nmodel User {\n  id Int @id @default(autoincrement())\n  email String @unique\n  nick String @unique\n}`
    const pluginOptions = { jwt: { login: 'nick' }, 'api-key': { login: 'email' } }
    await expect(
      previewApp(models, { plugins: ['jwt', 'api-key'], pluginOptions }),
    ).rejects.toThrow("The plugins were told different things of login: see 'api-key'.")
  })
})
