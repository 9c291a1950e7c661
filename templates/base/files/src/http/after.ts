import { prisma } from '../db.js'
import { readerOf } from './delegate.js'
import { within, type SortKey } from './order.js'
import { allOf } from './reading.js'

/**
 * Whether Prisma's own cursor would go astray: a row with a null it takes for one that follows, and MySQL
 * compares an enum with the cursor's as texts.
 */
export const needsValues = ({ relations, field }: SortKey): boolean =>
  field.nullable === true || field.type === 'Enum' || relations.some(({ nullable }) => nullable)

/**
 * The rows that follow one row in an order.
 * @param key Prisma's WhereUniqueInput of the row
 * @returns Prisma's `where`; undefined when no row follows, as when the row is gone
 */
export async function rowsAfter(
  model: string,
  key: object,
  order: readonly SortKey[],
): Promise<object | undefined> {
  const row = await readerOf(prisma, model).findUnique({ where: key, select: selecting(order) })
  if (!row) return undefined
  const steps = await Promise.all(order.map((sort) => stepOf(sort, valueOf(row, sort))))
  const alternatives = steps.reduceRight<readonly object[]>(
    (rest, { beyond, equal }) =>
      rest.length === 0 ? beyond : [...beyond, allOf([equal, { OR: rest }])],
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

interface Step {
  /** What rows may meet that differ in this key and follow. Prisma would drop an OR of nothing: none, no OR. */
  readonly beyond: readonly object[]
  readonly equal: object
}

/** Null is the least value. */
async function stepOf(sort: SortKey, value: unknown): Promise<Step> {
  const { relations, column, descending } = sort
  const empty = emptiness(sort)
  if (value === null) {
    return { beyond: descending ? [] : [{ NOT: { OR: empty } }], equal: { OR: empty } }
  }
  const compare = (filter: object): object => within(relations, { [column]: filter })
  const further = (await furtherValues(sort, value)).map(compare)
  return {
    beyond: descending ? [...further, ...empty] : further,
    equal: compare({ equals: value }),
  }
}

/** The column is null, or a row on the way to it is missing. */
function emptiness({ relations, column, field }: SortKey): object[] {
  const missing = relations.flatMap(({ name, nullable }, index) =>
    nullable ? [within(relations.slice(0, index), { [name]: null })] : [],
  )
  return field.nullable ? [...missing, within(relations, { [column]: null })] : missing
}

/** Prisma compares neither enums nor booleans: their values are listed. */
async function furtherValues(sort: SortKey, value: unknown): Promise<object[]> {
  const { column, field, model, descending } = sort
  if (field.type === 'Boolean') return value === descending ? [{ equals: !value }] : []
  if (field.type !== 'Enum') return [{ [descending ? 'lt' : 'gt']: value }]
  // Databases disagree on the order of an enum.
  const groups = await readerOf(prisma, model).groupBy({
    by: [column],
    where: { [column]: { in: field.values } },
    orderBy: { [column]: descending ? 'desc' : 'asc' },
  })
  const values = groups.map((group) => (group as Readonly<Record<string, unknown>>)[column])
  const further = values.slice(values.indexOf(value) + 1)
  return further.length === 0 ? [] : [{ in: further }]
}
