import { editConfig, type ConfigEdit } from '../config-edit.js'
import { CONFIG_FILE, evaluateConfig } from '../config-file.js'
import { formatText } from '../render/format.js'
import type { Config } from '../config.js'

/** The plugins of an app, as its config says. */
export type Listed = Pick<Config, 'plugins' | 'pluginOptions'>

/**
 * Writes other plugins and other options of them into the text of an app's config; all else in it stays.
 * @param text null where there is no config yet
 * @throws UserError that says what to write by hand where the config computes them
 */
export async function setPlugins(
  root: string,
  text: string | null,
  before: Listed,
  next: Listed,
): Promise<string> {
  const edits = [...listEdits(before, next), optionEdit(next)]
  const edited = await editConfig(text, edits, (script) => evaluateConfig(script, root))
  // One that is laid out as generated code is stays so, however long the options are.
  const formatted = text === null || (await formatText(CONFIG_FILE, text)) === text
  return formatted ? ((await formatText(CONFIG_FILE, edited)) ?? edited) : edited
}

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
