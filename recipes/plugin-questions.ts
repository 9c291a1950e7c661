import type { PluginOption } from '../src/kit/plugin.js'
import { readText } from '../src/option-values.js'

/** One question on the way to a plugin. */
export type PluginQuestion = {
  /** Name of the answer. */
  readonly name: string
  /** Name of the option. */
  readonly option: string
  readonly meta: PluginOption
  /** @returns true, or why the answer will not do */
  check(value: unknown): true | string
}

/** The question for an option of a plugin, made of the option itself. */
export const pluginQuestion = ({ name, meta, check }: PluginQuestion): object => ({
  name,
  message: meta.hint,
  bypass: (text: string) => readText(meta, text),
  validate: (value: unknown) => check(readAnswer(meta, value)),
  ...typing(meta),
})

function typing(meta: PluginOption): object {
  switch (meta.kind) {
    case 'choice':
      return { type: 'select', choices: choicesOf(meta), default: meta.default }
    case 'switch':
      return { type: 'confirm', default: meta.default ?? false }
    case 'names':
      return meta.open
        ? { type: 'input', default: '' }
        : { type: 'checkbox', choices: meta.known, validate: () => true }
    case 'text':
      return { type: 'input', default: meta.default }
    case 'count':
      return { type: 'input', default: String(meta.default) }
  }
}

const choicesOf = ({ choices, labels }: Extract<PluginOption, { kind: 'choice' }>): object[] =>
  choices.map((value) => {
    const label = labels?.[value]
    return { value, name: label === undefined ? value : `${value} (${label})`, short: value }
  })

/** What was typed as a value; an empty text where none is needed is no answer. */
export function readAnswer(meta: PluginOption, answer: unknown): unknown {
  if (typeof answer !== 'string') return answer
  return answer === '' && meta.kind === 'text' ? undefined : readText(meta, answer)
}
