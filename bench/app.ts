import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { at } from './measure.js'

/** Arguments for Node, in the blog's folder. */
export const GENERATED = ['bench-dist/src/server.js']
export const HANDWRITTEN = ['bench-dist/handwritten/server.js']
export const FROM_SOURCE = ['--import', 'tsx', 'src/server.ts']

/** Makes an app with its database, works with it, and takes it away again; `seconds` is what making it took. */
export async function withApp(
  choices: readonly string[],
  work: (folder: string, seconds: number) => Promise<void>,
): Promise<void> {
  const parent = mkdtempSync(join(tmpdir(), 'ssot-bench-'))
  try {
    const folder = join(parent, 'app')
    const flags = ['--yes', '--no-git', '--quiet']
    const started = performance.now()
    node([at('../dist/cli.js'), folder, ...choices, ...flags], parent)
    await work(folder, (performance.now() - started) / 1000)
  } finally {
    rmSync(parent, { recursive: true, force: true })
  }
}

/** The same with the example of a blog, without its rules of who may do what: the hand-written server has none. */
export async function withBlog(
  framework: string,
  mode: string,
  work: (folder: string, seconds: number) => Promise<void>,
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'ssot-bench-'))
  try {
    const schema = join(folder, 'schema.prisma')
    const text = readFileSync(at('../examples/blog/schema.prisma'), 'utf8')
    writeFileSync(schema, text.replaceAll(/^\/\/\/ @@policy.*\n/gm, ''))
    await withApp(['--schema', schema, '--framework', framework, '--mode', mode], work)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Compiles the blog together with the hand-written server. */
export const compileBlog = (folder: string, framework: string): void =>
  compileWith(folder, { 'server.ts': `${framework}.ts`, 'queries.ts': 'queries.ts' })

/** Compiles an app together with files of `handwritten/`, given what they are called there. */
export function compileWith(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [name, source] of Object.entries(files))
    cpSync(at(`handwritten/${source}`), join(folder, 'handwritten', name))
  const config = {
    extends: './tsconfig.json',
    compilerOptions: { noEmit: false, rootDir: '.', outDir: 'bench-dist' },
    include: ['src', 'handwritten'],
  }
  writeFileSync(join(folder, 'tsconfig.bench.json'), JSON.stringify(config))
  node([join(folder, 'node_modules/typescript/bin/tsc'), '-p', 'tsconfig.bench.json'], folder)
}

const node = (args: readonly string[], cwd: string): void =>
  void execFileSync(process.execPath, args, { cwd, stdio: ['ignore', 'inherit', 'inherit'] })

/** Address of an app's SQLite file, wherever its code lies. */
export const databaseOf = (folder: string): string => `file:${join(folder, 'data', 'dev.db')}`

export type Server = { readonly url: string; readonly startMs: number; stop(): Promise<void> }

/**
 * Starts a server of the blog on the blog's database and waits for its first 200.
 * @throws Error when none comes within 30 seconds
 */
export async function startServer(folder: string, args: readonly string[]): Promise<Server> {
  const port = await freePort()
  const started = performance.now()
  const child = spawn(process.execPath, args, {
    cwd: folder,
    env: {
      ...process.env,
      NODE_ENV: 'production',
      PORT: String(port),
      DATABASE_URL: databaseOf(folder),
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const url = `http://127.0.0.1:${port}`
  while (performance.now() - started < 30_000) {
    if (await answers(`${url}/health`))
      return { url, startMs: performance.now() - started, stop: () => stop(child) }
    await new Promise((resolve) => setTimeout(resolve, 2))
  }
  await stop(child)
  throw new Error(`node ${args.join(' ')} did not start within 30 s.`)
}

const answers = (url: string): Promise<boolean> =>
  fetch(url).then(
    ({ ok }) => ok,
    () => false,
  )

const stop = (child: ChildProcess): Promise<void> =>
  new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve()
    child.once('exit', () => resolve())
    child.kill('SIGTERM')
  })

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => resolve(port))
    })
  })
