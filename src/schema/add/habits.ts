import { camelize, pluralize, singularize, underscore } from 'inflection'
import type { Model, Schema } from '../model.js'
import { placesOf, type Place } from '../places.js'
import type { Source } from '../source.js'

/** How a schema does what a new model has to do as well. */
export type Habits = {
  /** The line of a key that nobody asked for, in parts: name, type, attributes. */
  readonly id: { readonly name: string; readonly type: string; readonly attributes: string }
  /** The column of a field, where it is not called as the field is. */
  column(field: string): string
  /** The table of a model, where it is not called as the model is. */
  table(model: string): string
  /** `@@schema` of a new block; null where the schema does without. */
  readonly dbSchema: string | null
  /** Models begin with a capital letter. */
  readonly capital: boolean
}

const DEFAULT_ID = { name: 'id', type: 'String', attributes: '@id @default(cuid())' }

/** Looks at what most models of a schema do. */
export function habitsOf(schema: Schema, sources: readonly Source[]): Habits {
  const models = schema.models.filter(({ kind }) => kind === 'model')
  const table = tableHabit(models)
  const snakeColumns = mapsColumns(models)
  return {
    id: idHabit(models, placesOf(sources)),
    column: (field) => (snakeColumns ? snake(field) : field),
    table: (model) => table?.(model) ?? model,
    dbSchema: mostly(models.map(({ dbSchema }) => dbSchema)) ?? null,
    capital: models.every(({ name }) => /^[A-Z]/.test(name)),
  }
}

/** `invoices` for a model `Invoice`, or a field of that name for its rows. */
export const pluralOf = (model: string): string => {
  const word = camel(model)
  const plural = pluralize(word)
  // `equipment` has no other form, and a list has to be told from one.
  return plural === word ? `${word}List` : plural
}

export const camel = (name: string): string => name[0]!.toLowerCase() + name.slice(1)
export const pascal = (name: string): string => name[0]!.toUpperCase() + name.slice(1)
export const snake = (name: string): string => underscore(name)
export const singularOf = (name: string): string => camelize(singularize(name), true)

/** The most frequent value, where more than half have it. */
export function mostly<T>(values: readonly T[]): T | undefined {
  const counts = new Map<T, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  const [best] = [...counts].sort(([, a], [, b]) => b - a)
  return best !== undefined && best[1] * 2 > values.length ? best[0] : undefined
}

/** Counts keys that fill themselves; one that is a foreign key, or that people type, is no habit. */
function idHabit(models: readonly Model[], places: ReadonlyMap<string, Place>): Habits['id'] {
  const lines = models.flatMap(({ name, primaryKey, fields }) => {
    const [key, ...more] = primaryKey
    const field = fields.find((it) => it.name === key)
    const place = places.get(name)
    const member = place?.members.get(key ?? '')
    if (more.length > 0 || field?.kind !== 'scalar' || field.default?.kind !== 'function') return []
    if (place === undefined || member === undefined) return []
    const text = place.source.content.slice(member.offset, member.end)
    return [
      text
        .replace(/\s+/g, ' ')
        .replace(/ @map\("[^"]*"\)/, '')
        .trim(),
    ]
  })
  const [, name, type, attributes] = /^(\w+) (\w+) (.+)$/.exec(mostly(lines) ?? '') ?? []
  return name === undefined || type === undefined || attributes === undefined
    ? DEFAULT_ID
    : { name, type, attributes }
}

const TABLE_FORMS: readonly ((model: string) => string)[] = [
  (model) => pluralize(snake(model)),
  (model) => snake(model),
  (model) => pluralize(model),
  (model) => pluralize(camel(model)),
]

function tableHabit(models: readonly Model[]): ((model: string) => string) | undefined {
  const forms = models.map(({ name, dbName }) =>
    name === dbName ? undefined : TABLE_FORMS.find((form) => form(name) === dbName),
  )
  return mostly(forms)
}

/** Of the names with more than one word, the only ones in which it shows. */
function mapsColumns(models: readonly Model[]): boolean {
  const columns = models
    .flatMap(({ fields }) => fields)
    .filter((field) => field.kind !== 'relation' && snake(field.name) !== field.name)
  return mostly(columns.map(({ name, dbName }) => dbName === snake(name))) ?? false
}
