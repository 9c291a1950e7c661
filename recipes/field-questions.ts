import type { Choices, Prompt } from './model.js'

/** Judges a word in the light of those before it. @returns true, or why it will not do */
export type Check = (word: string) => Promise<true | string>

/** An empty name ends the list, once there is a field. */
export const nameQuestion = (count: number, check: Check): object => ({
  type: 'input',
  name: 'name',
  message: count === 0 ? 'Name of the first field' : 'Name of the next field (empty: no more)',
  validate: (name: string) =>
    name !== '' ? check(`${name}:string?`) : count > 0 || 'A field is needed.',
})

type Typed = {
  readonly type: string
  readonly values?: string
  readonly list?: boolean
  readonly optional?: boolean
  readonly unique?: boolean
  readonly default?: string
}

/** Asks for all but the name of a field. @returns its word */
export async function askField(
  name: string,
  model: string,
  choices: Choices,
  check: Check,
  prompt: Prompt,
): Promise<string> {
  const word = (answers: Typed): string => `${name}:${wordOf(answers)}`
  const checked = (answers: Typed): Promise<true | string> => check(word(answers))
  const answers = await prompt([
    ...typeQuestions(choices, checked),
    ...detailQuestions(model, choices, checked),
  ])
  const typed = word(answers as Typed)
  const verdict = await check(typed)
  if (verdict === true) return typed
  // Answers that will not do together: the field is asked again.
  await prompt([{ type: 'input', name: 'again', message: `${verdict} (Enter: again)` }])
  return askField(name, model, choices, check, prompt)
}

type Checked = (answers: Typed) => Promise<true | string>

const typeQuestions = (choices: Choices, checked: Checked): object[] => [
  {
    type: 'select',
    name: 'type',
    message: 'Type',
    pageSize: 16,
    choices: typeChoices(choices),
  },
  {
    type: 'input',
    name: 'values',
    message: 'Its values, parted by commas',
    when: ({ type }: Typed) => type === NEW_ENUM,
    validate: (values: string, { type }: Typed) => checked({ type, values }),
  },
  {
    type: 'confirm',
    name: 'list',
    message: 'A list of them?',
    default: false,
    when: ({ type }: Typed) => choices.lists && !isRelation(type, choices),
  },
]

const isSingle = ({ type, list }: Typed): boolean => list !== true && !type.includes('[]')

const detailQuestions = (model: string, choices: Choices, checked: Checked): object[] => [
  {
    type: 'confirm',
    name: 'optional',
    message: 'May it be left out?',
    default: ({ type }: Typed) => type === model,
    when: isSingle,
  },
  {
    type: 'confirm',
    name: 'unique',
    message: 'Different in every row?',
    default: false,
    when: isSingle,
  },
  {
    type: 'input',
    name: 'default',
    message: 'Default (empty: none)',
    when: ({ type }: Typed) => !isRelation(type, choices),
    validate: (value: string, given: Typed) => checked({ ...given, default: value }),
  },
]

const NEW_ENUM = 'enum'

function wordOf({ type, values, list, optional, unique, default: value }: Typed): string {
  const name = type === NEW_ENUM ? `enum(${values})` : type
  const mark = list ? '[]' : optional ? '?' : ''
  const given = value === undefined || value === '' ? '' : `=${value}`
  return `${name}${mark}${unique ? ':unique' : ''}${given}`
}

const isRelation = (type: string, { models }: Choices): boolean =>
  type.includes('[]') || models.includes(type)

function typeChoices({ scalars, enums, models }: Choices): object[] {
  const choice = (value: string, name = value): object => ({ value, name, short: value })
  return [
    ...scalars.map((type) => choice(type)),
    choice(NEW_ENUM, 'enum (new values)'),
    ...enums.map((name) => choice(name, `${name} (enum)`)),
    ...models.map((name) => choice(name, `${name} (one)`)),
    ...models.map((name) => choice(`${name}[]`, `${name} (many, each of this one only)`)),
    ...models.map((name) => choice(`${name}[]:many`, `${name} (many, each of many)`)),
  ]
}
