import { editConfig, type ConfigEdit } from './config-edit.js'
import { CONFIG_FILE, evaluateConfig } from './config-file.js'
import { formatText } from './render/format.js'

/**
 * Changes options in the config of an app. One that is laid out as generated code is stays so, however long they are.
 * @param text of the config; null where there is none yet
 * @returns the new text
 * @throws UserError that says what to write by hand where an option is computed
 */
export async function editAppConfig(
  root: string,
  text: string | null,
  edits: readonly ConfigEdit[],
): Promise<string> {
  const edited = await editConfig(text, edits, (script) => evaluateConfig(script, root))
  const formatted = text === null || (await formatText(CONFIG_FILE, text)) === text
  return formatted ? ((await formatText(CONFIG_FILE, edited)) ?? edited) : edited
}
