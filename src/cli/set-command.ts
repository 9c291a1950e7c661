import type { Config } from '../config.js'
import type { ConfigEdit } from '../config-edit.js'
import { UserError } from '../errors.js'
import { suggest } from '../nearest.js'
import { readText, typeOf, wrongValue } from '../option-values.js'
import { optionOf, optionsOf } from '../options.js'
import { appConfigOf } from './app-config.js'
import { findApp } from './app-root.js'
import { parseArgs } from './args.js'
import { changeConfig, type How } from './change-config.js'
import { reportChange } from './change-report.js'
import type { Context } from './main.js'
import { changeOptions, settable } from './ssot-help.js'

type Choices = Pick<Config, (typeof settable)[number]>

/**
 * `ssot set <choice>=<value>…`: changes the choices that an app was made with.
 * @returns the exit code; 1 where a conflict or a step that failed is left for the user
 */
export async function setCommand(context: Context): Promise<number> {
  const flags = optionsOf(changeOptions)
  const { values, positionals } = parseArgs(context.argv, flags)
  const given = readChoices(positionals)
  const root = findApp(context.cwd)
  const config = await appConfigOf(root, context.env)
  const changed = changedChoices(given, config)
  const names = Object.keys(changed)
  const json = values['json'] === true
  if (names.length === 0) return nothingToDo(given, root, json, context)
  const next = { ...config, ...changed }
  const how: How = {
    dryRun: values['dryRun'] === true,
    // Another package manager has to make node_modules anew, and this tool runs from there.
    setup: values['setup'] !== false && next.pm === config.pm,
    install: next.pm !== config.pm,
    migrate: null,
  }
  const edits = Object.entries(changed).map(([option, value]): ConfigEdit => ({
    kind: 'set',
    option,
    value,
  }))
  const result = await changeConfig(root, next, edits, how, context)
  return reportChange(
    {
      ...{ root, dryRun: how.dryRun, json, changed: result },
      headline: `The app has ${shown(changed)} now`,
      notes:
        next.pm === config.pm
          ? []
          : [`node_modules and the lock file of ${config.pm} are to be deleted before the install`],
      what: { set: changed },
    },
    context,
  )
}

/**
 * Reads `framework=fastify` and the like, checked.
 * @throws UserError that names a choice or a value that is not known, with the nearest ones
 */
function readChoices(words: readonly string[]): Partial<Choices> {
  if (words.length === 0)
    throw new UserError('Say what to set: ssot set <choice>=<value>…', [
      `Choices: ${settable.join(', ')}.`,
    ])
  const choices: Record<string, unknown> = {}
  for (const word of words) {
    const [name, value] = readChoice(word)
    if (name in choices && choices[name] !== value) throw new UserError(`'${name}' is given twice.`)
    choices[name] = value
  }
  return choices
}

function readChoice(word: string): [name: string, value: unknown] {
  const equals = word.indexOf('=')
  const typed = equals < 0 ? word : word.slice(0, equals)
  const name = settable.find((choice) => choice === typed)
  if (name === undefined)
    throw new UserError(
      `'ssot set' knows no choice '${typed}'.`,
      OTHERWISE[typed] ?? suggest(typed, settable),
    )
  if (equals < 0) throw new UserError(`'${name}' needs a value: ssot set ${name}=<value>`)
  const option = optionOf(name)
  const value = readText(option, word.slice(equals + 1))
  if (!typeOf(option).safeParse(value).success) throw wrongValue(option, value, name)
  return [name, value]
}

/** What is changed in another way. */
const OTHERWISE: Readonly<Record<string, readonly string[]>> = {
  plugins: ['For plugins: ssot add <plugin>, ssot remove <plugin>'],
  pluginOptions: ['For options of a plugin: ssot add <plugin> --<option> <value>'],
  database: ['The schema says it: change the provider there, and run: ssot generate'],
}

const changedChoices = (given: Partial<Choices>, config: Config): Partial<Choices> =>
  Object.fromEntries(
    Object.entries(given).filter(([name, value]) => config[name as keyof Choices] !== value),
  )

const shown = (choices: Partial<Choices>): string =>
  Object.entries(choices)
    .map(([name, value]) => `${name}=${String(value)}`)
    .join(', ')

function nothingToDo(
  given: Partial<Choices>,
  root: string,
  json: boolean,
  { terminal }: Context,
): number {
  terminal.print(`The app has ${shown(given)} already: nothing to do`)
  if (json) terminal.json({ ok: true, exitCode: 0, directory: root, set: {} })
  return 0
}
