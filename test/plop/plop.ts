import { join } from 'node:path'
import { run, type Ended } from '../support/process.js'
import { runOnTerminal, type Step } from '../support/terminal.js'

const program = join('node_modules', 'plop', 'bin', 'plop.js')

/** Runs `plop` in an app, without a terminal. */
export const plop = (
  cwd: string,
  words: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Ended> => run([process.execPath, program, ...words], { cwd, env })

export type { Step } from '../support/terminal.js'

/** Runs `plop` on a terminal, and answers questions as they come. */
export const plopOnTerminal = (
  cwd: string,
  words: readonly string[],
  steps: readonly Step[],
): Promise<Ended> => runOnTerminal(cwd, [process.execPath, program, ...words].join(' '), steps)
