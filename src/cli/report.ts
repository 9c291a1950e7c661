import { join, sep } from 'node:path'
import { flagOf, optionNames, optionOf, type OptionName } from '../options.js'
import { execCommand, scriptCommand } from '../setup/package-manager.js'
import { flagName } from '../plugins/flag-name.js'
import { shownUrl } from '../database/shown-url.js'
import { packageRoot } from '../root.js'
import type { Options } from '../config.js'
import type { StepReport } from '../setup/index.js'
import type { MadeApp } from './make-app.js'
import { changeLines, noticeLines } from './generating.js'
import type { Context } from './main.js'
import { shellCommand, shownPath } from './quote.js'
import { duration } from './terminal.js'

/** Prints the end of a run: what was made, what failed, what to type next, and how to make the same app again. */
export function printReport(app: MadeApp, context: Context): void {
  const { terminal } = context
  for (const line of noticeLines(app.generated, context.cwd)) terminal.note(`note: ${line}`)
  if (app.options.dryRun) return printPlan(app, context)
  terminal.print(`\n${terminal.style.bold(headline(app))}`)
  if (app.setup?.failed) printFailure(app, app.setup.failed, context)
  else if (app.start?.failed)
    terminal.error(`${terminal.style.red('The app stopped:')} ${app.start.failed}`)
  if (!app.setup?.failed && !context.signal.aborted) {
    terminal.print('\nNext:')
    for (const words of nextCommands(app, context)) terminal.print(`  ${shellCommand(words)}`)
  }
  terminal.print(`\nThe same app again:\n  ${shellCommand(againCommand(app.options, context))}`)
}

function printFailure(app: MadeApp, failed: StepReport, context: Context): void {
  const { terminal } = context
  const how = context.signal.aborted ? 'was stopped' : `failed: ${failed.note}`
  terminal.error(
    `\n${terminal.style.red(`Set-up is not finished. The step '${failed.name}' ${how}`)}`,
  )
  for (const line of failed.output ?? []) terminal.error(`  ${line}`)
  terminal.error("\nThe app's files are complete and stay. To go on:")
  for (const words of leftToDo(app, context)) terminal.error(`  ${shellCommand(words)}`)
}

function printPlan(app: MadeApp, { terminal }: Context): void {
  for (const line of changeLines(app.generated, true)) terminal.print(line)
  terminal.print(`\n${headline(app)}. Nothing was written.`)
}

function headline({ options, generated, ms }: MadeApp): string {
  const { provider, models } = generated.schema
  const choices = [provider, options.framework, options.mode].join(', ')
  const verb = options.dryRun ? 'Would make' : 'Made'
  return `${verb} ${options.dir}: ${models} models, ${generated.files} files (${choices}) in ${duration(ms)}`
}

const enter = ({ root }: MadeApp, { cwd }: Context): string[][] =>
  root === cwd ? [] : [['cd', shownPath(root, cwd)]]

/** The step that failed and all after it, as commands. */
const leftToDo = (app: MadeApp, context: Context): string[][] => [
  ...enter(app, context),
  ...[app.setup!.failed!, ...app.setup!.remaining].map(({ command }) => [...command]),
]

/** What to type next in the new app. */
function nextCommands(app: MadeApp, context: Context): string[][] {
  const { pm, setup, install, fromDatabase } = app.options
  const tool = (...words: string[]): string[] => [...execCommand(pm, 'ssot', ...words)]
  const copy = process.platform === 'win32' ? 'copy' : 'cp'
  const byHand = [
    [pm, 'install'],
    ...(setup ? [] : [[copy, '.env.example', '.env']]),
    tool('client'),
    // A database that was there has its tables and rows.
    ...(fromDatabase === undefined
      ? [tool('db', 'migrate', '--name', 'init'), tool('db', 'seed')]
      : []),
  ]
  return [
    ...enter(app, context),
    ...(setup && install ? [] : byHand),
    [...scriptCommand(pm, 'dev')],
    [...scriptCommand(pm, 'test')],
  ]
}

/** One command that makes the same app: every choice that is not the default, and no questions. */
function againCommand(options: Options, context: Context): string[] {
  const own = join(packageRoot(), 'dist', 'cli.js')
  const installed = own.includes(`${sep}node_modules${sep}`)
  const flags = optionNames
    .filter((name) => KEPT.has(name))
    .flatMap((name) => flagWords(name, options))
  const words = [options.dir, ...flags, '--yes']
  return installed
    ? ['npx', 'create-ssot-app', ...words]
    : ['node', shownPath(own, context.cwd), ...words]
}

const KEPT: ReadonlySet<OptionName> = new Set<OptionName>([
  ...(['schema', 'example', 'fromDatabase', 'framework', 'mode', 'database'] as const),
  ...(['plugins', 'pluginOptions', 'ui', 'pm'] as const),
  ...(['setup', 'install', 'git', 'test', 'format', 'force'] as const),
])

/** Framework and mode are always named: a config file beside the schema may say otherwise by then. */
function flagWords(name: OptionName, options: Options): string[] {
  if (name === 'pluginOptions') return pluginWords(options.pluginOptions)
  const value = options[name]
  const option = optionOf(name)
  const always = name === 'framework' || name === 'mode'
  if (name === 'example' && hasOwnSchema(options)) return []
  if (value === undefined || (Array.isArray(value) && value.length === 0)) return []
  if (!always && name !== 'example' && 'default' in option && value === option.default) return []
  if (value === false) return [`--no-${flagOf(name).slice(2)}`]
  return value === true ? [flagOf(name)] : [flagOf(name), shown(name, value)]
}

/** `--usage-tracker-retention-days 30` */
const pluginWords = (settings: Options['pluginOptions']): string[] =>
  Object.entries(settings).flatMap(([plugin, values]) =>
    Object.entries(values).flatMap(([option, value]) => {
      const flag = flagOf(flagName(plugin, option))
      if (value === false) return [`--no-${flag.slice(2)}`]
      return value === true ? [flag] : [flag, String(value)]
    }),
  )

const hasOwnSchema = ({ schema, fromDatabase }: Options): boolean =>
  schema !== undefined || fromDatabase !== undefined

/** Passwords are left out. */
const shown = (name: OptionName, value: unknown): string =>
  optionOf(name).secret ? shownUrl(String(value)) : String(value)

/** The report of `--json`. */
export function jsonReport(app: MadeApp, exitCode: number, context: Context): object {
  const { generated, setup, options } = app
  return {
    ok: exitCode === 0,
    exitCode,
    directory: app.root,
    dryRun: options.dryRun,
    options: {
      ...options,
      ...(options.fromDatabase === undefined
        ? {}
        : { fromDatabase: shownUrl(options.fromDatabase) }),
    },
    schema: generated.schema,
    files: generated.files,
    bytes: generated.bytes,
    changes: generated.changes,
    notices: generated.notices,
    setup: setup && {
      steps: setup.steps,
      remaining: setup.remaining,
      failed: setup.failed?.name ?? null,
    },
    ms: Math.round(app.ms),
    next: nextCommands(app, context).map(shellCommand),
    again: shellCommand(againCommand(options, context)),
  }
}
