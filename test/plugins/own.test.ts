import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { contentsOf } from '../examples/files.js'
import { bins, makeLinked, type MadeApp } from '../examples/make.js'
import { plop } from '../plop/plop.js'
import { run } from '../support/process.js'
import { repo } from '../support/repo.js'

/** Files that the guide prints, by their path: ```ts <path> */
async function filesOfGuide(): Promise<[path: string, text: string][]> {
  const guide = await readFile(join(repo, 'docs', 'plugins.md'), 'utf8')
  return [...guide.matchAll(/^```ts (\S+)\n([^]*?)^```$/gm)].map(([, path, text]) => [path!, text!])
}

describe('a plugin of an app', () => {
  let app: MadeApp
  let before: Record<string, string>
  const inApp = (...command: string[]) => run(command, { cwd: app.root })
  const ssot = (...words: string[]) => inApp(process.execPath, bins.ssot, ...words)

  /** It compiles, is clean, and its tests pass with those of the app. */
  async function expectSound(test: string): Promise<void> {
    for (const tool of ['typescript/bin/tsc', 'oxlint/bin/oxlint', 'oxfmt/bin/oxfmt --check']) {
      const [program = '', ...flags] = tool.split(' ')
      const ended = await inApp(process.execPath, `node_modules/${program}`, ...flags)
      expect(ended.code, ended.output).toBe(0)
    }
    const tests = await inApp('npm', 'test', '--', test, 'test/app.test.ts')
    expect(tests.code, tests.output).toBe(0)
    expect(tests.output).toMatch(/Test Files .*2 passed/)
  }

  beforeAll(async () => {
    app = await makeLinked('minimal', { framework: 'express', mode: 'layered' })
    before = await contentsOf(app.root)
  }, 600_000)
  afterAll(() => app?.remove())

  it('is begun by plop, works at once, and goes again', async () => {
    const begun = await plop(app.root, ['plugin', 'order-mails', 'email', "Writes to 'who' orders"])
    expect(begun.code, begun.output).toBe(0)
    expect(begun.output).toContain('Next: npx ssot add order-mails')
    // Too long for one line of ssot.config.ts.
    const greeting = `Good day to ${'you and '.repeat(12)}you`
    const added = await ssot('add', 'order-mails', '--greeting', greeting)
    expect(added.code, added.output).toBe(0)
    expect(await readFile(join(app.root, '.env'), 'utf8')).toContain(
      `ORDER_MAILS_GREETING='${greeting}'`,
    )
    await expectSound('test/plugins/order-mails.test.ts')
    expect(await ssot('remove', 'order-mails')).toMatchObject({ code: 0 })
    const after = await contentsOf(app.root)
    const own = Object.keys(after).filter((path) => path.startsWith('ssot/'))
    for (const path of own) delete after[path]
    expect(own).toHaveLength(3)
    expect(after).toEqual(before)
  })

  it.each([
    [['plugin'], 'No plugin is named'],
    [['plugin', 'order-mails'], 'There is a plugin ssot/plugins/order-mails already.'],
    [['plugin', 'usage-tracker'], "'usage-tracker' is the name of a part of create-ssot-app."],
    [['plugin', 'Order_Mails'], "A plugin can't be called 'Order_Mails'."],
    [['plugin', '../evil'], "A plugin can't be called '../evil'."],
    [['plugin', 'x', 'emial'], 'Did you mean email?'],
  ])('is refused by plop %j', async (words, message) => {
    const now = await contentsOf(app.root)
    const ended = await plop(app.root, words)
    expect(ended).toMatchObject({ code: 2, output: expect.stringContaining(message) })
    expect(await contentsOf(app.root)).toEqual(now)
  })

  it('is written as the guide says', async () => {
    const files = await filesOfGuide()
    expect(files).toHaveLength(3)
    for (const [path, text] of files) {
      await mkdir(dirname(join(app.root, path)), { recursive: true })
      await writeFile(join(app.root, path), text)
    }
    const added = await ssot('add', 'feedback', '--max-length', '500')
    expect(added.code, added.output).toBe(0)
    await expectSound('test/plugins/feedback.test.ts')
    expect(await ssot('list', 'plugins')).toMatchObject({
      code: 0,
      output: expect.stringContaining('feedback (other), part of this app'),
    })
  })

  it('may come from a package', async () => {
    expect(await ssot('remove', 'feedback', '--drop-tables')).toMatchObject({ code: 0 })
    const local = join(app.root, 'ssot', 'plugins', 'feedback')
    const folder = join(app.root, 'node_modules', 'create-ssot-plugin-feedback')
    await cp(join(local, 'files'), join(folder, 'files'), { recursive: true })
    await rm(local, { recursive: true })
    const [[, code] = ['', '']] = await filesOfGuide()
    await writeFile(
      join(folder, 'package.json'),
      '{ "name": "create-ssot-plugin-feedback", "version": "1.0.0", "type": "module", "exports": "./index.js" }',
    )
    await writeFile(join(folder, 'index.js'), code)
    const added = await ssot(
      'add',
      'create-ssot-plugin-feedback',
      '--max-length',
      '600',
      '--no-setup',
    )
    expect(added.code, added.output).toBe(0)
    expect(await readFile(join(app.root, 'package.json'), 'utf8')).toContain(
      '"create-ssot-plugin-feedback": "1.0.0"',
    )
    expect(await readFile(join(app.root, 'ssot.config.ts'), 'utf8')).toContain(
      'pluginOptions: { feedback: { maxLength: 600 } }',
    )
    const migrated = await ssot('db', 'migrate', '--name', 'feedback')
    expect(migrated.code, migrated.output).toBe(0)
    await expectSound('test/plugins/feedback.test.ts')
  })
})
