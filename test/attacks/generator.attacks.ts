import { existsSync, statSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import type { Config } from '../../src/config.js'
import { startTarget, type Target } from '../contract/harness.js'
import { TWO } from '../examples/combinations.js'
import { mapFiles } from '../examples/files.js'

// Group G of the catalogue: what is aimed at the generator, and at who runs it. A control turns one defence off by
// putting another module in its place.

const KINDS = TWO.map((combination) => ({ ...combination, provider: 'sqlite' }) as const)

// Prisma's engine is loaded once per process, also where all that uses it is loaded anew.
const engine = await import('../../src/database/engine.js')
vi.doMock('../../src/database/engine.js', () => engine)

/** Puts a function in the place of a defence, for one test. */
async function without(module: string, defences: Readonly<Record<string, unknown>>): Promise<void> {
  vi.resetModules()
  const actual = await vi.importActual<Record<string, unknown>>(module)
  vi.doMock(module, () => ({ ...actual, ...defences }))
  onTestFinished(() => {
    vi.doUnmock(module)
    vi.resetModules()
  })
}

/** Prisma takes these texts as they are; none of them may be run. The app then ends with this code at once. */
const CODE = 66
const RUN = `process.exit(${CODE})`
const STRINGS = `x' + ${RUN} + '`
const COMMENT = `x */ ${RUN} /* x`
const TEMPLATE = '`${' + RUN + '}`'
const ALL = `${STRINGS} ${COMMENT} ${TEMPLATE} </script> {{constructor}} \\u2028`

const hostile = (text: string): string => {
  const quoted = JSON.stringify(text)
  return `/// ${text}
datasource db {
  provider = "sqlite"
}
/// ${text}
enum Mood {
  /// ${text}
  good @map(${quoted})
  bad
}
/// ${text}
model Note {
  /// ${text}
  id       Int    @id @default(autoincrement()) @map(${JSON.stringify(`id ${text}`)})
  /// @label(${quoted})
  title    String @default(${quoted})
  made     String @default(dbgenerated(${JSON.stringify(`'made'`)}))
  mood     Mood   @default(good)
  parent   Note?  @relation(${quoted}, fields: [parentId], references: [id])
  parentId Int?
  children Note[] @relation(${quoted})

  @@index([parentId], map: ${JSON.stringify(`index ${text}`)})
  @@map(${JSON.stringify(`notes ${text}`)})
}
`
}

/** Files of an app in which the attacker's call is code. */
async function filesWithCode(kind: Partial<Config>, text: string): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'ssot-attack-'))
  try {
    const root = join(folder, 'app')
    await generateFrom(hostile(text), folder, kind)
    const files = await mapFiles(root, (path) => readFile(path, 'utf8'))
    return Object.entries(files)
      .filter(([path, code]) => path.endsWith('.ts') && tokens(code).includes(RUN))
      .map(([path]) => path)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Code without its comments and the insides of its texts. */
const tokens = (code: string): string =>
  code.replaceAll(
    /\/\*[^]*?\*\/|\/\/.*|'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`/g,
    "''",
  )

/** Makes `app` in a folder. */
async function generateFrom(
  schema: string,
  folder: string,
  choices: Partial<Config> = {},
): Promise<void> {
  const { generate } = await import('../../src/generate.js')
  await writeFile(join(folder, 'schema.prisma'), schema)
  const config = { ...configOf(folder), ...choices }
  await generate({ root: join(folder, 'app'), dryRun: false, force: true, config })
}

describe('G41: the schema holds code in every place where Prisma takes text', () => {
  // SQLite's names take no back quote, which Prisma does not escape.
  const text = ALL.replaceAll('`', '')

  it.each(KINDS)('and none of it is run: $framework, $mode', async (kind) => {
    const app = await startTarget({ ...kind, schema: hostile(text) })
    onTestFinished(async () => expect(await app.stop()).toBe(0))
    const made = await fetch(`${app.url}/api/notes`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{}',
    })
    const { data } = (await made.json()) as { data: { title: string; mood: string } }
    expect([made.status, data.title, data.mood]).toEqual([201, text, 'good'])
    for (const path of ['/openapi.json', '/docs', '/api/notes?include=children,parent'])
      expect((await fetch(app.url + path)).status).toBe(200)
  })

  it('and none of it stands outside of texts and comments', async () => {
    for (const kind of KINDS) expect(await filesWithCode(kind, text)).toEqual([])
  })

  it.each([
    ['stringLiteral', STRINGS, (it: string) => `'${it}'`],
    ['commentText', COMMENT, (it: string) => it],
  ])('control: without %s it does', async (name, part, naive) => {
    await without('../../src/view/text.js', { [name]: naive })
    // A layered app repeats the schema's comments, too.
    expect(await filesWithCode({ mode: 'layered' }, part)).not.toEqual([])
  })

  it('control: and is run', async () => {
    await without('../../src/view/text.js', { stringLiteral: (it: string) => `'${it}'` })
    const app = startTarget({ ...KINDS[0]!, schema: hostile(STRINGS), fresh: true })
    await expect(app).rejects.toThrow(/stopped at once/)
  })
})

