import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { COMBINATIONS, type Combination, type Example } from '../examples/combinations.js'
import { contentsOf } from '../examples/files.js'
import { bins, makeLinked, type MadeApp } from '../examples/make.js'
import { findUnused } from '../examples/unused.js'
import { deep } from '../support/deep.js'
import { run } from '../support/process.js'
import { startApp } from '../support/start.js'

const PROVED: readonly { example: Example; choice: Combination }[] = [
  // Beside a plugin that signs people in, too.
  ...(deep ? COMBINATIONS : [COMBINATIONS[1]!]).map((choice) => ({
    example: choice.mode === 'layered' ? ('blog' as const) : ('minimal' as const),
    choice,
  })),
  // PostgreSQL, in the process.
  ...(deep
    ? ([{ example: 'ai-chat', choice: { framework: 'fastify', mode: 'registry' } }] as const)
    : []),
]

describe.each(PROVED)('usage-tracker: $example, $choice', ({ example, choice }) => {
  let app: MadeApp
  let before: Record<string, string>
  const inApp = (...command: string[]) => run(command, { cwd: app.root })
  const ssot = (...words: string[]) => inApp(process.execPath, bins.ssot, ...words)

  beforeAll(async () => {
    app = await makeLinked(example, choice)
    before = await contentsOf(app.root)
  }, 600_000)
  afterAll(() => app?.remove())

  it('is added by one command, with its table in the database', async () => {
    const added = await ssot('add', 'usage-tracker', '--retention-days', '30', '--json')
    expect(added.code, added.output).toBe(0)
    expect(added.output).toContain('"added": [\n    "usage-tracker"\n  ]')
    expect(await ssot('db', 'migrate')).toMatchObject({
      output: expect.stringContaining('the database is what the schema says'),
    })
    expect((await ssot('generate')).output).toContain('everything is up to date')
  })

  it('is added once', async () => {
    const now = await contentsOf(app.root)
    for (const words of [[], ['--retention-days', '30']]) {
      const again = await ssot('add', 'usage-tracker', ...words)
      expect(again).toMatchObject({ code: 0, output: expect.stringContaining('nothing to do') })
    }
    expect(await contentsOf(app.root)).toEqual(now)
  })

  it('type-checks, is formatted and linted, has nothing unused, and its tests pass', async () => {
    for (const tool of ['typescript/bin/tsc', 'oxlint/bin/oxlint'])
      expect(await inApp(process.execPath, `node_modules/${tool}`)).toMatchObject({ code: 0 })
    const formatted = await inApp(process.execPath, 'node_modules/oxfmt/bin/oxfmt', '--check')
    expect(formatted.code, formatted.output).toBe(0)
    expect(await findUnused(app.root)).toEqual({ code: 0, output: '' })
    const tests = await inApp('npm', 'test')
    expect(tests.code, tests.output).toBe(0)
  })

  it('counts, tells who has the token, and says so in the document', async () => {
    const built = await inApp('npm', 'run', 'build')
    expect(built.code, built.output).toBe(0)
    const started = await startApp(app.root, ['dist/server.js'], { NODE_ENV: 'production' })
    const token = /^USAGE_TOKEN=(.+)$/m.exec(await readFile(join(app.root, '.env'), 'utf8'))![1]!
    const read = (headers: Record<string, string>) => fetch(`${started.url}/api/usage`, { headers })
    const refused = (await read({})).status
    const { data } = (await (await read({ 'x-usage-token': token })).json()) as {
      data: unknown[]
    }
    const document = (await (await fetch(`${started.url}/openapi.json`)).json()) as {
      paths: Record<string, unknown>
      components: Record<string, unknown>
    }
    expect([refused, await started.stop()]).toEqual([401, 0])
    expect(data).toContainEqual(
      expect.objectContaining({ method: 'GET', route: '/api/usage', status: 401, requests: 1 }),
    )
    expect(document.paths).toHaveProperty(['/api/usage', 'get'])
    expect(document.components).toHaveProperty(['securitySchemes', 'usageToken'])
  })

  it('leaves the app as it was when it is removed, its migration aside', async () => {
    const removed = await ssot('remove', 'usage-tracker')
    expect(removed.code, removed.output).toBe(0)
    expect(removed.output).toContain('its tables stay in the database')
    const after = await contentsOf(app.root)
    for (const path of Object.keys(after))
      if (/^prisma\/migrations\/\d+_add_usage_tracker\//.test(path)) delete after[path]
    expect(after).toEqual(before)
    expect(await ssot('remove', 'usage-tracker')).toMatchObject({ code: 0 })
  })

  it('drops its tables where that is asked for', async () => {
    expect(await ssot('add', 'usage-tracker')).toMatchObject({ code: 0 })
    const removed = await ssot('remove', 'usage-tracker', '--drop-tables')
    expect(removed.code, removed.output).toBe(0)
    expect(await ssot('db', 'migrate')).toMatchObject({
      code: 0,
      output: expect.stringContaining('Nothing to do'),
    })
  })
})
