import { isDeepStrictEqual } from 'node:util'
import type { Db } from '../db.js'
import { tableOf } from './delegate.js'
import { within, type SortKey } from './order.js'
import { allOf } from './reading.js'

/**
 * Whether Prisma's own cursor would go astray: a row with a null it takes for one that follows, and MySQL
 * compares an enum with the cursor's as texts.
 */
export const needsValues = ({ relations, field }: SortKey): boolean =>
  field.nullable === true || field.type === 'Enum' || relations.some(({ nullable }) => nullable)

/** Which rows are wanted, and how many. */
interface Wanted {
  readonly where: object
  readonly count: number
}

/**
 * The rows that follow one row in an order.
 * @param key Prisma's WhereUniqueInput of the row
 * @returns Prisma's `where`; undefined when no row follows, as when the row is gone
 */
export async function rowsAfter(
  db: Db,
  model: string,
  key: object,
  order: readonly SortKey[],
  { where, count }: Wanted,
): Promise<object | undefined> {
  const row = await tableOf(db, model).findUnique({ where: key, select: selecting(order) })
  if (!row) return undefined
  const values = order.map((sort) => valueOf(row, sort))
  const equal = order.map((sort, index) => equalTo(sort, values[index]))
  const beyond = await Promise.all(
    order.map((sort, index) => {
      const ties = { where: { AND: [where, ...equal.slice(0, index)] }, count }
      return following(db, sort, values[index], ties)
    }),
  )
  const alternatives = beyond.reduceRight<readonly object[]>(
    (rest, filters, index) =>
      rest.length === 0 ? filters : [...filters, allOf([equal[index] ?? {}, { OR: rest }])],
    [],
  )
  return alternatives.length === 0 ? undefined : { OR: alternatives }
}

function selecting(order: readonly SortKey[]): object {
  const select: Record<string, object | true> = {}
  for (const { relations, column } of order) {
    let node: Record<string, unknown> = select
    for (const { name } of relations) {
      const known = (node[name] as { select: Record<string, unknown> } | undefined)?.select ?? {}
      node[name] = { select: known }
      node = known
    }
    node[column] = true
  }
  return select
}

const valueOf = (row: object, { relations, column }: SortKey): unknown =>
  [...relations.map(({ name }) => name), column].reduce<unknown>(
    (value, name) => (value as Readonly<Record<string, unknown>> | null)?.[name] ?? null,
    row,
  )

const compared = ({ relations, column }: SortKey, filter: object): object =>
  within(relations, { [column]: filter })

function equalTo(sort: SortKey, value: unknown): object {
  return value === null ? { OR: emptiness(sort) } : compared(sort, { equals: value })
}

/**
 * What rows may meet that differ in this key and follow; null is the least value. Prisma would drop an OR of
 * nothing: none, no OR.
 * @param ties the wanted rows that have the same values in all keys before this one
 */
async function following(
  db: Db,
  sort: SortKey,
  value: unknown,
  ties: Wanted,
): Promise<readonly object[]> {
  const empty = emptiness(sort)
  if (value === null) return sort.descending ? [] : [{ NOT: { OR: empty } }]
  const filters = await furtherValues(db, sort, value, ties)
  const further = filters.map((filter) => compared(sort, filter))
  return sort.descending ? [...further, ...empty] : further
}

/** The column is null, or a row on the way to it is missing. */
function emptiness({ relations, column, field }: SortKey): object[] {
  const missing = relations.flatMap(({ name, nullable }, index) =>
    nullable ? [within(relations.slice(0, index), { [name]: null })] : [],
  )
  return field.nullable ? [...missing, within(relations, { [column]: null })] : missing
}

/** Prisma compares neither enums nor booleans nor bytes: their values are listed. */
async function furtherValues(
  db: Db,
  sort: SortKey,
  value: unknown,
  ties: Wanted,
): Promise<object[]> {
  const { column, field, descending } = sort
  switch (field.type) {
    case 'Boolean':
      return value === descending ? [{ equals: !value }] : []
    case 'Enum':
      // Databases disagree on the order of an enum.
      return oneOf(await valuesAfter(db, sort, value, { [column]: { in: field.values } }))
    case 'Bytes':
      // Only a key is sorted by bytes. Each value has a row: as many values as rows are wanted are enough.
      return oneOf((await valuesAfter(db, sort, value, ties.where)).slice(0, ties.count))
    default:
      return [{ [descending ? 'lt' : 'gt']: value }]
  }
}

const oneOf = (values: readonly unknown[]): object[] =>
  values.length === 0 ? [] : [{ in: values }]

/** The values of a column that follow one of them, as the database sorts them. */
async function valuesAfter(
  db: Db,
  { column, model, descending }: SortKey,
  value: unknown,
  where: object,
): Promise<readonly unknown[]> {
  const groups = await tableOf(db, model).groupBy({
    by: [column],
    where: { OR: [where, { [column]: value }] },
    orderBy: { [column]: descending ? 'desc' : 'asc' },
  })
  const values = groups.map((group) => (group as Readonly<Record<string, unknown>>)[column])
  return values.slice(values.findIndex((other) => isDeepStrictEqual(other, value)) + 1)
}
