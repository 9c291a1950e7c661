import { readText, typeOf, wrongValue } from '../option-values.js'
import { UserError } from '../errors.js'
import type { Plugin, PluginOption } from '../kit/plugin.js'
import { suggest } from '../nearest.js'
import type { Settings } from '../options.js'

/** The options of a plugin: all of them with their values, and those that are not the default. */
export type Values = { readonly all: Settings; readonly given: Settings }

/**
 * Checks what is given for the options of a plugin and fills in the defaults.
 * @throws UserError for an option that is unknown or has a wrong value
 */
export function optionValues({ id, options }: Plugin, given: Settings = {}): Values {
  const names = Object.keys(options)
  for (const [name, value] of Object.entries(given)) {
    const option = Object.hasOwn(options, name) ? options[name]! : undefined
    if (option === undefined)
      throw new UserError(
        `The plugin '${id}' has no option '${name}'.`,
        suggest(name, names, 'It has none.'),
      )
    if (!typeOf(option).safeParse(value).success)
      throw wrongValue(option, value, `'${name}' of the plugin ${id}`)
  }
  const own = names.filter((name) => name in given && !isDefault(options[name]!, given[name]))
  return {
    all: Object.fromEntries(names.map((name) => [name, given[name] ?? defaultOf(options[name]!)])),
    given: Object.fromEntries(own.map((name) => [name, given[name]])),
  }
}

/** The value of an option that is not given. */
export function defaultOf(option: PluginOption): unknown {
  if (option.kind === 'names') return []
  return option.default
}

const isDefault = (option: PluginOption, value: unknown): boolean =>
  JSON.stringify(value) === JSON.stringify(defaultOf(option))

/** Reads values as they stand on a command line. */
export const readSettings = (
  { options }: Plugin,
  texts: Readonly<Record<string, string | boolean>>,
): Settings =>
  Object.fromEntries(
    Object.entries(texts).map(([name, text]) => [
      name,
      typeof text === 'string' ? readText(options[name]!, text) : text,
    ]),
  )