describe('G42: a file is to be written outside the app', () => {
  let folder: string
  let root: string
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ssot-attack-'))
    root = join(folder, 'app')
    await mkdir(root)
    onTestFinished(() => rm(folder, { recursive: true, force: true }))
  })

  const generateIn = (choices: Partial<Config> = {}): Promise<void> =>
    generateFrom(hostile('harmless'), folder, choices)

  it.each([
    '../victim.txt',
    'src/../../victim.txt',
    '/victim.txt',
    'C:/victim.txt',
    '.git/hooks/post-commit',
    'sub/.GIT./hooks/post-commit',
    'git~1/hooks/post-commit',
    '.ssot./lock',
  ])('by a plugin whose template goes to %s', async (path) => {
    await writePlugin(root, path)
    await expect(generateIn({ plugins: ['evil'] })).rejects.toThrow(
      `'${path}' of the plugin 'evil' is not a path inside the app.`,
    )
    for (const victim of [
      join(folder, 'victim.txt'),
      '/victim.txt',
      join(root, '.git'),
      join(root, 'src'),
    ])
      expect(existsSync(victim)).toBe(false)
  })

  it('control: the same plugin is at work where its path is inside', async () => {
    await writePlugin(root, 'victim.txt')
    await generateIn({ plugins: ['evil'] })
    expect(await readFile(join(root, 'victim.txt'), 'utf8')).toBe('written\n')
  })

  it.skipIf(process.platform === 'win32')('through a symbolic link', async () => {
    await mkdir(join(folder, 'outside'))
    await symlink(join(folder, 'outside'), join(root, 'src'))
    await expect(generateIn()).rejects.toThrow(/'src' is a symbolic link/)
    expect(existsSync(join(folder, 'outside', 'app.ts'))).toBe(false)
    expect(existsSync(join(root, 'package.json'))).toBe(false)
  })

  it.skipIf(process.platform === 'win32')(
    'control: who does not look for links writes there',
    async () => {
      await without('node:fs', { lstatSync: statSync })
      await mkdir(join(folder, 'outside'))
      await symlink(join(folder, 'outside'), join(root, 'src'))
      await generateIn()
      expect(existsSync(join(folder, 'outside', 'app.ts'))).toBe(true)
    },
  )
})

describe('G43: a plugin that nobody has installed', () => {
  it('is not fetched, and nothing of it is run', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'ssot-attack-'))
    onTestFinished(() => rm(folder, { recursive: true, force: true }))
    const made = generateFrom(hostile('harmless'), folder, { plugins: ['is-odd'] })
    await expect(made).rejects.toThrow(/is-odd/)
    expect(existsSync(join(folder, 'app'))).toBe(false)
  })
})

describe('G44: secrets', () => {
  const target: Target = { ...KINDS[0]!, plugins: ['jwt'], schema: hostile('harmless') }

  it('are not committed, and the samples do not serve in production', async () => {
    const sample = /^JWT_SECRET=(.+)$/m
    const app = await startTarget({
      ...target,
      env: { JWT_SECRET: 'a secret of the tests and of nothing else' },
    })
    onTestFinished(async () => expect(await app.stop()).toBe(0))
    const read = (name: string): Promise<string> => readFile(join(app.root, 'app', name), 'utf8')
    expect((await read('.gitignore')).split('\n')).toContain('.env')
    expect((await read('.dockerignore')).split('\n')).toContain('.env')
    const value = sample.exec(await read('.env.example'))?.[1]
    expect(value).toBeDefined()
    const production = { NODE_ENV: 'production', JWT_SECRET: value! }
    await expect(startTarget({ ...target, env: production })).rejects.toThrow(/JWT_SECRET/)
    // Control: it is the value that is refused.
    const other = { NODE_ENV: 'production', JWT_SECRET: 'b4Zk1m0Qx7Wc9Vt2Ny5Hs8Jd3Lf6Gr0P' }
    const started = await startTarget({ ...target, env: other })
    expect(await started.stop()).toBe(0)
  })
})

const configOf = (folder: string): Config => ({
  ...{ framework: 'express', mode: 'registry', schema: join(folder, 'schema.prisma') },
  ...{ plugins: [], pluginOptions: {}, ui: 'none', pm: 'npm', example: null, database: null },
  ...{ format: false, concurrency: 8, formatConcurrency: 1 },
})

/** A plugin of the app's own that writes one file. */
async function writePlugin(root: string, path: string): Promise<void> {
  const folder = join(root, 'ssot', 'plugins', 'evil')
  await mkdir(join(folder, 'files'), { recursive: true })
  await writeFile(join(folder, 'files', 'evil.txt'), 'written\n')
  await writeFile(
    join(folder, 'plugin.ts'),
    `export const plugin = {
  id: 'evil',
  category: 'other',
  description: 'Writes where it should not',
  options: {},
  contribute: () => ({ files: [{ path: ${JSON.stringify(path)}, template: 'evil.txt' }] }),
}
`,
  )
}
