import { describe, expect, it } from 'vitest'
import { previewApp } from '../../test/support/preview-app.js'

const appOf = (models: string, plugins = ['google']) => previewApp(models, { plugins })
const user = (...fields: string[]): string =>
  [
    'model User {',
    '  id String @id @default(cuid())',
    '  email String @unique',
    ...fields,
    '}',
  ].join('\n')

describe('the plugin google', () => {
  it('brings jwt along, whose sessions know how they began', async () => {
    const files = await appOf(user())
    expect(files.get('ssot.config.ts')).toContain("plugins: ['google', 'jwt']")
    expect(files.get('prisma/jwt.prisma')).toMatch(/via +String +@default\("JWT"\)/)
    expect(files.get('src/plugins/jwt/authenticate.ts')).toContain('via: session.via')
  })

  it('leaves no trace in an app with jwt alone', async () => {
    const files = await appOf(user(), ['jwt'])
    const traces = [...files].filter(([path, text]) => /google/i.test(path + text))
    expect(traces.map(([path]) => path)).toEqual(['src/http/authenticate.ts'])
  })

  it('makes users of the names that Google tells', async () => {
    const files = await appOf(user('  firstName String', '  last_name String'))
    const accounts = files.get('src/plugins/google/accounts.ts')
    expect(accounts).toContain("firstName: text(claims['given_name'])")
    expect(accounts).toContain("last_name: text(claims['family_name'])")
  })

  it('takes API keys away too, where there are any', async () => {
    const waysWith = async (...plugins: string[]) =>
      (await appOf(user(), plugins)).get('src/auth/ways-in.ts')
    expect(await waysWith('google')).not.toContain('authApiKey')
    expect(await waysWith('google', 'api-key')).toContain('db.authApiKey.deleteMany')
  })

  it.each([
    [user('  born DateTime'), 'User.born must be given, and Google does not know it.'],
    [
      'model User {\n  id String @id @default(cuid())\n  username String @unique\n}',
      'People sign in to User by username, and Google knows them by their e-mail.',
    ],
  ])('refuses a schema by which nobody can come from there: %#', async (models, message) => {
    await expect(appOf(models)).rejects.toThrow(message)
  })
})
