import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { whileLocked } from '../../src/write/exclusive.js'
import { contents, copyOf, edit, makeApp } from './app.js'
import { killedAt } from './kill.js'
import { emptyFolder, fakeNpm, removeFolders, run, type Ended } from './run.js'

afterAll(removeFolders)

let made: string
beforeAll(async () => void (made = await makeApp('--example', 'minimal')))

const set = (cwd: string, words: readonly string[], env?: Record<string, string>): Promise<Ended> =>
  run(['set', ...words, '--no-setup'], { cwd, bin: 'ssot', ...(env ? { env } : {}) })

const config = (app: string): Promise<string> => readFile(join(app, 'ssot.config.ts'), 'utf8')

describe('ssot set', () => {
  it('makes the app that would have been made with those choices, and comes back to the first', async () => {
    const app = await copyOf(made)
    const layered = await makeApp(
      ...['--example', 'minimal', '--framework', 'fastify', '--mode', 'layered'],
    )
    expect(await set(app, ['framework=fastify', 'mode=layered'])).toMatchObject({ code: 0 })
    expect(contents(app)).toEqual(contents(layered))
    expect(await set(app, ['framework=express', 'mode=registry'])).toMatchObject({ code: 0 })
    expect(contents(app)).toEqual(contents(made))
  })

  it('keeps edits, and names those in files that the other mode has not', async () => {
    const app = await copyOf(made)
    await edit(app, 'src/server.ts', (text) => `// Mine.\n${text}`)
    await edit(app, 'src/registry/models.registry.ts', (text) => `${text}\nexport const mine = 1\n`)
    const { stderr, code } = await set(app, ['mode=layered'])
    expect(code).toBe(0)
    expect(stderr).toContain(
      'note: src/registry/models.registry.ts is no longer generated; it stays, as you edited it\n',
    )
    expect(await readFile(join(app, 'src/server.ts'), 'utf8')).toMatch(/^\/\/ Mine\.\n/)
    expect(existsSync(join(app, 'src/registry/service.factory.ts'))).toBe(false)
    expect(existsSync(join(app, 'src/models/task/task.dto.ts'))).toBe(true)
  })

  it('keeps every other byte of the config, and meets no conflict there', async () => {
    const app = await copyOf(made)
    const own = (framework: string, mode: string): string => `// Ours.
import { defineConfig } from 'create-ssot-app'

export default defineConfig({
  framework: "${framework}", // as the other services
    mode: '${mode}'
  , pm: 'npm',
} satisfies object)
`
    await writeFile(join(app, 'ssot.config.ts'), own('express', 'registry'))
    expect(await set(app, ['mode=layered', 'framework=fastify'])).toMatchObject({ code: 0 })
    expect(await config(app)).toBe(own('fastify', 'layered'))
    const after = contents(app)
    expect(await run(['generate'], { cwd: app, bin: 'ssot' })).toMatchObject({ code: 0 })
    expect(contents(app)).toEqual(after)
  })

  it('writes nothing by a dry run, and where the config is computed', async () => {
    const app = await copyOf(made)
    const { stdout } = await set(app, ['mode=layered', '--dry-run'])
    expect(stdout).toContain('update   ssot.config.ts\n')
    expect(stdout).toContain('create   src/models/task/task.dto.ts\n')
    expect(contents(app)).toEqual(contents(made))

    await writeFile(
      join(app, 'ssot.config.ts'),
      "const mode = Math.PI > 3 ? 'registry' : 'layered'\nexport default { framework: 'express', mode, pm: 'npm' }\n",
    )
    const before = contents(app)
    expect(await set(app, ['mode=layered'])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("Write by hand: mode: 'layered',"),
    })
    expect(contents(app)).toEqual(before)
  })

  it('says in one commit with the code what the config says, also when that meets an edit', async () => {
    const app = await copyOf(made)
    await edit(app, 'package.json', (text) =>
      text.replace(/"express": "[^"]+"/, '"express": "0.0.1"'),
    )
    const { code, stdout, stderr } = await set(app, ['framework=fastify'])
    expect(code).toBe(1)
    expect(stderr).toMatch(/\n {2}package\.json:\d+\n/)
    expect(stdout).toContain('npm install')
    expect(await config(app)).toContain("framework: 'fastify'")
    expect(await readFile(join(app, 'src/app.ts'), 'utf8')).toContain('fastify')
  })

  it('does what follows, and says what is left when that fails', async () => {
    const app = await copyOf(made)
    const env = await fakeNpm('process.exit(7)')
    const ended = await run(['set', 'framework=fastify'], { cwd: app, bin: 'ssot', env })
    expect(ended.code).toBe(1)
    expect(ended.stderr).toContain("The step 'install' failed:")
    expect(ended.stdout).toMatch(/Next:\n {2}npm install.*\n {2}cp .*\n {2}npx ssot client\n/)
    expect(await config(app)).toContain("framework: 'fastify'")
  })
})

describe.skipIf(process.platform === 'win32')('ssot set that is killed', () => {
  it('leaves a config and code that say the same', { timeout: 300_000 }, async () => {
    const words = ['mode=layered', 'framework=fastify']
    const done = await copyOf(made)
    const count = join(await emptyFolder(), 'count')
    expect(await set(done, words, await killedAt(0, count))).toMatchObject({ code: 0 })
    const steps = Number(await readFile(count, 'utf8'))
    expect(steps).toBeGreaterThan(100)
    const seen = new Set<string>()
    for (let step = 1; step <= steps; step += Math.ceil(steps / 15)) {
      const app = await copyOf(made)
      expect(await set(app, words, await killedAt(step))).toMatchObject({ code: null })
      await whileLocked(app, async () => {})
      const which = isDeepStrictEqual(contents(app), contents(made)) ? 'old' : 'new'
      expect(contents(app)).toEqual(contents(which === 'old' ? made : done))
      seen.add(which)
    }
    expect([...seen]).toEqual(['old', 'new'])
  })
})
