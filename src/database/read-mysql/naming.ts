import type { Catalog, Table } from './catalog.js'
import { keyOf, relationKey, type KnownNames, type KnownRelation } from './known-names.js'
import { Names } from './names.js'
import { joinOf } from './relations.js'
import { typeOf, type FieldType } from './types.js'

/** The names in the schema of what the database has. */
export type Named = {
  model(table: string): string
  field(table: string, column: string): string
  /** A free name for a relation field. */
  relation(table: string, wanted: string, relation: string): string
  /** What the app calls the relation of a foreign key already. */
  knownRelation(
    table: string,
    columns: readonly string[],
    target: string,
  ): KnownRelation | undefined
  /** The same of a hidden table. */
  knownJoin(table: string): KnownRelation | undefined
  enum(table: string, column: string): string
  /** Names of an enum's values, by value. */
  values(table: string, column: string, type: FieldType): ReadonlyMap<string, string>
  /** Prisma's client can't tell its rows apart. */
  isIgnored(table: Table): boolean
}

/** Names everything up front, so that the order in which it is printed changes nothing. */
export function nameAll({ tables }: Catalog, known: KnownNames): Named {
  const shown = tables.filter((table) => !joinOf(table))
  const types = new Names([...known.models.values(), ...known.enums.values()])
  const models = new Map(
    shown.map(({ name }) => [name, known.models.get(name) ?? types.take(name, 'table')]),
  )
  const members = new Map<string, Names>()
  const fields = new Map<string, string>()
  const enums = new Map<string, string>()
  for (const table of shown) {
    const keys = table.columns.map(({ name }) => keyOf(table.name, name))
    const names = new Names(keys.flatMap((key) => known.fields.get(key) ?? []))
    members.set(table.name, names)
    for (const column of table.columns) {
      const key = keyOf(table.name, column.name)
      const name = known.fields.get(key) ?? names.take(column.name, 'column')
      fields.set(key, name)
      if (typeOf(column).kind === 'enum')
        enums.set(key, known.enums.get(key) ?? types.add(`${models.get(table.name)}_${name}`))
    }
  }
  return {
    model: (table) => models.get(table)!,
    field: (table, column) => fields.get(keyOf(table, column))!,
    enum: (table, column) => enums.get(keyOf(table, column))!,
    values: (table, column, type) => valueNames(type, enums.get(keyOf(table, column)) ?? '', known),
    relation(table, wanted, relation) {
      const names = members.get(table)!
      return names.add(names.has(wanted) ? `${wanted}_${relation}` : wanted)
    },
    knownRelation: (table, columns, target) =>
      known.relations.get(relationKey(table, columns, target)),
    knownJoin: (table) => known.relations.get(table),
    isIgnored: (table) => !table.isView && !hasIdentity(table),
  }
}

function valueNames(type: FieldType, name: string, known: KnownNames): Map<string, string> {
  if (type.kind !== 'enum') return new Map()
  const knownOf = (value: string) => known.values.get(keyOf(name, value))
  const names = new Names(type.values.flatMap((value) => knownOf(value) ?? []))
  return new Map(type.values.map((value) => [value, knownOf(value) ?? names.take(value, 'value')]))
}

/** A key, or a unique index, whose columns are all there and of a type that Prisma knows. */
function hasIdentity({ indexes, columns }: Table): boolean {
  const known = new Set(
    columns
      .filter((column) => !column.isNullable && typeOf(column).kind !== 'unsupported')
      .map(({ name }) => name),
  )
  return indexes.some(
    ({ isUnique, parts }) => isUnique && parts.every(({ column }) => known.has(column ?? '')),
  )
}
