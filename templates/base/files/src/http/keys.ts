import type { UniqueMeta } from '../schema/meta.js'
import { provider } from '../schema/models.js'
import type { Table } from './delegate.js'
import { isRelation, modelMeta } from './lookup.js'
import { isObject } from './reading.js'

/** Prisma's WhereUniqueInput of a row. */
export function keyOf(model: string, row: object): object {
  const { name, values } = keyValues(model, row)
  return name in values ? values : { [name]: values }
}

/** The first key of a row that has all its values, and these. @throws Error for a row without one */
export function keyValues(model: string, row: object): { name: string; values: object } {
  const columns = row as Readonly<Record<string, unknown>>
  const unique = keysOf(model).find(({ fields }) =>
    fields.every((name) => columns[name] !== null && columns[name] !== undefined),
  )
  if (!unique) throw new Error(`A row of ${model} has no key to find it by.`)
  const values = Object.fromEntries(unique.fields.map((name) => [name, columns[name]]))
  return { name: unique.name, values }
}

function keysOf(model: string): readonly UniqueMeta[] {
  const { key, uniques } = modelMeta(model)
  return [...(key ? [key] : []), ...uniques]
}

/**
 * A filter as many rows can be written by. MySQL refuses to read a table that it writes, and where a filter
 * comes back to its own table by relations, Prisma's way around that loses the row in question: there the rows
 * are found first, and written by their keys.
 */
export async function writableFilter(table: Table, model: string, where: object): Promise<object> {
  if (provider !== 'mysql' || !usesRelation(model, where)) return where
  const columns = [...new Set(keysOf(model).flatMap(({ fields }) => fields))]
  const select = Object.fromEntries(columns.map((name) => [name, true]))
  const rows = await table.findMany({ where, select })
  const [column] = columns
  if (rows.length === 0 && column !== undefined) return { [column]: { in: [] } }
  return { OR: rows.map((row) => keyValues(model, row).values) }
}

function usesRelation(model: string, where: object): boolean {
  const { fields } = modelMeta(model)
  return Object.entries(where).some(([name, condition]) => {
    if (name === 'AND' || name === 'OR' || name === 'NOT') {
      return [condition].flat().some((part) => isObject(part) && usesRelation(model, part))
    }
    const field = Object.hasOwn(fields, name) ? fields[name] : undefined
    return field !== undefined && isRelation(field)
  })
}
