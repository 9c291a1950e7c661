import { UserError } from '../errors.js'
import { literal } from '../kit/index.js'
import type { Listed } from './change-plugins.js'

/**
 * Writes a list of plugins and their options into the text of `ssot.config.ts`; all other bytes stay.
 * @throws UserError where that text has another shape than it was generated with
 */
export function setPlugins(text: string | null, { plugins, pluginOptions }: Listed): string {
  const listed = plugins.length === 0 ? null : literal(plugins)
  const options = Object.keys(pluginOptions).length === 0 ? null : literal(pluginOptions)
  return setLine(setLine(text ?? '', 'plugins', listed), 'pluginOptions', options)
}

function setLine(text: string, name: string, value: string | null): string {
  const line = value === null ? '' : `  ${name}: ${value},\n`
  const there = new RegExp(`^  ${name}: .*,\\r?\\n`, 'm')
  if (there.test(text)) return text.replace(there, () => line)
  if (value === null && !new RegExp(`\\b${name}\\b`).test(text)) return text
  const end = /^\}\)\s*$/m
  if (!end.test(text) || new RegExp(`\\b${name}\\b`).test(text))
    throw new UserError(
      `ssot.config.ts is not laid out as it was generated, and can't be edited.`,
      [`Write there yourself: ${name}: ${value ?? 'nothing'}. Then run: ssot generate`],
    )
  return text.replace(end, (found) => line + found)
}
