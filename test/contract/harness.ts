import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { cp, mkdtemp, mkdir, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { mutate } from '../mutants/list.js'
import { deep } from '../support/deep.js'
import { preparedFolder } from '../support/prepared.js'
import { freePort, ready } from '../support/start.js'
import { dependencyFolder } from './dependencies.js'

type Provider = 'sqlite' | 'postgresql' | 'mysql'

/** One of the apps that the contract is proved on. */
export type Target = {
  readonly framework: 'express' | 'fastify'
  readonly mode: 'registry' | 'layered'
  readonly provider: Provider
  /** Address of an empty database on a server; an embedded one is made where it is left out. */
  readonly databaseUrl?: string
  /** Text of a schema in place of the contract's. */
  readonly schema?: string
  readonly plugins?: readonly string[]
  /** Variables that the app needs beside its database. */
  readonly env?: Readonly<Record<string, string>>
  /** Made anew, and kept for nobody: for tests in which the generator itself is another one. */
  readonly fresh?: boolean
  /** What is done to the emitted app before it starts. */
  readonly edit?: (app: string) => Promise<void>
}

export type RunningApp = {
  readonly url: string
  readonly root: string
  /** What the app printed. */
  log(): string
  /**
   * Ends it as an operator does.
   * @returns its exit code
   * @throws Error with the end of its log when it was stopping or had stopped already
   */
  stop(): Promise<number | null>
}

/** Makes an app, creates its database and starts it, compiled as for production. */
export async function startTarget(target: Target): Promise<RunningApp> {
  const root = await mkdtemp(join(tmpdir(), 'ssot-contract-'))
  try {
    const app = join(root, 'app')
    if (target.fresh) await prepare(root, target)
    else await cp(await prepared(target), root, { recursive: true, verbatimSymlinks: true })
    const before = await sourcesOf(app)
    await mutate(app)
    await target.edit?.(app)
    const after = await sourcesOf(app)
    const changed = [...after.keys()].filter((path) => after.get(path) !== before.get(path))
    if (target.databaseUrl !== undefined) await createDatabase(app, target, target.databaseUrl)
    else if (changed.some((path) => path.startsWith('prisma'))) {
      await rm(join(app, 'data'), { recursive: true })
      await createDatabase(app, target, embeddedUrl(target))
    }
    await compile(app, changed)
    return await start(root, target.databaseUrl ?? embeddedUrl(target), target.env)
  } catch (error) {
    await rm(root, { recursive: true, force: true })
    throw error
  }
}

/**
 * Starts an app with its defences taken out by `target.edit`, and does what must succeed then. Only `npm run test:deep`
 * does; the other commands see to it that the defences are where they are to be taken out.
 */
export async function undefended(
  target: Target,
  attempt: (app: RunningApp) => Promise<void>,
): Promise<void> {
  if (!deep) return tryEdits(target)
  const app = await startTarget(target)
  try {
    await attempt(app)
  } finally {
    await app.stop()
  }
}

async function tryEdits(target: Target): Promise<void> {
  const root = await mkdtemp(join(tmpdir(), 'ssot-contract-'))
  try {
    const made = /[\\/](dist|data|generated|node_modules)$/
    const filter = (path: string): boolean => !made.test(path)
    await cp(await prepared(target), root, { recursive: true, filter })
    await target.edit?.(join(root, 'app'))
  } finally {
    await rm(root, { recursive: true, force: true })
  }
}

/**
 * Many tests start the same app, some of them with one line changed, so what takes long is done once for all of them:
 * generating it, making its Prisma client, creating its embedded database, and compiling it.
 * @returns a folder to copy
 */
async function prepared(target: Target): Promise<string> {
  const { framework, mode, provider, plugins = [], schema, databaseUrl } = target
  const onServer = databaseUrl !== undefined
  const choices = JSON.stringify({ framework, mode, provider, plugins, schema, onServer })
  return preparedFolder(choices, (root) => prepare(root, target))
}

async function prepare(root: string, target: Target): Promise<void> {
  await makeApp(root, target)
  const app = join(root, 'app')
  if (target.databaseUrl === undefined) await createDatabase(app, target, embeddedUrl(target))
  await compile(app, [...(await sourcesOf(app)).keys()])
}

/** Texts of the code and the schema of an app by their path, without what `ssot client` makes. */
async function sourcesOf(app: string): Promise<ReadonlyMap<string, string>> {
  const all = await Promise.all(
    ['src', 'prisma'].map((folder) =>
      readdir(join(app, folder), { recursive: true, withFileTypes: true }),
    ),
  )
  const files = all
    .flat()
    .filter((entry) => entry.isFile() && /\.(ts|prisma)$/.test(entry.name))
    .map(({ parentPath, name }) => relative(app, join(parentPath, name)))
    .filter((path) => !path.startsWith(join('src', 'generated')))
  const texts = files.map(async (path) => [path, await readFile(join(app, path), 'utf8')] as const)
  return new Map(await Promise.all(texts))
}

const embeddedUrl = ({ provider }: Target): string =>
  provider === 'sqlite' ? 'file:./data/test.db' : 'pglite:./data/pglite'

/** What `npm run build` does, without the check of types: those are the business of other tests. */
async function compile(app: string, sources: readonly string[]): Promise<void> {
  const dist = join(app, 'dist')
  const generated = existsSync(dist) ? [] : [join(app, 'src', 'generated', '**', '*.ts')]
  const own = sources.filter((path) => path.startsWith('src')).map((path) => join(app, path))
  const entryPoints = [...generated, ...own]
  if (entryPoints.length === 0) return
  await build({
    entryPoints,
    outbase: join(app, 'src'),
    outdir: dist,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    logLevel: 'silent',
  })
}

async function makeApp(root: string, target: Target): Promise<void> {
  const { framework, mode, provider } = target
  const schema = join(root, 'source', 'schema.prisma')
  await mkdir(join(root, 'source'))
  await writeFile(schema, target.schema ?? (await schemaFor(provider)))
  const app = join(root, 'app')
  await mkdir(app)
  const { generate } = await import('../../src/generate.js')
  await generate({
    root: app,
    dryRun: false,
    force: true,
    config: {
      ...{
        framework,
        mode,
        schema,
        plugins: [...(target.plugins ?? [])],
        pluginOptions: {},
        ui: 'none',
        pm: 'npm',
        example: null,
        database: null,
      },
      ...{ format: false, concurrency: 8, formatConcurrency: 1 },
    },
  })
  if (target.schema === undefined) await addOwnCode(app, mode)
  await symlink(
    join(await dependencyFolder(), 'node_modules'),
    join(app, 'node_modules'),
    'junction',
  )
  const { generateClient } = await import('../../src/database/client.js')
  await generateClient(app)
}

/** What users do to `*.custom.ts`: one is written, one is deleted. */
async function addOwnCode(app: string, mode: Target['mode']): Promise<void> {
  const folder = (model: string): string =>
    join(app, 'src', ...(mode === 'layered' ? ['models', model] : ['registry', 'custom']))
  const add = async (name: string): Promise<void> => {
    const text = await readFile(new URL(`files/${name}`, import.meta.url), 'utf8')
    await writeFile(join(folder('member'), name), text)
  }
  await add('member.custom.ts')
  if (mode === 'layered') await add('member-dto.ts')
  await rm(join(folder('tag'), 'tag.custom.ts'))
}

/** The fixture schema for a database. */
export async function schemaFor(provider: Provider): Promise<string> {
  const read = (name: string): Promise<string> =>
    readFile(fileURLToPath(new URL(name, import.meta.url)), 'utf8')
  const common = (await read('schema.prisma')).replace(
    'provider = "sqlite"',
    `provider = "${provider}"`,
  )
  if (provider === 'postgresql') return common + (await read('schema-postgresql.prisma'))
  if (provider === 'mysql')
    return (
      common.replace(/^( +hash +Bytes +@id)/m, '$1 @db.VarBinary(64)') +
      (await read('schema-mysql.prisma'))
    )
  return common
}

async function createDatabase(root: string, { provider }: Target, url: string): Promise<void> {
  const [{ readSchemaFiles }, { migrate }] = await Promise.all([
    import('../../src/database/app.js'),
    import('../../src/database/migrate.js'),
  ])
  await migrate({ root, provider, files: readSchemaFiles(root), url }, { name: 'init' })
}

async function start(
  root: string,
  databaseUrl: string,
  own: Target['env'] = {},
): Promise<RunningApp> {
  const port = await freePort()
  const child = spawn(process.execPath, ['dist/server.js'], {
    cwd: join(root, 'app'),
    env: {
      ...environment(),
      ...own,
      ...{ DATABASE_URL: databaseUrl, PORT: String(port), LOG_LEVEL: 'info' },
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const output: string[] = []
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => output.push(chunk.toString()))
  const url = `http://127.0.0.1:${port}`
  const log = (): string => output.join('')
  await ready(url, child, log)
  return {
    url,
    root,
    log,
    async stop() {
      const early = child.exitCode !== null || child.signalCode !== null || log().includes(STOPPING)
      const exited = once(child, 'exit')
      if (child.kill('SIGTERM')) await exited
      await rm(root, { recursive: true, force: true })
      if (early)
        throw new Error(
          `The app stopped before it was told to (${child.exitCode ?? child.signalCode}):\n${log().slice(-2000)}`,
        )
      return child.exitCode
    },
  }
}

/** What the app logs when it begins to stop. */
const STOPPING = 'finishing requests in flight'

/** Our own environment without what a test runner adds. */
function environment(): NodeJS.ProcessEnv {
  const { PATH, HOME, SystemRoot, TEMP, TMPDIR } = process.env
  return Object.fromEntries(
    Object.entries({ PATH, HOME, SystemRoot, TEMP, TMPDIR }).filter(
      ([, value]) => value !== undefined,
    ),
  )
}
