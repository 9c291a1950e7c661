import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** A process to run: `node <args>` in a folder. `clean` undoes what it left, outside the measured time. */
export type Job = { readonly args: readonly string[]; readonly cwd?: string; clean?(): void }

/** What two jobs came to, run in turn. */
export type Comparison = {
  /** Median wall seconds. */
  readonly a: number
  readonly b: number
  /** Median of the pairs' ratios: a machine that slows down slows both of a pair. */
  readonly ratio: number
  /** Peak resident memory in MB. */
  readonly memory: { readonly a: number; readonly b: number }
}

const PRELOAD = new URL('peak-memory.mjs', import.meta.url).href

/** Runs two jobs in turn, `pairs` times, after one run of each that warms up and tells the memory. */
export async function compare(a: Job, b: Job, pairs: number): Promise<Comparison> {
  const memory = { a: await peakMemory(a), b: await peakMemory(b) }
  const times: [number, number][] = []
  for (let pair = 0; pair < pairs; pair++) times.push([await seconds(a), await seconds(b)])
  return { ...middle(times), memory }
}

/** Medians of the two columns, and the median of the rows' ratios. */
export const middle = (
  pairs: readonly (readonly [number, number])[],
): { a: number; b: number; ratio: number } => ({
  a: median(pairs.map(([a]) => a)),
  b: median(pairs.map(([, b]) => b)),
  ratio: median(pairs.map(([a, b]) => a / b)),
})

const median = (values: readonly number[]): number =>
  values.toSorted((x, y) => x - y)[Math.floor(values.length / 2)] ?? Number.NaN

/** Wall seconds of a job. */
export async function seconds(job: Job): Promise<number> {
  const started = performance.now()
  await run(job)
  const ms = performance.now() - started
  job.clean?.()
  return ms / 1000
}

async function peakMemory(job: Job): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'ssot-bench-memory-'))
  const file = join(folder, 'kilobytes')
  try {
    const args = ['--import', PRELOAD, ...job.args]
    await run({ ...job, args }, { ...process.env, BENCH_MEMORY_FILE: file })
    job.clean?.()
    return Number(readFileSync(file, 'utf8')) / 1024
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** Runs a job to its end, and returns what it printed. @throws Error with that when it does not exit with 0 */
export function run({ args, cwd }: Job, env = process.env): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    child.stdout.on('data', (chunk) => (output += chunk))
    child.stderr.on('data', (chunk) => (output += chunk))
    child.on('close', (code) =>
      code === 0
        ? resolve(output)
        : reject(new Error(`node ${args.join(' ')} exited with ${code}:\n${output}`)),
    )
  })
}

/** One line on the machine: what figures without it are worth little. */
export const machine = (): string =>
  `Node ${process.versions.node}, ${cpus().length} × ${cpus()[0]?.model.trim()}, load ${loadavg()[0]!.toFixed(1)}`

/** Prints a row of a table; the first column is wide, numbers stand right. */
export function row(cells: readonly string[]): void {
  const [first = '', ...rest] = cells
  console.log([first.padEnd(48), ...rest.map((cell) => cell.padStart(10))].join(''))
}

export const times = (ratio: number): string => `× ${ratio.toFixed(2)}`

/** Absolute path of a file beside the benchmarks. */
export const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url))
