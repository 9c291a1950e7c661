import type { PluginChoice } from '../../recipes/app.js'
import { readAnswer, type PluginQuestion } from '../../recipes/plugin-questions.js'
import { UserError } from '../errors.js'
import type { Plugin } from '../kit/plugin.js'
import type { Settings } from '../options.js'
import { builtIn } from '../plugins/built-in.js'
import { flagsOf } from '../plugins/flags.js'
import { optionValues } from '../plugins/values.js'

/** The plugins that come with this tool, with what they ask for. */
export const pluginChoices = (): Promise<PluginChoice[]> =>
  Promise.all(
    Object.values(builtIn).map(async ({ load }) => {
      const { plugin } = await load()
      const { id, description } = plugin
      return { id, description, questions: questionsOf(plugin) }
    }),
  )

/** What a plugin asks for. */
export const questionsOf = (plugin: Plugin): PluginQuestion[] =>
  flagsOf(plugin).map(({ name, option, meta }) => ({
    ...{ name, option, meta },
    check: (value) => checkValue(plugin, option, value),
  }))

function checkValue(plugin: Plugin, option: string, value: unknown): true | string {
  try {
    if (value !== undefined) optionValues(plugin, { [option]: value })
    return true
  } catch (error) {
    if (error instanceof UserError) return [error.message, ...error.remedies.slice(0, 1)].join(' ')
    throw error
  }
}

/** Takes the answers to questions of plugins out of all answers. */
export function splitAnswers(
  answers: Readonly<Record<string, unknown>>,
  plugins: readonly PluginChoice[],
): { rest: Record<string, unknown>; pluginOptions: Record<string, Settings> } {
  const rest = { ...answers }
  const pluginOptions: Record<string, Settings> = {}
  for (const { id, questions } of plugins) {
    const settings = readAnswers(questions, answers)
    for (const { name } of questions) delete rest[name]
    if (Object.keys(settings).length > 0) pluginOptions[id] = settings
  }
  return { rest, pluginOptions }
}

/** Options by name; what was not answered is not there. */
export const readAnswers = (
  questions: readonly PluginQuestion[],
  answers: Readonly<Record<string, unknown>>,
): Settings =>
  Object.fromEntries(
    questions.flatMap(({ name, option, meta }) => {
      const value = readAnswer(meta, answers[name])
      return value === undefined ? [] : [[option, value]]
    }),
  )
