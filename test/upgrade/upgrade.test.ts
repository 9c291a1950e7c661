import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bins, linkDependencies } from '../examples/make.js'
import { run, type Ended } from '../support/process.js'
import { OldApp } from './old-app.js'

/** Where the user changed lines that the newer version changes too, and what the user makes of it. */
type Clash = { readonly path: string; readonly find: string; readonly replace: string }

/** Apps of the version before edits were merged: commit eca2a27, with 0.1.0 on them as well. */
const OLD: readonly { name: string; clashes: readonly Clash[] }[] = [
  {
    name: 'blog-express-registry',
    clashes: [
      {
        path: 'src/app.ts',
        find: '      ...docsEndpoints(resources),\n',
        replace: '      ...docsEndpoints(resources),\n      ...statusEndpoints,\n',
      },
    ],
  },
  {
    name: 'blog-fastify-layered',
    clashes: [
      {
        path: 'src/models/comment/comment.service.ts',
        find: '    return db.comment.count(',
        replace: '    // What waits for an editor counts, too.\n    return db.comment.count(',
      },
    ],
  },
]

const MARKED = /^<{7} yours\n[^]*?^={7}\n([^]*?)^>{7} newly generated\n/gm

describe.each(OLD)('$name of an older version', ({ name, clashes }) => {
  let app: OldApp
  let upgraded: Ended
  const inApp = (...command: string[]) => run(command, { cwd: app.root })
  const ssot = (...words: string[]) => inApp(process.execPath, bins.ssot, ...words)

  beforeAll(async () => {
    app = new OldApp(name)
    upgraded = await ssot('upgrade', '--no-setup', '--json')
  }, 600_000)
  afterAll(() => app?.remove())

  it('is upgraded, and conflicts are where both changed the same lines', () => {
    const report = JSON.parse(upgraded.output.slice(upgraded.output.indexOf('\n{'))) as {
      exitCode: number
      changes: { path: string; kind: string }[]
    }
    const conflicts = report.changes.filter(({ kind }) => kind === 'conflict')
    expect(conflicts.map(({ path }) => path)).toEqual(clashes.map(({ path }) => path))
    expect([report.exitCode, upgraded.code]).toEqual([1, 1])
  })

  it('has every line that the user wrote, and not the file that the user deleted', () => {
    for (const [path, lines] of Object.entries(app.edits)) {
      const now = app.read(path).split('\n')
      expect(lines.filter((line) => !now.includes(line))).toEqual([])
    }
    expect(existsSync(join(app.root, 'compose.yaml'))).toBe(false)
    expect(app.read('package.json')).toContain('"plop": "plop"')
    expect(app.read('README.md')).toContain('### Add a model')
  })

  it('is sound when its conflicts are resolved: types, linter, its own tests', async () => {
    for (const { path, find, replace } of clashes) {
      const newer = app.read(path).replaceAll(MARKED, '$1')
      expect(newer.split(find)).toHaveLength(2)
      app.write(
        path,
        newer.replace(find, () => replace),
      )
    }
    expect(await ssot('generate')).toMatchObject({ code: 0 })
    await linkDependencies(app.root)
    app.write('.env', app.read('.env.example'))
    for (const words of [['client'], ['db', 'migrate', '--name', 'init']])
      expect(await ssot(...words)).toMatchObject({ code: 0 })
    for (const tool of ['typescript/bin/tsc', 'oxlint/bin/oxlint'])
      expect(await inApp(process.execPath, `node_modules/${tool}`)).toMatchObject({ code: 0 })
    const tests = await inApp('npm', 'test')
    expect(tests.code, tests.output).toBe(0)
  })

  it('has nothing left to do', async () => {
    expect((await ssot('generate')).output).toContain('everything is up to date')
    expect(await ssot('upgrade', '--no-setup')).toMatchObject({
      code: 0,
      output: expect.not.stringMatching(/updated|merged|created|conflict/),
    })
  })
})
