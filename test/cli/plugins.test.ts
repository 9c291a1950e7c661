import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { contents, copyOf, edit, makeApp } from './app.js'
import { emptyFolder, removeFolders, run } from './run.js'

afterAll(removeFolders)

describe('create-ssot-app --plugins', () => {
  it('makes the app with them and their options, and tells the command for the same app', async () => {
    const cwd = await emptyFolder()
    const flags = ['--plugins', 'usage-tracker', '--usage-tracker-retention-days', '30']
    const ended = await run(['app', '--yes', '--no-setup', ...flags], { cwd })
    expect(ended.code, ended.stderr).toBe(0)
    expect(ended.stdout).toContain(flags.join(' '))
    expect(await readFile(join(cwd, 'app', 'ssot.config.ts'), 'utf8')).toContain(
      "  plugins: ['usage-tracker'],\n  pluginOptions: { 'usage-tracker': { retentionDays: 30 } },\n",
    )
  })

  it('takes the same from JSON', async () => {
    const cwd = await emptyFolder()
    const input = {
      dir: 'app',
      setup: false,
      plugins: ['usage-tracker'],
      pluginOptions: { 'usage-tracker': { retentionDays: 30 } },
    }
    const stdin = { text: JSON.stringify(input) }
    const ended = await run(['--json=-', '--yes'], { cwd, stdin })
    expect(ended.code, ended.stderr).toBe(0)
    expect(await readFile(join(cwd, 'app', '.env.example'), 'utf8')).toContain(
      'USAGE_RETENTION_DAYS=30\n',
    )
  })

  it.each([
    [
      ['--plugins', 'usage'],
      ["There is no plugin 'usage'.", 'Did you mean usage-tracker?'],
    ],
    [
      ['--plugins', 'usage-tracker', '--usage-tracker-retention-days', 'x'],
      ["'retentionDays' of the plugin usage-tracker: 'x' is not a whole number from 1 to 3650."],
    ],
    [
      ['--plugins', 'usage-tracker', '--usage-tracker-retention-day', '1'],
      ['Unknown flag --usage-tracker-retention-day.', '--usage-tracker-retention-days'],
    ],
    [
      ['--usage-tracker-retention-days', '1'],
      ["There are options for 'usage-tracker', which is not among the plugins of this app."],
    ],
  ])('refuses %j, and writes nothing', async (flags, told) => {
    const cwd = await emptyFolder()
    const ended = await run(['app', '--yes', '--no-setup', ...flags], { cwd })
    expect(ended.code).toBe(2)
    for (const text of told) expect(ended.stderr).toContain(text)
    expect(existsSync(join(cwd, 'app'))).toBe(false)
  })
})

