import { existsSync } from 'node:fs'
import { join } from 'node:path'
import nodePlop from 'node-plop'
import { UserError } from '../errors.js'
import type { Given } from '../options.js'
import { packageRoot } from '../root.js'
import { createOptions, gather } from './gather.js'
import { createHost } from './host.js'
import type { Context } from './main.js'
import { jsonReport, printReport } from './report.js'
import { canAsk, orStopped } from './terminal.js'

/**
 * `create-ssot-app [dir] [flags]`, through the recipe `app`.
 * @returns the exit code
 */
export async function create(context: Context): Promise<number> {
  const { given, positionals } = await gather(context.argv, createOptions, context)
  const withDir = addDir(given, positionals)
  const host = await createHost(context, withDir, shouldAsk(withDir, context.env))
  const settings = { destBasePath: context.cwd, force: false, host }
  const plop = await nodePlop(plopfilePath(), settings)
  const generator = plop.getGenerator('app')
  const answers: object = await orStopped(generator.runPrompts(), context.signal)
  await generator.runActions(answers)
  const outcome = host.outcome()
  if (outcome === null || 'error' in outcome)
    throw outcome?.error ?? new Error('The recipe did nothing.')
  const { made } = outcome
  const exitCode = context.signal.aborted ? 130 : made.setup?.failed || made.start?.failed ? 1 : 0
  printReport(made, context)
  if (given.json) context.terminal.json(jsonReport(made, exitCode, context))
  return exitCode
}

function addDir(given: Given, positionals: readonly string[]): Given {
  const [dir, ...more] = positionals
  if (more.length > 0)
    throw new UserError(
      `One folder is expected, and ${positionals.length} are given: ${positionals.join(', ')}.`,
    )
  if (dir === undefined) return given
  if (dir === '') throw new UserError('The folder needs a name that is not empty.')
  return { ...given, dir }
}

/** Whether questions are asked: only where somebody sits there, and nobody said that defaults will do. */
function shouldAsk(given: Given, env: NodeJS.ProcessEnv): boolean {
  if (given.interactive === true && !(process.stdin.isTTY && process.stdout.isTTY))
    throw new UserError('--interactive needs a terminal.', [
      'Leave it out, and give all answers as flags.',
    ])
  return !given.yes && !given.json && (given.interactive ?? canAsk(env))
}

/** From source the plopfile is TypeScript; in the package it is compiled. */
function plopfilePath(): string {
  const fromSource = import.meta.url.endsWith('.ts')
  const path = join(packageRoot(), ...(fromSource ? ['plopfile.ts'] : ['dist', 'plopfile.js']))
  if (!existsSync(path)) throw new Error(`${path} is missing.`)
  return path
}
