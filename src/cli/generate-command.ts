import { loadConfigFile } from '../config-file.js'
import { configOf, mergeGiven, withDefaults } from '../config.js'
import { UserError } from '../errors.js'
import type { GenerateResult } from '../generate.js'
import { findApp } from './app-root.js'
import { gather } from './gather.js'
import { changeLines, conflictPlaces, noticeLines, runGenerate } from './generating.js'
import type { Context } from './main.js'
import { generateOptions } from './ssot-help.js'
import { checkSchema } from './target.js'
import { duration } from './terminal.js'

/**
 * `ssot generate`: brings the app up to date with its schema.
 * @returns the exit code; 1 where a conflict is left for the user
 */
export async function generateCommand(context: Context): Promise<number> {
  const { given, positionals } = await gather(context.argv, generateOptions, context)
  if (positionals.length > 0)
    throw new UserError(`'ssot generate' takes no argument, and got '${positionals[0]}'.`)
  const root = findApp(context.cwd)
  const file = await loadConfigFile(root)
  // A path on the command line is seen from where it is typed, one in the config from the app.
  const schema = given.schema === undefined ? (file.schema ?? 'prisma') : given.schema
  const folder = given.schema === undefined ? root : context.cwd
  const options = { ...withDefaults(mergeGiven([given, file]), context.env), schema }
  const config = configOf(options, folder)
  await checkSchema(config.schema, context.cwd)
  const { dryRun, force } = options
  const result = await runGenerate({ root, config, dryRun, force, signal: context.signal }, context)
  const exitCode = context.signal.aborted
    ? 130
    : result.changes.some(({ kind }) => kind === 'conflict')
      ? 1
      : 0
  print(result, dryRun, context)
  if (given.json)
    context.terminal.json({ ok: exitCode === 0, exitCode, directory: root, dryRun, ...result })
  return exitCode
}

function print(result: GenerateResult, dryRun: boolean, { terminal, cwd }: Context): void {
  for (const line of noticeLines(result, cwd)) terminal.note(`note: ${line}`)
  for (const path of result.orphans)
    terminal.note(`note: ${path} is no longer generated; it stays, as you edited it`)
  for (const path of result.unsaved)
    terminal.note(`note: ${path} has edits that git does not have; they are mixed with what is new`)
  const lines = changeLines(result, dryRun)
  const { models } = result.schema
  if (dryRun) for (const line of lines) terminal.print(line)
  const what =
    lines.length === 0
      ? 'everything is up to date'
      : dryRun
        ? 'nothing was written'
        : lines.join(', ')
  terminal.print(`${models} models, ${result.files} files: ${what} (${duration(result.ms)})`)
  if (!dryRun) printConflicts(conflictPlaces(result), terminal)
}

function printConflicts(places: readonly string[], { error, style }: Context['terminal']): void {
  if (places.length === 0) return
  error(style.red('You and the generator changed the same lines. Both versions stand at:'))
  for (const place of places) error(`  ${place}`)
  error('Choose what each place should say, and take the markers out; it is not asked again.')
}
