import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** One finished process: wall seconds and peak resident memory in MB. */
export type Run = { readonly seconds: number; readonly megabytes: number }

const PRELOAD = fileURLToPath(new URL('peak-memory.mjs', import.meta.url))

/**
 * Runs `node <args>` to its end.
 * @throws Error with its output when it does not exit with 0
 */
export function runNode(args: readonly string[], cwd?: string): Promise<Run> {
  const folder = mkdtempSync(join(tmpdir(), 'ssot-bench-'))
  const memoryFile = join(folder, 'memory')
  const started = performance.now()
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--import', PRELOAD, ...args], {
      cwd,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, BENCH_MEMORY_FILE: memoryFile, CI: 'true' },
    })
    let output = ''
    child.stdout.on('data', (chunk) => (output += chunk))
    child.stderr.on('data', (chunk) => (output += chunk))
    child.on('close', (code) => {
      const seconds = (performance.now() - started) / 1000
      if (code !== 0)
        return reject(new Error(`node ${args.join(' ')} exited with ${code}:\n${output}`))
      const megabytes = Number(readFileSync(memoryFile, 'utf8')) / 1024
      rmSync(folder, { recursive: true })
      resolve({ seconds, megabytes })
    })
  })
}

export const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN

/** Runs `a` and `b` in turn, so that a drifting machine slows both; the ratio is the median of the pairs'. */
export async function compare(
  a: () => Promise<Run>,
  b: () => Promise<Run>,
  pairs: number,
): Promise<{ a: Run; b: Run; ratio: number }> {
  await a()
  await b()
  const runs: { a: Run; b: Run }[] = []
  for (let pair = 0; pair < pairs; pair++) runs.push({ a: await a(), b: await b() })
  return {
    a: middle(runs.map((run) => run.a)),
    b: middle(runs.map((run) => run.b)),
    ratio: median(runs.map((run) => run.a.seconds / run.b.seconds)),
  }
}

const middle = (runs: readonly Run[]): Run => ({
  seconds: median(runs.map((run) => run.seconds)),
  megabytes: median(runs.map((run) => run.megabytes)),
})
