import { UserError } from '../errors.js'
import { createTerminal, ignoreBrokenPipes, type Terminal, type Verbosity } from './terminal.js'

/** What a command gets from the process it runs in. */
export type Context = {
  readonly argv: readonly string[]
  /** The arguments before a `--`, to look for a single switch before anything is parsed. */
  readonly switches: ReadonlySet<string>
  readonly cwd: string
  readonly env: NodeJS.ProcessEnv
  readonly terminal: Terminal
  /** Fires on Ctrl-C. */
  readonly signal: AbortSignal
}

/** By signal. */
const EXIT_CODES = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const

/**
 * Runs a command to its exit code: 0 all done, 1 a step failed, 2 wrong input, 130 stopped by Ctrl-C.
 * @param command resolves to an exit code
 */
export async function runProcess(
  argv: readonly string[],
  command: (context: Context) => Promise<number>,
): Promise<void> {
  ignoreBrokenPipes()
  const { env } = process
  const end = argv.indexOf('--')
  const switches = new Set(end < 0 ? argv : argv.slice(0, end))
  const json = [...switches].some((arg) => arg === '--json' || arg.startsWith('--json='))
  const terminal = createTerminal({ verbosity: verbosityOf(switches), json, env })
  const stop = listen()
  const context = { argv, switches, cwd: process.cwd(), env, terminal, signal: stop.signal }
  const code = await command(context).catch((error: unknown) => {
    const exitCode = stop.code() ?? exitCodeOf(error)
    printError(terminal, error, { json, verbose: switches.has('--verbose') }, exitCode)
    return exitCode
  })
  process.stdout.write('', () => process.stderr.write('', () => process.exit(stop.code() ?? code)))
}

const verbosityOf = (switches: ReadonlySet<string>): Verbosity =>
  switches.has('--quiet') || switches.has('-q')
    ? 'quiet'
    : switches.has('--verbose')
      ? 'verbose'
      : 'normal'

/** The first signal lets the run undo what it has begun; the second one ends it at once. */
export function listen(): { signal: AbortSignal; code(): number | null } {
  const controller = new AbortController()
  let code: number | null = null
  for (const [name, exitCode] of Object.entries(EXIT_CODES))
    process.on(name, () => {
      if (code !== null) process.exit(exitCode)
      code = exitCode
      controller.abort(new Error('Stopped.'))
    })
  return { signal: controller.signal, code: () => code }
}

/** @returns 2 for what the user can mend, 130 for a question that was left by Ctrl-C, else 1 */
export function exitCodeOf(error: unknown): number {
  if (error instanceof Error && error.name === 'ExitPromptError') return EXIT_CODES.SIGINT
  return causesOf(error).some((cause) => cause instanceof UserError) ? 2 : 1
}

/** Says what went wrong, and what to do about it. */
export function printError(
  terminal: Terminal,
  error: unknown,
  how: { json: boolean; verbose: boolean },
  exitCode = exitCodeOf(error),
): void {
  const causes = causesOf(error)
  const { message, remedies, user, stopped } = explain(error, exitCode)
  terminal.error(`${stopped ? '' : terminal.style.red('Error: ')}${message}`)
  for (const remedy of remedies) terminal.error(`  ${remedy}`)
  if (how.verbose && !user && !stopped)
    terminal.error(causes.map((cause) => cause.stack).join('\nCaused by: '))
  if (how.json) terminal.json(outcomeOf(exitCode, message, remedies))
}

/** How every JSON report begins: what came of the command, and where it is not all that was asked, why. */
export const outcomeOf = (exitCode: number, message = '', remedies: readonly string[] = []) => ({
  ok: exitCode === 0,
  exitCode,
  ...(exitCode === 0 ? {} : { error: { message, remedies } }),
})

/** An error in words for the user. */
export function explain(error: unknown, exitCode: number) {
  const stopped = exitCode > 128
  const causes = causesOf(error)
  const user = causes.find((cause) => cause instanceof UserError)
  if (stopped)
    return {
      message: 'Stopped. Nothing that was begun is left behind.',
      remedies: [],
      user,
      stopped,
    }
  return {
    message: user?.message ?? readable(causes),
    remedies: user?.remedies ?? [],
    user,
    stopped,
  }
}

const SYSTEM_ERRORS: Readonly<Record<string, string>> = {
  ENOSPC: 'The disk is full.',
  EDQUOT: 'The disk quota is used up.',
  EROFS: 'The file system is read-only.',
  EACCES: 'Permission denied.',
  EPERM: 'Permission denied.',
}

function readable(causes: readonly Error[]): string {
  for (const cause of causes) {
    const explained = SYSTEM_ERRORS[(cause as NodeJS.ErrnoException).code ?? '']
    if (explained !== undefined) return `${explained} ${cause.message}`
  }
  return causes[0]!.message
}

/** An error and what caused it, outermost first. */
export function causesOf(error: unknown): Error[] {
  const causes: Error[] = []
  for (let cause = error; cause instanceof Error && causes.length < 10; cause = cause.cause)
    causes.push(cause)
  return causes.length === 0 ? [new Error(String(error))] : causes
}

/**
 * @throws UserError on a Node that lacks what we use
 */
export function requireNode(version = process.versions.node): void {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  if (major > 20 || (major === 20 && minor >= 19)) return
  throw new UserError(`Node ${version} is too old.`, [
    'Install Node 20.19 or newer: https://nodejs.org',
  ])
}
