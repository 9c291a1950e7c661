import { spawn } from 'node:child_process'

export type Ended = { readonly code: number | null; readonly output: string }

export type RunOptions = {
  readonly cwd: string
  readonly env?: Readonly<Record<string, string>>
  /** A command that takes longer hangs. */
  readonly seconds?: number
}

const KEPT =
  /^(PATH|HOME|SystemRoot|ComSpec|APPDATA|LOCALAPPDATA|TEMP|TMP|TMPDIR|NODE_EXTRA_CA_CERTS|SSL_CERT_\w+|HTTPS?_PROXY|NO_PROXY|npm_config_cache)$/i

/** Our own environment without what the test runner, a package manager or CI has put there. */
export const cleanEnvironment = (): Record<string, string> =>
  Object.fromEntries(
    Object.entries(process.env).filter(
      (entry): entry is [string, string] => KEPT.test(entry[0]) && entry[1] !== undefined,
    ),
  )

/**
 * Runs a command as a user would in a shell, all its output in one text.
 * A command that fails is no error here: the exit code tells.
 */
export function run(command: readonly string[], options: RunOptions): Promise<Ended> {
  const { cwd, env = {}, seconds = 540 } = options
  const [program = '', ...args] = command
  const child = spawn(program, args, {
    cwd,
    env: { ...cleanEnvironment(), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: process.platform === 'win32',
    // A group of its own, so that what a hanging command has started goes with it.
    detached: process.platform !== 'win32',
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (output += chunk))
  return new Promise((fulfil, reject) => {
    const timer = setTimeout(() => {
      process.kill(process.platform === 'win32' ? child.pid! : -child.pid!, 'SIGKILL')
      reject(new Error(`hangs: ${command.join(' ')}\n${output}`))
    }, seconds * 1000)
    child.once('error', reject)
    child.once('close', (code) => {
      clearTimeout(timer)
      fulfil({ code, output })
    })
  })
}
