import type { PlopGeneratorConfig } from 'node-plop'
import {
  optionNames,
  optionOf,
  schemaOptions,
  type Given,
  type Option,
  type OptionName,
} from '../src/options.js'
import { readText } from '../src/option-values.js'
import { pluginQuestion, type PluginQuestion } from './plugin-questions.js'

/** Answers by option name; what was not asked is not there. */
export type Answers = Readonly<Record<string, unknown>>

/** What a recipe is run by: it knows what is given already, judges answers, and does the work. */
export type Host = {
  /** Given by flags, environment or JSON: not asked again. */
  readonly given: Given
  /** False where nobody is there to answer. */
  readonly ask: boolean
  /** @returns true, or why the answer will not do */
  check(name: OptionName, value: unknown): Promise<true | string>
  /** @returns the default of a question, where an earlier answer changes it */
  suggest(name: OptionName, answers: Answers): Promise<unknown>
  /** Plugins to choose from. */
  readonly plugins: readonly PluginChoice[]
  /** Does the work. @returns one line on what was made */
  run(answers: Answers): Promise<string>
}

/** A plugin, and what it asks for. */
export type PluginChoice = {
  readonly id: string
  readonly description: string
  readonly questions: readonly PluginQuestion[]
}

/** The answer that leads to the question for a path. */
export const OWN_SCHEMA = 'own'
/** The answer that leads to the question for the address of a database. */
export const FROM_DATABASE = 'database'

/** The generator `app`: asks what is not given yet, then makes the app. */
export const appRecipe = (
  host: Host,
): Pick<PlopGeneratorConfig, 'description' | 'prompts' | 'actions'> => ({
  description: 'A full-stack TypeScript app from a Prisma schema',
  prompts: questionsFor(host) as PlopGeneratorConfig['prompts'],
  actions: [{ type: 'ssot' }],
})

function questionsFor(host: Host): object[] {
  const { given } = host
  const hasSchema = schemaOptions.some((name) => given[name] !== undefined)
  return optionNames
    .filter((name) => optionOf(name).asked === true && (name === 'plugins' || !(name in given)))
    .filter((name) => !(hasSchema && schemaOptions.some((option) => option === name)))
    .flatMap((name) =>
      name === 'plugins'
        ? [...('plugins' in given ? [] : [pluginsQuestion(host)]), ...optionQuestions(host)]
        : [question(name, host)],
    )
}

/** Which plugins: of a list, so that every answer will do. */
const pluginsQuestion = (host: Host): object => ({
  ...question('plugins', host),
  type: 'checkbox',
  message: 'Plugins',
  validate: () => true,
  choices: host.plugins.map(({ id, description }) => ({
    value: id,
    name: `${id} (${description})`,
    short: id,
  })),
})

/** What a plugin asks for is asked where it was chosen, here or before. */
const optionQuestions = ({ given, ask, plugins }: Host): object[] =>
  plugins.flatMap(({ id, questions }) =>
    questions
      .filter(({ option }) => given.pluginOptions?.[id]?.[option] === undefined)
      .map((it) => ({
        ...pluginQuestion(it),
        when: (answers: Answers) =>
          ask && ((given.plugins ?? answers['plugins'] ?? []) as string[]).includes(id),
      })),
  )

/** One question, made of the option's metadata. `bypass` reads the answer that stands on plop's command line. */
function question(name: OptionName, host: Host): object {
  const option = optionOf(name)
  return {
    name,
    message: option.hint,
    bypass: (text: string) => readText(option, text),
    validate: (value: unknown) => host.check(name, value),
    default: (answers: Answers) => host.suggest(name, answers),
    ...(option.kind === 'choice' ? { type: 'select', choices: choicesOf(name) } : typing(option)),
    ...(host.ask ? {} : { when: false }),
    ...(host.ask && name in LED_TO
      ? { when: (answers: Answers) => answers['example'] === LED_TO[name] }
      : {}),
  }
}

/** Questions that only one answer to the first one leads to. */
const LED_TO: { readonly [K in OptionName]?: string } = {
  schema: OWN_SCHEMA,
  fromDatabase: FROM_DATABASE,
}

/** How an answer is typed; what holds a password does not show. */
function typing(option: Option): object {
  if (option.secret) return { type: 'password', mask: '*' }
  return { type: option.kind === 'switch' ? 'confirm' : 'input' }
}

function choicesOf(name: OptionName): object[] {
  const option = optionOf(name)
  if (option.kind !== 'choice') return []
  const choices = option.choices.map((value) => {
    const label = option.labels?.[value]
    return { value, name: label === undefined ? value : `${value} (${label})`, short: value }
  })
  return name === 'example'
    ? [
        ...choices,
        { value: OWN_SCHEMA, name: 'your own Prisma schema' },
        { value: FROM_DATABASE, name: 'the tables of a database that is there' },
      ]
    : choices
}
