import type { PluginOption } from '../kit/plugin.js'
import { readText } from '../option-values.js'
import type { Settings } from '../options.js'
import { builtInNames } from './built-in.js'
import { findPlugin } from './find.js'
import { flagName } from './flag-name.js'

/** Where a flag leads: `--usage-tracker-retention-days`. */
export type PluginFlag = {
  /** The name by which it is typed, in camelCase: `usageTrackerRetentionDays`. */
  readonly name: string
  readonly plugin: string
  readonly option: string
  readonly meta: PluginOption
}

/**
 * The flags for options of plugins that a command line uses. A plugin is loaded only where one of its flags may be there.
 * @param root where plugins of an app's own and its packages are looked for
 */
export async function pluginFlags(argv: readonly string[], root: string): Promise<PluginFlag[]> {
  const named = argv.flatMap((word, at) =>
    word === '--plugins'
      ? (argv[at + 1] ?? '')
      : word.startsWith('--plugins=')
        ? word.slice(10)
        : [],
  )
  const names = new Set([...builtInNames, ...named.flatMap((list) => list.split(','))])
  const flags: PluginFlag[] = []
  for (const name of names) {
    if (!argv.some((word) => mayBeOf(name, word))) continue
    const { plugin } = await findPlugin(name.trim(), root)
    flags.push(...flagsOf(plugin))
  }
  return flags
}

/** A package's id is its own business: whatever flag there is may be one of its options. */
const mayBeOf = (name: string, word: string): boolean =>
  builtInNames.includes(name)
    ? word.startsWith(`--${name}-`) || word.startsWith(`--no-${name}-`)
    : name.trim() !== '' && word.startsWith('--') && !word.startsWith('--plugins')

/** One flag for each option of a plugin. */
export const flagsOf = ({
  id,
  options,
}: {
  readonly id: string
  readonly options: Readonly<Record<string, PluginOption>>
}): PluginFlag[] =>
  Object.entries(options).map(([option, meta]) => ({
    name: flagName(id, option),
    plugin: id,
    option,
    meta,
  }))

/** Turns what was typed, by the names of flags, into options by plugin. */
export function readPluginFlags(
  flags: readonly PluginFlag[],
  values: Readonly<Record<string, unknown>>,
): Readonly<Record<string, Settings>> {
  const settings: Record<string, Record<string, unknown>> = {}
  for (const { name, plugin, option, meta } of flags) {
    const value = values[name]
    if (value === undefined) continue
    const read = typeof value === 'string' ? readText(meta, value) : value
    ;(settings[plugin] ??= {})[option] = read
  }
  return settings
}
