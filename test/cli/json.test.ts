import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { contents, copyOf, edit, makeApp } from './app.js'
import { emptyFolder, removeFolders, run, type Ended } from './run.js'

afterAll(removeFolders)

let made: string
beforeAll(async () => {
  made = await makeApp('--example', 'minimal')
})

type Report = {
  readonly ok: boolean
  readonly exitCode: number
  readonly error?: { readonly message: string; readonly remedies: readonly string[] }
}

/** One object, and nothing else, on standard output; it says what the exit code says. */
function reportOf({ code, stdout }: Ended): Report {
  const report = JSON.parse(stdout) as Report
  const { ok, exitCode, error } = report
  expect([ok, exitCode, typeof error?.message, Array.isArray(error?.remedies)]).toEqual(
    code === 0 ? [true, 0, 'undefined', false] : [false, code, 'string', true],
  )
  return report
}

const ssot = (cwd: string, command: string): Promise<Ended> =>
  run([...command.split(' ').filter(Boolean), '--json'], { cwd, bin: 'ssot' })

describe('--json of every command that is given what it wants', () => {
  it.each([
    ['version', { version: expect.stringMatching(/^\d+\.\d+\.\d+/) }],
    ['--version', { version: expect.any(String) }],
    ['help', { help: expect.stringContaining('Usage: ssot') }],
    ['set --help', { help: expect.stringContaining('framework=express|fastify') }],
    ['list', { framework: ['express', 'fastify'] }],
    ['list plugins', { plugins: expect.arrayContaining([expect.any(Object)]) }],
    ['diff', { files: [] }],
    ['diff --mode layered', { files: expect.arrayContaining([expect.any(Object)]) }],
    ['generate', { unchanged: true }],
    ['generate --dry-run --mode layered', { dryRun: true }],
    ['set mode=layered --dry-run', { set: { mode: 'layered' } }],
    ['set mode=registry', { set: {} }],
    ['add usage-tracker --dry-run', { added: ['usage-tracker'] }],
    ['add usage-tracker --no-setup', { added: ['usage-tracker'], setup: null }],
    ['remove usage-tracker --no-setup', { removed: ['usage-tracker'], setup: null }],
    ['remove usage-tracker', { removed: [] }],
    ['eject src/app.ts', { ejected: ['src/app.ts'] }],
    ['eject --undo src/app.ts', { takenBack: ['src/app.ts'] }],
    ['upgrade --dry-run', { migrations: [] }],
    ['upgrade --no-setup', { migrations: [] }],
  ])('ssot %s', async (command, report) => {
    const ended = await ssot(made, command)
    expect(ended.code, ended.stderr).toBe(0)
    expect(reportOf(ended)).toMatchObject(report)
  })
})

describe('--json of every command that is given something wrong', () => {
  it.each([
    ['', 'Unknown command'],
    ['frobnicate', "Unknown command 'frobnicate'"],
    ['version now', "takes no argument, and got 'now'"],
    ['version --nope', 'Unknown flag --nope'],
    ['list everything', "knows no 'everything'"],
    ['generate --mode stacked', "'stacked' is not known"],
    ['generate --watch', 'exclude each other'],
    ['diff --nope', 'Unknown flag --nope'],
    ['doctor now', "takes no argument, and got 'now'"],
    ['client now', "takes no argument, and got 'now'"],
    ['set', 'Say what to set'],
    ['set color=red', "knows no choice 'color'"],
    ['add', 'Name a plugin'],
    ['add nope', "There is no plugin 'nope'"],
    ['add usage-tracker --nope', 'Unknown flag --nope'],
    ['remove nope', "There is no plugin 'nope' in this app"],
    ['eject', 'Name one file'],
    ['eject nope.ts', 'nope.ts is not a generated file'],
    ['upgrade now', "takes no argument, and got 'now'"],
    ['db', "'ssot db' needs a command"],
    ['db rest', "Unknown command 'db rest'"],
    ['db push now', "takes no argument, and got 'now'"],
    ['db migrate', 'DATABASE_URL is not set'],
    ['db deploy --nope', 'Unknown flag --nope'],
    ['db pull', 'DATABASE_URL is not set'],
    ['db reset', 'nobody can be asked'],
    ['db seed --nope', 'Unknown flag --nope'],
  ])('ssot %s', async (command, message) => {
    const before = contents(made)
    const ended = await ssot(made, command)
    expect(ended.code, ended.stderr).toBe(2)
    expect(reportOf(ended).error!.message).toContain(message)
    expect(contents(made)).toEqual(before)
  })

  it.each(
    ['generate', 'diff', 'doctor', 'client', 'db migrate', 'set mode=layered', 'upgrade'].concat(
      ...[['add usage-tracker', 'remove usage-tracker', 'eject src/app.ts']],
    ),
  )('ssot %s, outside of an app', async (command) => {
    const ended = await ssot(await emptyFolder(), command)
    expect(ended.code, ended.stderr).toBe(2)
    expect(reportOf(ended).error!.message).toContain('is not in an app')
  })
})

describe('--json of commands that leave something to do', () => {
  it.each(['generate --mode layered', 'set mode=layered --no-setup', 'upgrade --no-setup'])(
    'ssot %s, in conflict',
    async (command) => {
      const app = await copyOf(made)
      await edit(app, '.ssot/base/src/server.ts.base', (text) => text.replace('running', 'was'))
      await edit(app, 'src/server.ts', (text) => text.replace('running', 'mine'))
      const ended = await ssot(app, command)
      expect(ended.code, ended.stderr).toBe(1)
      expect(reportOf(ended).error).toEqual({
        message: expect.stringContaining('src/server.ts:'),
        remedies: [expect.stringContaining('take the markers out')],
      })
    },
  )

  it.each(['set mode=layered', 'upgrade'])(
    'ssot %s, where package.json is in conflict and packages are installed',
    async (command) => {
      const app = await copyOf(made)
      await mkdir(join(app, 'node_modules'))
      for (const [path, script] of [
        ['.ssot/base/package.json.base', 'oxlint src'],
        ['package.json', 'oxlint .'],
      ] as const)
        await edit(app, path, (text) => text.replace('"lint": "oxlint"', `"lint": "${script}"`))
      const ended = await ssot(app, command)
      expect(ended.code, ended.stderr).toBe(1)
      expect(reportOf(ended).error).toEqual({
        message: expect.stringContaining('package.json:'),
        remedies: [expect.stringContaining('take the markers out')],
      })
    },
  )

  it('ssot doctor, where nothing is installed', async () => {
    const ended = await ssot(made, 'doctor')
    expect(ended.code).toBe(1)
    expect(reportOf(ended).error).toEqual({
      message: expect.stringContaining('packages: The dependencies are not installed.'),
      remedies: expect.arrayContaining([expect.stringContaining('npm install')]),
    })
  })

  it('ssot list plugins, where one of the app can not be loaded', async () => {
    const app = await copyOf(made)
    await edit(app, 'ssot.config.ts', (text) => text.replace(/^\}\)/m, "  plugins: ['gone'],\n})"))
    const ended = await ssot(app, 'list plugins')
    expect(ended.code).toBe(1)
    expect(reportOf(ended).error!.message).toContain("There is no plugin 'gone'")
  })
})
