import type { Config } from '../config.js'
import { UserError } from '../errors.js'
import { suggest } from '../nearest.js'
import { optionsOf } from '../options.js'
import { builtInNames } from '../plugins/built-in.js'
import { pluginEdits } from '../plugins/edit-config.js'
import { findPlugin } from '../plugins/find.js'
import type { Plugin } from '../kit/plugin.js'
import { appConfigOf } from './app-config.js'
import { findApp } from './app-root.js'
import { parseArgs } from './args.js'
import { changeConfig } from './change-config.js'
import type { Context } from './main.js'
import { reportChange } from './change-report.js'
import { changeOptions, removeFlags } from './ssot-help.js'

/**
 * `ssot remove <plugin>`: takes a plugin out of the app. Files that were edited stay, and its tables too unless they are
 * to be dropped.
 * @returns the exit code; 1 where a step that failed is left for the user
 */
export async function removeCommand(context: Context): Promise<number> {
  const table = optionsOf(changeOptions)
  const { values, positionals } = parseArgs(context.argv, { ...table, ...removeFlags })
  const [name, ...more] = positionals
  if (name === undefined || more.length > 0)
    throw new UserError('Name one plugin: ssot remove <plugin> [flags].', [
      'See what the app has: ssot list plugins',
    ])
  const root = findApp(context.cwd)
  const config = await appConfigOf(root, context.env)
  const listed = await listedPlugins(root, config)
  const leaving = listed.find((item) => item.name === name || item.id === name)
  const json = values['json'] === true
  if (leaving === undefined) return notThere(name, listed, root, json, context)
  refuseNeeded(leaving, listed)
  const { [leaving.id]: _, ...pluginOptions } = config.pluginOptions
  const next = { plugins: config.plugins.filter((item) => item !== leaving.name), pluginOptions }
  const how = {
    dryRun: values['dryRun'] === true,
    setup: values['setup'] !== false,
    migrate: values['dropTables'] === true ? dropWords(leaving.id) : null,
  }
  const edits = pluginEdits(config, next)
  const changed = await changeConfig(root, { ...config, ...next }, edits, how, context)
  const tables = changed.generated.changes.some(
    ({ path }) => path === `prisma/${leaving.id}.prisma`,
  )
  return reportChange(
    {
      ...{ root, dryRun: how.dryRun, json, changed },
      headline: `${leaving.id} is no longer part of the app`,
      notes: tables && how.migrate === null ? TABLES_STAY : [],
      what: { removed: [leaving.id] },
    },
    context,
  )
}

const dropWords = (id: string): string[] => [
  ...['--name', `remove_${id.replaceAll('-', '_')}`],
  '--accept-data-loss',
]

const TABLES_STAY = [
  'its tables stay in the database, with their rows: the next ssot db migrate would drop them, and asks for --accept-data-loss',
]

type Listed = { readonly name: string; readonly id: string; readonly plugin: Plugin | null }

/** The plugins of the config; one that can't be loaded any more can still be taken out. */
const listedPlugins = (root: string, { plugins }: Config): Promise<Listed[]> =>
  Promise.all(
    plugins.map(async (name): Promise<Listed> => {
      try {
        const { plugin } = await findPlugin(name, root)
        return { name, id: plugin.id, plugin }
      } catch (error) {
        if (error instanceof UserError) return { name, id: name, plugin: null }
        throw error
      }
    }),
  )

/** @throws UserError that names the plugins that would be left without it */
function refuseNeeded({ id }: Listed, listed: readonly Listed[]): void {
  const needing = listed.filter(({ plugin }) => plugin?.requires?.includes(id)).map((it) => it.id)
  if (needing.length === 0) return
  throw new UserError(`The plugin '${id}' is needed by ${needing.join(', ')}.`, [
    `Take that out first: ssot remove ${needing[0]}`,
  ])
}

function notThere(
  name: string,
  listed: readonly Listed[],
  root: string,
  json: boolean,
  { terminal }: Context,
): number {
  if (!builtInNames.includes(name))
    throw new UserError(
      `There is no plugin '${name}' in this app.`,
      suggest(
        name,
        listed.map(({ id }) => id),
        'It has no plugins.',
      ),
    )
  terminal.print(`${name} is not part of the app: nothing to do`)
  if (json) terminal.json({ ok: true, exitCode: 0, directory: root, removed: [] })
  return 0
}
