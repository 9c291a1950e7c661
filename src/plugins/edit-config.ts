import type { ConfigEdit } from '../config-edit.js'
import type { Config } from '../config.js'

/** The plugins of an app, as its config says. */
type Listed = Pick<Config, 'plugins' | 'pluginOptions'>

/** How a config comes from some plugins and options of them to others. */
export const pluginEdits = (before: Listed, next: Listed): ConfigEdit[] => [
  ...listEdits(before, next),
  optionEdit(next),
]

function listEdits(before: Listed, next: Listed): ConfigEdit[] {
  const option = 'plugins'
  if (next.plugins.length === 0) return [{ kind: 'unset', option }]
  const come = next.plugins.filter((name) => !before.plugins.includes(name))
  const go = before.plugins.filter((name) => !next.plugins.includes(name))
  return [
    ...come.map((element): ConfigEdit => ({ kind: 'add', option, element })),
    ...go.map((element): ConfigEdit => ({ kind: 'remove', option, element })),
  ]
}

function optionEdit({ pluginOptions }: Listed): ConfigEdit {
  const option = 'pluginOptions'
  if (Object.keys(pluginOptions).length === 0) return { kind: 'unset', option }
  // They were checked by the plugins: all of them are plain values.
  return {
    kind: 'set',
    option,
    value: pluginOptions as Extract<ConfigEdit, { kind: 'set' }>['value'],
  }
}
