import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { deep } from '../support/deep.js'
import { run } from '../support/process.js'
import { startApp } from '../support/start.js'
import { COMBINATIONS, kindOf, type Combination, type Example } from './combinations.js'
import { filesOf, mapFiles, timesOf } from './files.js'
import { bins, makeInstalled, makeLinked, type MadeApp } from './make.js'
import { findUnused } from './unused.js'

/**
 * Proves an example in one kind of app, or in more; `npm run test:deep` takes all kinds, each installed from the registry.
 * @param kinds those in which its document must be the same to the letter
 * @param use tries the app that runs as in production, given its URL and folder
 */
export function describeExample(
  example: Example,
  {
    use,
    kinds = [kindOf(example)],
  }: {
    readonly use?: (url: string, root: string) => Promise<void>
    readonly kinds?: readonly Combination[]
  } = {},
): void {
  const documents: string[] = []

  describe.each(deep ? COMBINATIONS : kinds)(`${example}: $framework, $mode`, (combination) => {
    let app: MadeApp
    const make = deep ? makeInstalled : makeLinked
    const inApp = (...command: string[]) => run(command, { cwd: app.root })

    beforeAll(async () => {
      app = await make(example, combination)
    }, 600_000)
    afterAll(() => app?.remove())

    it('is made without a failing step', () => {
      expect(app.steps.filter(({ code }) => code !== 0)).toEqual([])
    })

    it('is left as it is by a second generation, and by a dry run', async () => {
      const before = await timesOf(app.root)
      for (const flags of [[], ['--dry-run']]) {
        const ended = await inApp(process.execPath, bins.ssot, 'generate', ...flags)
        expect(ended).toMatchObject({ code: 0 })
        expect(await timesOf(app.root)).toEqual(before)
      }
    })

    it('holds no empty file, no emoji and nothing left to do', async () => {
      const texts = await mapFiles(app.root, (path) => readFile(path, 'utf8'))
      const poor = Object.entries(texts).filter(
        ([path, text]) =>
          !path.endsWith('.tgz') &&
          (text.trim() === '' || /\p{Extended_Pictographic}|TODO|FIXME/u.test(text)),
      )
      expect(poor.map(([path]) => path)).toEqual([])
    })

    it('type-checks, every file of it', async () => {
      const tsc = ['node_modules/typescript/bin/tsc']
      expect(await inApp(process.execPath, ...tsc)).toEqual({ code: 0, output: '' })
      const { output } = await inApp(process.execPath, ...tsc, '--listFilesOnly')
      const checked = output.replaceAll('\\', '/')
      const sources = (await filesOf(app.root)).filter(
        (path) => path.endsWith('.ts') && !path.startsWith('.ssot/'),
      )
      expect(sources.filter((path) => !checked.includes(`/app/${path}\n`))).toEqual([])
    })

    it('passes its linter', async () => {
      const ended = await inApp(process.execPath, 'node_modules/oxlint/bin/oxlint')
      expect(ended.output).toContain('Found 0 warnings and 0 errors')
      expect(ended.code).toBe(0)
    })

    it('is formatted', async () => {
      const ended = await inApp(process.execPath, 'node_modules/oxfmt/bin/oxfmt', '--check')
      expect(ended).toMatchObject({ code: 0 })
    })

    it('has no unused file, export or dependency', async () => {
      expect(await findUnused(app.root)).toEqual({ code: 0, output: '' })
    })

    it('passes its own tests', async () => {
      const { code, output } = await inApp('npm', 'test')
      expect(code, output).toBe(0)
      expect(output).toMatch(/Tests .*\d+ passed/)
    })

    it('builds, and answers when it is started as in production', async () => {
      const { code, output } = await inApp('npm', 'run', 'build')
      expect(code, output).toBe(0)
      const started = await startApp(app.root, ['dist/server.js'], { NODE_ENV: 'production' })
      try {
        const reply = await fetch(`${started.url}/openapi.json`)
        documents.push(await reply.text())
        expect(reply.status).toBe(200)
        await use?.(started.url, app.root)
      } finally {
        expect(await started.stop()).toBe(0)
      }
    })

    it('describes itself as the other combinations do, to the letter', () => {
      expect(documents.at(-1)).toBe(documents[0])
    })
  })
}
