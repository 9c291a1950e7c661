import type { RawField, RawIndex, RawModel } from './datamodel.js'
import type { Field, Model, Provider, UniqueKey } from './model.js'

/** `@id` or `@@id` of a model; null where it has neither. */
export function primaryKeyOf(model: RawModel): UniqueKey | null {
  if (model.primaryKey !== null) return toKey(model.primaryKey)
  const id = model.fields.find((field) => field.isId)
  return id === undefined ? null : { name: id.name, fields: [id.name] }
}

/**
 * All keys of `WhereUniqueInput`, in the order they are chosen from: the primary key, `@unique` fields, then
 * `@@unique`.
 */
export function uniquesOf(model: RawModel): UniqueKey[] {
  const primary = primaryKeyOf(model)
  const grouped = model.uniqueIndexes.map(toKey)
  const single = model.fields
    .filter((field) => field.isUnique && !grouped.some(({ name }) => name === field.name))
    .filter(
      (field) => !grouped.some(({ fields }) => fields.length === 1 && fields[0] === field.name),
    )
    .map(({ name }) => ({ name, fields: [name] }))
  return [...(primary === null ? [] : [primary]), ...single, ...grouped]
}

/** A key of one field goes by the field's name, even where it was given another one. */
function toKey({ name, fields }: { name: string | null; fields: readonly string[] }): UniqueKey {
  const [first] = fields
  return { name: fields.length === 1 ? first! : (name ?? fields.join('_')), fields }
}

/** How one row is addressed: the primary key, else the first unique whose fields can all be used for it. */
export function chooseKey(
  uniques: readonly UniqueKey[],
  isUsable: (field: string) => boolean,
): UniqueKey | null {
  return uniques.find((key) => key.fields.every(isUsable)) ?? null
}

/** Longest identifier in bytes, by database. */
const LONGEST: Readonly<Record<Provider, number>> = {
  sqlite: 10_000,
  postgresql: 63,
  cockroachdb: 63,
  mysql: 64,
  sqlserver: 128,
}

/** Names of indexes and constraints, given or as Prisma makes them up. */
export function indexesOf(
  model: RawModel,
  fields: ReadonlyMap<string, RawField>,
  indexes: readonly RawIndex[],
  provider: Provider,
): Model['indexes'] {
  const table = model.dbName ?? model.name
  return indexes.map((index) => {
    const names = index.fields.map(({ name }) => name)
    const columns = names.map((name) => fields.get(name)?.dbName ?? name)
    return {
      dbName: index.dbName ?? defaultName(index.type, table, columns, provider),
      fields: names,
      unique: index.type === 'id' || index.type === 'unique',
    }
  })
}

function defaultName(
  type: RawIndex['type'],
  table: string,
  columns: readonly string[],
  provider: Provider,
): string {
  if (type === 'id' && provider === 'mysql') return 'PRIMARY'
  const suffix = { id: '_pkey', unique: '_key', normal: '_idx', fulltext: '_idx' }[type]
  const stem = type === 'id' ? table : [table, ...columns].join('_')
  return cut(stem, LONGEST[provider] - suffix.length) + suffix
}

/** Cuts to a number of bytes, never within a character. */
function cut(text: string, bytes: number): string {
  const encoded = Buffer.from(text)
  if (encoded.length < bytes) return text
  let end = bytes
  while (end > 0 && (encoded[end]! & 0xc0) === 0x80) end--
  return encoded.subarray(0, end).toString()
}

/** True for an explicit junction: a key of two or more fields that are all foreign keys, of several relations. */
export function isJunction(key: UniqueKey | null, fields: ReadonlyMap<string, Field>): boolean {
  if (key === null || key.fields.length < 2) return false
  const relations = key.fields.map((name) => {
    const field = fields.get(name)!
    return field.kind === 'relation' ? [] : field.foreignKeyOf
  })
  return relations.every((names) => names.length > 0) && new Set(relations.flat()).size > 1
}
