import { execa, type ResultPromise } from 'execa'
import type { Command } from './package-manager.js'

/** A program ended with a code that is not 0, or could not be started. Keeps the last lines it printed. */
export class CommandError extends Error {
  override name = 'CommandError'
  constructor(
    message: string,
    readonly lastLines: readonly string[],
    options?: ErrorOptions,
  ) {
    super(message, options)
  }
}

export type RunOptions = {
  readonly cwd: string
  readonly env?: Readonly<Record<string, string>>
  readonly signal: AbortSignal
  /** Time the program gets to end by itself when the run is stopped. */
  readonly graceMs?: number
  onLine?(line: string): void
}

const KEPT_LINES = 25
const windows = process.platform === 'win32'

/**
 * Runs a program to its end; its standard input is empty. When the signal fires, the program and everything
 * it started are stopped before this returns.
 * @throws CommandError when it fails, the signal's reason when it was stopped
 */
export async function runCommand(command: Command, options: RunOptions): Promise<string[]> {
  options.signal.throwIfAborted()
  const [file, ...args] = command
  // Its own process group: one signal then reaches the whole tree, and Ctrl-C reaches it through us only.
  const child = execa(file, args, {
    cwd: options.cwd,
    env: options.env,
    stdin: 'ignore',
    all: true,
    buffer: false,
    reject: false,
    detached: !windows,
    windowsHide: true,
  })
  const kept: string[] = []
  const stop = (): void => stopTree(child, options.graceMs ?? 3000)
  options.signal.addEventListener('abort', stop, { once: true })
  try {
    for await (const line of child.iterable({ from: 'all' })) {
      kept.push(line)
      if (kept.length > KEPT_LINES) kept.shift()
      options.onLine?.(line)
    }
    const result = await child
    options.signal.throwIfAborted()
    if (result.failed) throw new CommandError(reasonOf(file, result), kept, { cause: result.cause })
    return kept
  } finally {
    options.signal.removeEventListener('abort', stop)
  }
}

function reasonOf(
  file: string,
  result: { code?: string; exitCode?: number; signal?: string },
): string {
  if (result.code === 'ENOENT') return `${file} was not found`
  return result.signal ? `ended by ${result.signal}` : `exit code ${result.exitCode}`
}

function stopTree(child: ResultPromise, graceMs: number): void {
  const { pid } = child
  if (pid === undefined) return
  if (windows) {
    void execa('taskkill', ['/pid', String(pid), '/T', '/F'], { reject: false })
    return
  }
  const send = (signal: NodeJS.Signals): void => {
    try {
      process.kill(-pid, signal)
    } catch {
      // Nobody of the group is left.
    }
  }
  send('SIGINT')
  const timer = setTimeout(() => send('SIGKILL'), graceMs)
  void child.finally(() => clearTimeout(timer))
}
