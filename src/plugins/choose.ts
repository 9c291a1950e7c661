import type { Config } from '../config.js'
import { UserError } from '../errors.js'
import { suggest } from '../nearest.js'
import type { Schema } from '../schema/model.js'
import { builtIn } from './built-in.js'
import { findPlugin, type FoundPlugin } from './find.js'
import { optionValues, type Values } from './values.js'

/** A plugin that is part of an app. */
export type ActivePlugin = FoundPlugin & {
  readonly values: Values
  /** Chosen by the config, brought along by the plugin of that id, or called for by the schema. */
  readonly why: 'chosen' | 'schema' | { readonly requiredBy: string }
}

type Choice = Pick<Config, 'plugins' | 'pluginOptions'>

/**
 * Loads the plugins that a config names, and those that they need.
 * @param root the app, or where it will be
 * @throws UserError for one that is unknown, broken, named twice, or that another one excludes
 */
export async function choosePlugins(root: string, config: Choice): Promise<ActivePlugin[]> {
  const chosen: ActivePlugin[] = []
  for (const name of config.plugins) {
    const found = await findPlugin(name, root)
    if (chosen.some(({ plugin }) => plugin.id === found.plugin.id))
      throw new UserError(`The plugin '${found.plugin.id}' is named twice.`, [
        'Name it once in the list of plugins.',
      ])
    chosen.push(active(found, config, 'chosen'))
  }
  // The list grows while it is walked: what comes along may need others.
  for (const { plugin } of chosen)
    for (const id of plugin.requires ?? [])
      if (!chosen.some((other) => other.plugin.id === id))
        chosen.push(active(await required(id, plugin.id, root), config, { requiredBy: plugin.id }))
  refuseConflicts(chosen)
  return chosen
}

const active = (
  found: FoundPlugin,
  { pluginOptions }: Choice,
  why: ActivePlugin['why'],
): ActivePlugin => ({
  ...found,
  values: optionValues(found.plugin, pluginOptions[found.plugin.id]),
  why,
})

async function required(id: string, by: string, root: string): Promise<FoundPlugin> {
  try {
    return await findPlugin(id, root)
  } catch (cause) {
    if (!(cause instanceof UserError)) throw cause
    throw new UserError(`The plugin '${by}' needs '${id}'. ${cause.message}`, cause.remedies, {
      cause,
    })
  }
}

function refuseConflicts(active: readonly ActivePlugin[]): void {
  for (const { plugin } of active) {
    const other = active.find((item) => plugin.conflicts?.includes(item.plugin.id))
    if (other === undefined) continue
    throw new UserError(
      `The plugins '${plugin.id}' and '${other.plugin.id}' can't be there at the same time.`,
      ['Choose one of them.'],
    )
  }
}

/**
 * Adds the built-in plugins that the schema itself calls for.
 * @throws UserError when one excludes another, or options are given for a plugin that is not there
 */
export async function activatePlugins(
  chosen: readonly ActivePlugin[],
  schema: Schema,
  config: Config,
  root: string,
): Promise<ActivePlugin[]> {
  const ids = new Set(chosen.map(({ plugin }) => plugin.id))
  const all = [...chosen]
  for (const [id, entry] of Object.entries(builtIn)) {
    if (ids.has(id) || !('activates' in entry)) continue
    const found = await findPlugin(id, root)
    if (found.plugin.shouldActivate?.(schema, config)) all.push(active(found, config, 'schema'))
  }
  refuseConflicts(all)
  refuseStrayOptions(all, config)
  return all
}

function refuseStrayOptions(active: readonly ActivePlugin[], { pluginOptions }: Choice): void {
  const ids = active.map(({ plugin }) => plugin.id)
  const stray = Object.keys(pluginOptions).find((id) => !ids.includes(id))
  if (stray === undefined) return
  throw new UserError(
    `There are options for '${stray}', which is not among the plugins of this app.`,
    suggest(stray, ids, 'It has no plugins.'),
  )
}
