import type { Model, Schema } from '../model.js'
import { placesOf, type Place } from '../places.js'
import type { Source } from '../source.js'
import { habitsOf, pascal, type Habits } from './habits.js'

/** A field that a foreign key points to. `native` is `@db.Uuid` or its like: the foreign key must have it, too. */
export type KeyField = { readonly name: string; readonly type: string; readonly native: string }

/** What a new word is held against: the schema, and the text it was read from. */
export type Catalog = {
  readonly schema: Schema
  readonly models: ReadonlyMap<string, Model>
  readonly places: ReadonlyMap<string, Place>
  readonly habits: Habits
}

/** @param sources the same schema, as the user wrote it */
export const catalogOf = (schema: Schema, sources: readonly Source[]): Catalog => ({
  schema,
  models: new Map(schema.models.map((model) => [model.name, model])),
  places: placesOf(sources),
  habits: habitsOf(schema, sources),
})

/** Models that a field can be a relation to. */
export const relatable = ({ schema }: Catalog): string[] =>
  schema.models.filter(({ kind }) => kind === 'model').map(({ name }) => name)

/** Fields by which a row of a model that is there is found; null where there are none. */
export function keyOf({ models, places }: Catalog, name: string): KeyField[] | null {
  const model = models.get(name)!
  if (model.key === null) return null
  return model.key.fields.map((field) => {
    const { type } = model.fields.find((it) => it.name === field)!
    const code = places.get(name)!.members.get(field)!.code
    const native = /@\w+\.\w+(\([^)]*\))?/.exec(code)?.[0] ?? ''
    return { name: field, type, native }
  })
}

/** Only these have columns that hold lists. */
export const hasLists = ({ schema }: Catalog): boolean =>
  schema.provider === 'postgresql' || schema.provider === 'cockroachdb'

/** `customer` and its key `id` make `customerId`. */
export const foreignKey = (field: string, key: KeyField): KeyField => ({
  ...key,
  name: field + pascal(key.name),
})

/** `@map("customer_id")` where the schema names columns so. */
export function mapped({ habits }: Catalog, field: string): string {
  const column = habits.column(field)
  return column === field ? '' : `@map("${column}")`
}
