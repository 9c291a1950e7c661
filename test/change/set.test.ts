import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { contentsOf } from '../examples/files.js'
import { bins, makeLinked, type MadeApp } from '../examples/make.js'
import { run } from '../support/process.js'

/** What a user writes into files that every combination has. */
const EDITS: readonly { path: string; find: string; replace: string }[] = [
  { path: 'README.md', find: '# ', replace: '<!-- Ours. -->\n# ' },
  { path: 'package.json', find: '"scripts": {', replace: '"scripts": {\n    "ours": "node x.js",' },
  { path: 'src/log.ts', find: 'import ', replace: '// Ours.\nimport ' },
  { path: '.env.example', find: 'PORT=', replace: 'OURS=1\nPORT=' },
]

describe('a change of mind after creation', () => {
  let app: MadeApp
  let first: Record<string, string>
  const inApp = (...command: string[]) => run(command, { cwd: app.root })
  const set = (...words: string[]) => inApp(process.execPath, bins.ssot, 'set', ...words)
  const read = (path: string) => readFile(join(app.root, path), 'utf8')

  beforeAll(async () => {
    app = await makeLinked('blog', { framework: 'express', mode: 'registry' })
    for (const { path, find, replace } of EDITS) {
      const text = await read(path)
      if (!text.includes(find)) throw new Error(`${path} has no ${find}`)
      await writeFile(
        join(app.root, path),
        text.replace(find, () => replace),
      )
    }
    first = await contentsOf(app.root)
  }, 600_000)
  afterAll(() => app?.remove())

  it('is shown by a dry run, which writes nothing', async () => {
    const ended = await set('framework=fastify', '--dry-run')
    expect(ended).toMatchObject({ code: 0, output: expect.stringContaining('nothing was written') })
    expect(await contentsOf(app.root)).toEqual(first)
  })

  it.each([
    { choices: ['framework=fastify'], next: 'npm install', proved: true },
    { choices: ['mode=layered', 'format=true'], next: 'npx ssot client', proved: true },
    { choices: ['framework=express'], next: 'npm install', proved: false },
    { choices: ['mode=registry'], next: 'npx ssot client', proved: false },
  ])('to $choices leaves a sound app with the edits of the user', async (change) => {
    const { choices, next, proved } = change
    const ended = await set(...choices, '--no-setup')
    expect(ended.code, ended.output).toBe(0)
    expect(ended.output).toContain(`Next:\n  ${next}`)
    const typed = await inApp(process.execPath, 'node_modules/typescript/bin/tsc')
    expect(typed).toEqual({ code: 0, output: '' })
    for (const { path, replace } of EDITS) expect(await read(path)).toContain(replace)
    expect((await inApp(process.execPath, bins.ssot, 'generate')).output).toContain('up to date')
    const tests = proved ? await inApp('npm', 'test') : { code: 0 }
    expect(tests).toMatchObject({ code: 0 })
  })

  it('ends where it began, byte for byte', async () => {
    expect(await contentsOf(app.root)).toEqual(first)
  })

  it('has nothing to do where the app is so already', async () => {
    const ended = await set('mode=registry', 'ui=none', '--json')
    expect(ended.code).toBe(0)
    expect(ended.output).toContain('"set": {}')
    expect(await contentsOf(app.root)).toEqual(first)
  })

  it('keeps an edited file of the other mode, and names it', async () => {
    const path = 'src/registry/models.registry.ts'
    const text = await read(path)
    await writeFile(join(app.root, path), `// Ours.\n${text}`)
    const ended = await set('mode=layered', '--no-setup')
    expect(ended.output).toContain(
      `note: ${path} is no longer generated; it stays, as you edited it`,
    )
    expect(await read(path)).toContain('// Ours.')
    expect(await set('mode=registry', '--no-setup')).toMatchObject({ code: 0 })
    expect(await read(path)).toBe(`// Ours.\n${text}`)
    await writeFile(join(app.root, path), text)
    expect(await contentsOf(app.root)).toEqual(first)
  })

  it('to another package manager says what is to be done by hand, and may be mixed with others', async () => {
    const ended = await set('pm=pnpm', 'format=false', '--json')
    expect(ended.code, ended.output).toBe(0)
    expect(ended.output).toContain('node_modules and the lock file of npm are to be deleted')
    expect(await read('ssot.config.ts')).toMatch(/^ {2}pm: 'pnpm',\n(.*\n)* {2}format: false,$/m)
    expect(await read('README.md')).toContain('pnpm install')
    expect(await set('pm=npm', 'format=true')).toMatchObject({ code: 0 })
  })

  it.each([
    [[], 'Say what to set: ssot set <choice>=<value>'],
    [['framwork=express'], 'Did you mean framework?'],
    [['framework=fastfy'], 'Did you mean fastify?'],
    [['framework'], "'framework' needs a value"],
    [['format=maybe'], "format: 'maybe' is neither true nor false."],
    [['mode=layered', 'mode=registry'], "'mode' is given twice."],
    [['ui=next'], "ui: 'next' is not in this version."],
    [['plugins=usage-tracker'], 'ssot add <plugin>'],
    [['mode=layered', '--nosetup'], 'Did you mean --setup?'],
  ])('refuses %j', async (words, message) => {
    const before = await contentsOf(app.root)
    const ended = await set(...words)
    expect(ended).toMatchObject({ code: 2, output: expect.stringContaining(message) })
    expect(await contentsOf(app.root)).toEqual(before)
  })

  it('leaves the config as it was where generation fails', async () => {
    const schema = await read('prisma/schema.prisma')
    await writeFile(join(app.root, 'prisma/schema.prisma'), `${schema}\nmodel Broken {\n}\n`)
    const before = await contentsOf(app.root)
    const ended = await set('framework=fastify')
    expect(ended.code).toBe(2)
    expect(await contentsOf(app.root)).toEqual(before)
    await writeFile(join(app.root, 'prisma/schema.prisma'), schema)
  })
})
