import { causesOf, exitCodeOf, explain, listen, type Context } from './main.js'
import { createTerminal } from './terminal.js'

/** plop prints the message alone, and knows one exit code. */
export async function told<T>(
  context: Context,
  work: (context: Context) => Promise<T>,
): Promise<T> {
  const { signal } = context
  try {
    return await work(context)
  } catch (error) {
    const stopped = signal.aborted && causesOf(error).includes(signal.reason as Error)
    const code = stopped ? 130 : exitCodeOf(error)
    const { message, remedies } = explain(error, code)
    endWith(code)
    const text = [message, ...remedies.map((remedy) => `  ${remedy}`)].join('\n')
    throw new Error(text, { cause: error })
  }
}

/** plop ends with 1 whatever went wrong; what a process ends with can be changed to the last. */
function endWith(code: number): void {
  process.once('exit', () => {
    process.exitCode = code
  })
}

/** plop draws on the terminal as well: ours prints plain lines. */
export function plopContext(cwd: string): Context {
  const { env } = process
  const terminal = createTerminal({ verbosity: 'normal', json: false, env, live: false })
  const argv = process.argv.slice(2)
  return { argv, switches: new Set(), cwd, env, terminal, signal: listen().signal }
}