describe('ssot add, remove and list plugins', () => {
  let made: string
  const ssot = (cwd: string, ...words: string[]) => run(words, { cwd, bin: 'ssot' })
  beforeAll(async () => {
    made = await makeApp('--yes')
  })

  it('adds and removes without a trace, and says what is left to type where set-up is left out', async () => {
    const app = await copyOf(made)
    const before = contents(app)
    const added = await ssot(app, 'add', 'usage-tracker', '--no-setup')
    expect(added).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/usage-tracker is part of the app[^]*npx ssot db migrate/),
    })
    const removed = await ssot(app, 'remove', 'usage-tracker', '--no-setup')
    expect(removed).toMatchObject({
      code: 0,
      stderr: expect.stringContaining('its tables stay in the database'),
    })
    expect(contents(app)).toEqual(before)
  })

  it('keeps the files that were edited, and names them', async () => {
    const app = await copyOf(made)
    await ssot(app, 'add', 'usage-tracker', '--no-setup')
    const path = 'src/plugins/usage-tracker/tracker.ts'
    await edit(app, path, (text) => text.replace('10_000', '20_000'))
    const removed = await ssot(app, 'remove', 'usage-tracker', '--no-setup', '--json')
    expect(JSON.parse(removed.stdout)).toMatchObject({
      ...{ ok: true, exitCode: 0, removed: ['usage-tracker'], orphans: [path] },
      notes: [expect.stringContaining('its tables stay')],
      setup: null,
    })
    expect(await readFile(join(app, path), 'utf8')).toContain('20_000')
    expect(existsSync(join(app, 'src/plugins/usage-tracker/counts.ts'))).toBe(false)
  })

  it.each([['add'], ['remove']])(
    '%s --dry-run writes nothing, and names each file',
    async (command) => {
      const app = await copyOf(made)
      if (command === 'remove') await ssot(app, 'add', 'usage-tracker', '--no-setup')
      const before = contents(app)
      const ended = await ssot(app, command, 'usage-tracker', '--dry-run')
      expect(ended.code).toBe(0)
      expect(ended.stdout).toMatch(/^(create|delete) {3}src\/plugins\/usage-tracker\/index\.ts$/m)
      expect(ended.stdout).toContain('nothing was written')
      expect(contents(app)).toEqual(before)
    },
  )

  it.each([
    [['add'], 'Name a plugin: ssot add <plugin> [flags].'],
    [['add', 'usage-trakcer'], 'Did you mean usage-tracker?'],
    [['add', 'usage-tracker', '--retention-dayz', '1'], 'Did you mean --retention-days?'],
    [['add', 'usage-tracker', '--retention-days', '0'], 'is not a whole number from 1 to 3650'],
    [['add', 'usage-tracker', 'other'], "takes one plugin, and got 'other' too"],
    [['remove'], 'Name one plugin: ssot remove <plugin> [flags].'],
    [['remove', 'nothing'], "There is no plugin 'nothing' in this app."],
    [['list', 'plugin'], 'Did you mean plugins?'],
  ])('%j is exit 2, and writes nothing', async (words, told) => {
    const before = contents(made)
    const ended = await ssot(made, ...words)
    expect(ended).toMatchObject({ code: 2, stderr: expect.stringContaining(told) })
    expect(contents(made)).toEqual(before)
  })

  it('removes a plugin that can no longer be loaded', async () => {
    const app = await copyOf(made)
    await edit(app, 'ssot.config.ts', (text) => text.replace('})', "  plugins: ['gone'],\n})"))
    expect(await ssot(app, 'generate')).toMatchObject({ code: 2 })
    expect(await ssot(app, 'remove', 'gone', '--no-setup')).toMatchObject({ code: 0 })
    expect(contents(app)).toEqual(contents(made))
  })

  it('refuses to change a config that computes its plugins, and writes nothing', async () => {
    const app = await copyOf(made)
    const computed = "  plugins: process.env['NONE'] ? ['a'] : [],\n})"
    await edit(app, 'ssot.config.ts', (text) => text.replace('})', computed))
    const before = contents(app)
    const ended = await ssot(app, 'add', 'usage-tracker', '--no-setup')
    expect(ended).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("Write by hand: plugins: ['usage-tracker'],"),
    })
    expect(contents(app)).toEqual(before)
  })

  it('lists what there is, and what the app has', async () => {
    const app = await copyOf(made)
    const read = async (cwd: string): Promise<unknown> => {
      const { stdout } = await ssot(cwd, 'list', 'plugins', '--json')
      const { plugins } = JSON.parse(stdout) as { plugins: { id: string }[] }
      return plugins.find(({ id }) => id === 'usage-tracker')
    }
    const tracker = {
      id: 'usage-tracker',
      category: 'monitoring',
      origin: 'built-in',
      options: [
        {
          name: 'retentionDays',
          flag: '--retention-days',
          kind: 'count',
          default: 90,
          hint: expect.any(String),
        },
      ],
    }
    expect(await read(await emptyFolder())).toMatchObject({ ...tracker, active: null })
    expect(await read(app)).toMatchObject({ ...tracker, active: false })
    await ssot(app, 'add', 'usage-tracker', '--no-setup')
    expect(await read(app)).toMatchObject({ ...tracker, active: true })
  })
})

describe('phases in ssot.config.ts', () => {
  const PHASES = `  phases: [
    {
      after: 'plan',
      phase: definePhase({
        id: 'no-dockerfile',
        needs: ['plan'],
        provides: ['plan'],
        run: ({ plan }) => ({
          plan: { ...plan, files: plan.files.filter(({ path }) => path !== 'Dockerfile') },
        }),
      }),
    },
  ],
})`
  const ssot = (cwd: string, ...words: string[]) => run(words, { cwd, bin: 'ssot' })

  it('run in their places, and again only when something changed', async () => {
    const app = await makeApp('--yes')
    await edit(app, 'ssot.config.ts', (text) =>
      text.replace('{ defineConfig }', '{ defineConfig, definePhase }').replace('})', PHASES),
    )
    const generated = await ssot(app, 'generate')
    expect(generated.code, generated.stderr).toBe(0)
    expect(generated.stdout).toContain('1 deleted')
    expect(existsSync(join(app, 'Dockerfile'))).toBe(false)
    expect((await ssot(app, 'generate')).stdout).toContain('everything is up to date')
    await edit(app, 'ssot.config.ts', (text) => text.replace("!== 'Dockerfile'", "!== 'none'"))
    expect((await ssot(app, 'generate')).code).toBe(0)
    expect(existsSync(join(app, 'Dockerfile'))).toBe(true)
  })

  it.each([
    ["after: 'plan'", "after: 'plann'", "The phase 'no-dockerfile' of ssot.config.ts has no place"],
    ["needs: ['plan']", 'needs: 1', 'The phases of ssot.config.ts are not right: 0.phase.needs'],
    ['({ plan }) => ({', "() => { throw new Error('on fire') }, x: () => ({", 'on fire'],
  ])('are refused with %s as %s, and nothing is written', async (from, to, told) => {
    const app = await makeApp('--yes')
    const before = contents(app)
    await edit(app, 'ssot.config.ts', (text) =>
      text
        .replace('{ defineConfig }', '{ defineConfig, definePhase }')
        .replace('})', PHASES.replace(from, to)),
    )
    const ended = await ssot(app, 'generate')
    expect(ended.code).not.toBe(0)
    expect(ended.stderr).toContain(told)
    expect({ ...contents(app), 'ssot.config.ts': '' }).toEqual({ ...before, 'ssot.config.ts': '' })
  })
})
