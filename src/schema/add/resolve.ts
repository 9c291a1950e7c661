import { hasLists, foreignKey, keyOf, relatable, type Catalog, type KeyField } from './catalog.js'
import type { EnumDraft } from './draft.js'
import { pascal } from './habits.js'
import { WordProblem } from './problem.js'
import { typeOfWord, type FieldType } from './types.js'
import type { FieldWord } from './word.js'

/** A word whose type is known; an enum that is new has its name. */
export type Resolved = {
  readonly word: FieldWord
  readonly type: Exclude<FieldType, { kind: 'new-enum' }>
}

/** The model that words are for. */
export type Subject = {
  readonly catalog: Catalog
  readonly model: string
  readonly isNew: boolean
}

/**
 * Finds the type of a word, and refuses what it can't be together with.
 * @param enums gets the enum that a word makes
 * @throws WordProblem
 */
export function resolveWord(subject: Subject, enums: EnumDraft[], word: FieldWord): Resolved {
  const { catalog, model } = subject
  const type = typeOfWord(word, {
    models: [...new Set([...relatable(catalog), model])],
    enums: new Map(
      catalog.schema.enums.map(({ name, values }) => [name, values.map((value) => value.name)]),
    ),
  })
  refuseModifiers(subject, word, type)
  if (type.kind !== 'new-enum') return { word, type }
  if (catalog.schema.provider === 'sqlserver')
    throw new WordProblem('SQL Server has no enums.', word.type.at, `${word.name}:string`)
  const taken = new Set([...catalog.places.keys(), model, ...enums.map(({ name }) => name)])
  const name = freeName(model + pascal(word.name), taken)
  const { dbSchema } = catalog.habits
  const attributes = dbSchema === null ? [] : [`@@schema("${dbSchema}")`]
  enums.push({ name, values: type.values, attributes })
  return { word, type: { kind: 'enum', name, values: type.values } }
}

function freeName(name: string, taken: ReadonlySet<string>): string {
  let free = name
  for (let i = 2; taken.has(free); i++) free = `${name}${i}`
  return free
}

function refuseModifiers(
  { catalog, isNew, model }: Subject,
  word: FieldWord,
  type: FieldType,
): void {
  const { text, modifiers, list, optional } = word
  const refuse = (name: 'id' | 'unique' | 'updatedAt' | 'many', why: string): never => {
    throw new WordProblem(why, modifiers.get(name)! - 1, text.replace(`:${name}`, ''))
  }
  const relation = type.kind === 'relation'
  if (list && !relation && !hasLists(catalog))
    throw new WordProblem(
      `A column of ${catalog.schema.provider} can't hold a list.`,
      text.indexOf('[]'),
      text.replace('[]', ''),
      ['For several values: a json field, or a model of its own.'],
    )
  if (modifiers.has('id') && !isNew)
    refuse('id', `${model} is there, and its key stays what it is.`)
  if (modifiers.has('id') && list) refuse('id', "A list can't be the key.")
  if (modifiers.has('id') && optional)
    throw new WordProblem('A key is never missing.', text.indexOf('?'), text.replace('?', ''))
  if (modifiers.has('id') && modifiers.has('unique')) refuse('unique', 'A key is unique as it is.')
  if (modifiers.has('many') && !relation) refuse('many', ':many is for relations.')
  const isTime = type.kind === 'scalar' && type.type === 'DateTime' && !list
  if (modifiers.has('updatedAt') && !isTime) refuse('updatedAt', ':updatedAt is for a datetime.')
}

/**
 * The key of a new model: what is marked by `:id`, or named by `@@id`, or else what the schema's other models have.
 * @throws WordProblem when it is a relation to the model itself, or to one without a key
 */
export function newKey(
  { catalog, model }: Subject,
  words: readonly Resolved[],
  named: readonly string[],
): KeyField[] {
  const byName = new Map(words.map((resolved) => [resolved.word.name, resolved]))
  const marked = words.filter(({ word }) => word.modifiers.has('id'))
  const parts = named.length > 0 ? named.flatMap((name) => byName.get(name) ?? []) : marked
  if (parts.length === 0) {
    const { name, type, attributes } = catalog.habits.id
    return [{ name, type, native: /@\w+\.\w+(\([^)]*\))?/.exec(attributes)?.[0] ?? '' }]
  }
  return parts.flatMap(({ word, type }): KeyField[] => {
    if (type.kind === 'scalar') return [{ name: word.name, type: type.type, native: '' }]
    if (type.kind === 'enum') return [{ name: word.name, type: type.name, native: '' }]
    const key = type.model === model ? null : keyOf(catalog, type.model)
    if (key === null)
      throw new WordProblem(`${type.model} can't be part of the key of ${model}.`, word.type.at)
    return key.map((field) => foreignKey(word.name, field))
  })
}
