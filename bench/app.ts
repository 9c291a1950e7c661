import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { cpSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

/** Makes the blog with its database in `folder`, and compiles it together with the hand-written server. */
export function makeBlog(folder: string, framework: string, mode: string): void {
  const flags = [
    '--example',
    'blog',
    '--framework',
    framework,
    '--mode',
    mode,
    '--yes',
    '--no-git',
    '--quiet',
  ]
  execFileSync(process.execPath, [at('../dist/cli.js'), folder, ...flags], { stdio: 'inherit' })
  cpSync(at(`handwritten/${framework}.ts`), join(folder, 'handwritten/server.ts'))
  cpSync(at('handwritten/queries.ts'), join(folder, 'handwritten/queries.ts'))
  const options = { noEmit: false, rootDir: '.', outDir: 'bench-dist', sourceMap: false }
  writeFileSync(
    join(folder, 'tsconfig.bench.json'),
    JSON.stringify({
      extends: './tsconfig.json',
      compilerOptions: options,
      include: ['src', 'handwritten'],
    }),
  )
  execFileSync(
    process.execPath,
    [join(folder, 'node_modules/typescript/bin/tsc'), '-p', 'tsconfig.bench.json'],
    {
      cwd: folder,
      stdio: 'inherit',
    },
  )
}

export const GENERATED = 'bench-dist/src/server.js'
export const HANDWRITTEN = 'bench-dist/handwritten/server.js'

export type Server = { readonly url: string; readonly startMs: number; stop(): Promise<void> }

/**
 * Starts a compiled server of the blog and waits for its first 200.
 * @throws Error when none comes within 30 seconds
 */
export async function startServer(folder: string, script: string): Promise<Server> {
  const port = await freePort()
  const started = performance.now()
  const child = spawn(process.execPath, [script], {
    cwd: folder,
    env: { ...process.env, NODE_ENV: 'production', PORT: String(port) },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const url = `http://127.0.0.1:${port}`
  while (performance.now() - started < 30_000) {
    const ok = await fetch(`${url}/health`).then(
      (r) => r.ok,
      () => false,
    )
    if (ok) return { url, startMs: performance.now() - started, stop: () => stop(child) }
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  await stop(child)
  throw new Error(`${script} did not start within 30 s.`)
}

const stop = (child: ChildProcess): Promise<void> =>
  new Promise((resolve) => {
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

export const removeApp = (folder: string): void => rmSync(folder, { recursive: true, force: true })
