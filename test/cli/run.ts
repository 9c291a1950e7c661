import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { chmod, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const repo = join(dirname(fileURLToPath(import.meta.url)), '..', '..')
export const bins = { create: join(repo, 'dist', 'cli.js'), ssot: join(repo, 'dist', 'ssot.js') }

export type Ended = {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

export type RunOptions = {
  readonly cwd: string
  readonly bin?: keyof typeof bins
  readonly env?: Readonly<Record<string, string>>
  /** `open`: a pipe that never ends. Text: what is piped in. Default: nothing. */
  readonly stdin?: 'open' | { readonly text: string }
  /** Called as output arrives, with all of stderr so far. */
  onStderr?(text: string, child: ChildProcess): void
}

/** A run that takes longer than this hangs, which is what some of the tests are about. */
const LIMIT_MS = 30_000

/** Runs a bin as a user would, without a terminal. */
export function run(args: readonly string[], options: RunOptions): Promise<Ended> {
  const { cwd, bin = 'create', stdin } = options
  const child = spawn(process.execPath, [bins[bin], ...args], {
    cwd,
    env: { ...clean(process.env), ...options.env },
    stdio: [stdin === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
  })
  let [stdout, stderr] = ['', '']
  child.stdout!.on('data', (chunk: Buffer) => (stdout += chunk))
  child.stderr!.on('data', (chunk: Buffer) => {
    stderr += chunk
    options.onStderr?.(stderr, child)
  })
  if (typeof stdin === 'object') child.stdin!.end(stdin.text)
  return new Promise((fulfil, reject) => {
    const timer = setTimeout(() => {
      child.kill('SIGKILL')
      reject(new Error(`hangs: ${args.join(' ')}\n${stderr}`))
    }, LIMIT_MS)
    child.on('close', (code) => {
      clearTimeout(timer)
      fulfil({ code, stdout, stderr })
    })
  })
}

/** What the package manager that runs the tests, or CI, has put into the environment must not matter. */
const clean = (env: NodeJS.ProcessEnv): NodeJS.ProcessEnv =>
  Object.fromEntries(
    Object.entries(env).filter(([name]) => !/^(npm_|CI$|SSOT_|FORCE_COLOR$|NO_COLOR$)/.test(name)),
  )

const folders: string[] = []

/** A new empty folder; `removeFolders` takes all of them away. */
export async function emptyFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'ssot-cli-'))
  folders.push(folder)
  return folder
}

export const removeFolders = (): Promise<unknown> =>
  Promise.all(folders.splice(0).map((folder) => rm(folder, { recursive: true, force: true })))

/** Everything below a folder, hidden entries too. */
export const tree = async (folder: string): Promise<string[]> =>
  (await readdir(folder, { recursive: true })).sort()

/**
 * A program `npm` that behaves as the script says, in front of the real one.
 * @returns the environment that finds it
 */
export async function fakeNpm(script: string): Promise<Record<string, string>> {
  const folder = join(await emptyFolder(), 'bin')
  await mkdir(folder)
  const path = join(folder, 'npm')
  await writeFile(path, `#!/usr/bin/env node\n${script}\n`)
  await writeFile(join(folder, 'package.json'), '{"type":"commonjs"}')
  await chmod(path, 0o755)
  return { PATH: `${folder}${delimiter}${process.env['PATH']}` }
}

/**
 * A module that Node loads first and that changes how files are written.
 * @returns the environment that loads it
 */
export async function patchedWrites(body: string): Promise<Record<string, string>> {
  const path = join(await emptyFolder(), 'patch.mjs')
  await writeFile(
    path,
    `import fs from 'node:fs/promises'
import { syncBuiltinESMExports } from 'node:module'
const { writeFile } = fs
fs.writeFile = async (...args) => { ${body}; return writeFile(...args) }
syncBuiltinESMExports()
`,
  )
  return { NODE_OPTIONS: `--import=${new URL(`file://${path}`).href}` }
}

/** True where a small disk can be mounted: by root, on Linux. */
export function canMount(): boolean {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false
  try {
    execFileSync('unshare', ['--mount', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt'], {
      stdio: 'ignore',
    })
    return true
  } catch {
    return false
  }
}
