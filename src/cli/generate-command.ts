import { UserError } from '../errors.js'
import type { GenerateResult } from '../generate.js'
import { readAppInput, type AppInput } from './app-input.js'
import {
  CONFLICT_REMEDY,
  changeLines,
  conflictMessage,
  conflictPlaces,
  noticeLines,
  runGenerate,
} from './generating.js'
import { outcomeOf, printError, type Context } from './main.js'
import { renameLines, withAnswers } from './rename-questions.js'
import { generateFlags, generateOptions } from './ssot-help.js'
import { duration } from './terminal.js'
import { VERSION } from '../version.js'
import { watchApp } from './watch.js'

/**
 * `ssot generate`: brings the app up to date with its schema.
 * @returns the exit code; 1 where a conflict is left for the user
 */
export async function generateCommand(context: Context): Promise<number> {
  const app = await readAppInput('generate', generateOptions, context, generateFlags)
  if (!app.own['watch']) return generateOnce(app, context)
  if (app.given.json) throw new UserError('--watch and --json exclude each other.')
  return generateOnSave(app, context)
}

async function generateOnce({ input: known, given }: AppInput, context: Context): Promise<number> {
  const input = await withAnswers(known, given, context)
  const { root, dryRun } = input
  const result = await runGenerate(input, context)
  const conflicts = conflictPlaces(result)
  const exitCode = context.signal.aborted ? 130 : conflicts.length > 0 ? 1 : 0
  print(result, dryRun, context)
  const outcome = outcomeOf(exitCode, conflictMessage(conflicts), [CONFLICT_REMEDY])
  if (given.json) context.terminal.json({ ...outcome, directory: root, dryRun, ...result })
  return exitCode
}

/** Generates again whenever schema or config is saved. A mistake in them is told, and mended by the next save. */
async function generateOnSave(first: AppInput, context: Context): Promise<number> {
  const { terminal, signal } = context
  const run = async (): Promise<void> => {
    try {
      const app = await readAppInput('generate', generateOptions, context, generateFlags)
      await generateOnce(app, context)
    } catch (error) {
      if (signal.aborted) return
      printError(terminal, error, { json: false, verbose: context.switches.has('--verbose') })
    }
  }
  const { root, config } = first.input
  await watchApp(root, config.schema, signal, run, () =>
    terminal.note('watching the schema; Ctrl-C ends it'),
  )
  return 0
}

function print(result: GenerateResult, dryRun: boolean, { terminal, cwd }: Context): void {
  for (const line of noticeLines(result, cwd)) terminal.note(`note: ${line}`)
  for (const line of renameLines(result)) terminal.note(line)
  for (const path of result.orphans)
    terminal.note(`note: ${path} is no longer generated; it stays, as you edited it`)
  for (const path of result.unsaved)
    terminal.note(`note: ${path} has edits that git does not have; they are mixed with what is new`)
  for (const { path, reason } of result.changes)
    if (reason === 'reformatted')
      terminal.note(`note: ${path} has the layout of generated code again, to merge your edits`)
  if (result.madeBy !== null)
    terminal.note(`note: the app is one of ${result.madeBy}, and this is ${VERSION}: ssot upgrade`)
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
  error(style.red(conflictMessage(places)))
  error(CONFLICT_REMEDY)
}
