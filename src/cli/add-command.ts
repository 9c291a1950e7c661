import type { Config } from '../config.js'
import { readMigrations } from '../database/migrations.js'
import { UserError } from '../errors.js'
import type { Plugin } from '../kit/plugin.js'
import { optionsOf, type Settings } from '../options.js'
import { choosePlugins, type ActivePlugin } from '../plugins/choose.js'
import { pluginEdits } from '../plugins/edit-config.js'
import { findPlugin, type FoundPlugin } from '../plugins/find.js'
import { optionValues, readSettings } from '../plugins/values.js'
import { appConfigOf } from './app-config.js'
import { findApp } from './app-root.js'
import { parseArgs, type Args } from './args.js'
import { changeConfig, type How } from './change-config.js'
import type { Context } from './main.js'
import { questionsOf, readAnswers } from './plugin-choices.js'
import { pluginQuestion } from '../../recipes/plugin-questions.js'
import { reportChange } from './change-report.js'
import { changeOptions } from './ssot-help.js'
import { canAsk, orStopped } from './terminal.js'

/**
 * `ssot add <plugin>`: makes a plugin part of the app. Once more with other options changes those.
 * @returns the exit code; 1 where a conflict or a step that failed is left for the user
 */
export async function addCommand(context: Context): Promise<number> {
  const [name, ...argv] = context.argv
  if (name === undefined || name.startsWith('-'))
    throw new UserError('Name a plugin: ssot add <plugin> [flags].', [
      'See what there is: ssot list plugins',
    ])
  const root = findApp(context.cwd)
  const config = await appConfigOf(root, context.env)
  const found = await findPlugin(name, root)
  const { values, typed } = readFlags(found.plugin, argv)
  const { id } = found.plugin
  const current = (await choosePlugins(root, config)).filter(({ why }) => why === 'chosen')
  const there = current.some(({ plugin }) => plugin.id === id)
  const asked = there ? {} : await askOptions(found.plugin, typed, values, context)
  const settings = { ...config.pluginOptions[id], ...typed, ...asked }
  const { given } = optionValues(found.plugin, settings)
  if (there && sameSettings(given, optionValues(found.plugin, config.pluginOptions[id]).given))
    return alreadyThere(id, values, root, context)
  const next = await nextPlugins(root, config, found, given, there)
  const how = howOf(values, root, id)
  const edits = pluginEdits(config, next.listed)
  const changed = await changeConfig(root, { ...config, ...next.listed }, edits, how, context)
  return reportChange(
    {
      ...{ root, dryRun: how.dryRun, json: values['json'] === true, changed },
      headline: there ? `The options of ${id} are changed` : `${id} is part of the app`,
      notes: next.alongside.map((other) => `${other} comes along, as it is needed`),
      what: { added: there ? [] : [id, ...next.alongside] },
    },
    context,
  )
}

function readFlags(
  plugin: Plugin,
  argv: readonly string[],
): { values: Args['values']; typed: Settings } {
  const own = optionsOf(changeOptions)
  const { values, positionals } = parseArgs(argv, { ...own, ...plugin.options })
  if (positionals.length > 0)
    throw new UserError(`'ssot add' takes one plugin, and got '${positionals[0]}' too.`)
  const texts = Object.entries(values).filter(([name]) => name in plugin.options)
  const typed = readSettings(plugin, Object.fromEntries(texts))
  optionValues(plugin, typed)
  return { values, typed }
}

/** Asks for what was not typed, where somebody sits there. */
async function askOptions(
  plugin: Plugin,
  typed: Settings,
  values: Args['values'],
  { env, signal }: Context,
): Promise<Settings> {
  const questions = questionsOf(plugin).filter(({ option }) => !(option in typed))
  if (questions.length === 0 || values['yes'] || values['json'] || !canAsk(env)) return {}
  const { default: inquirer } = await import('inquirer')
  const asked = inquirer.prompt(questions.map(pluginQuestion) as never)
  return readAnswers(questions, (await orStopped(asked, signal)) as Settings)
}

const sameSettings = (a: Settings, b: Settings): boolean => JSON.stringify(a) === JSON.stringify(b)

function alreadyThere(
  id: string,
  values: Args['values'],
  root: string,
  { terminal }: Context,
): number {
  terminal.print(`${id} is part of the app already: nothing to do`)
  if (values['json']) terminal.json({ ok: true, exitCode: 0, directory: root, added: [] })
  return 0
}

/** The list with the plugin and all that it needs. */
async function nextPlugins(
  root: string,
  config: Config,
  { name, plugin: { id } }: FoundPlugin,
  given: Settings,
  there: boolean,
) {
  const { [id]: _, ...others } = config.pluginOptions
  const pluginOptions = Object.keys(given).length === 0 ? others : { ...others, [id]: given }
  const plugins = there ? config.plugins : [...config.plugins, name]
  const all = await choosePlugins(root, { plugins, pluginOptions })
  const isNew = ({ name: other }: ActivePlugin): boolean => !plugins.includes(other)
  return {
    listed: { plugins: [...plugins, ...all.filter(isNew).map((it) => it.name)], pluginOptions },
    alongside: all.filter(isNew).map(({ plugin }) => plugin.id),
  }
}

const howOf = (values: Args['values'], root: string, id: string): How => ({
  dryRun: values['dryRun'] === true,
  setup: values['setup'] !== false,
  // The first migration of an app makes all of it.
  migrate: readMigrations(root).length === 0 ? [] : ['--name', `add_${id.replaceAll('-', '_')}`],
})
