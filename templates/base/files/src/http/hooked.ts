import type { Context } from './context.js'
import { hooksOf } from './custom.js'
import { tableOf } from './delegate.js'
import { MAX_BULK } from './limits.js'
import { isRelation, modelMeta, perModel } from './lookup.js'
import { notFound } from './problem.js'
import { writeData } from './write.js'

/** A statement that answers the row it has written. */
type WriteRow = (args: object) => Promise<object>

/** SQLite takes no condition of more than 1000 parts. */
const KEYS_AT_ONCE = 100

/** Hidden columns are left out of what is read; hooks get them too. */
const allColumns = perModel(({ fields }): object => {
  const hidden = Object.entries(fields).filter(([, field]) => !isRelation(field) && field.hidden)
  if (hidden.length === 0) return {}
  return { omit: Object.fromEntries(hidden.map(([name]) => [name, false])) }
})

/**
 * Creates a row between its hooks.
 * @param path where the input stands in the body, for messages
 * @returns the row with all its columns
 */
export async function createHooked(
  context: Context,
  model: string,
  input: object,
  path: string,
  write: WriteRow,
): Promise<object> {
  const hooks = hooksOf(model)
  const data = { ...input }
  await hooks.beforeCreate?.(data, context)
  const row = await write({ data: writeData(model, data, 'create', path), ...allColumns(model) })
  await hooks.afterCreate?.(row, context)
  return row
}

interface HookedChange {
  /** The row as it is. */
  readonly before: object
  readonly input: object
  readonly mode: 'update' | 'replace'
  readonly path: string
}

/** Changes a row between its hooks, and returns it with all its columns. */
export async function updateHooked(
  context: Context,
  model: string,
  { before, input, mode, path }: HookedChange,
  write: WriteRow,
): Promise<object> {
  const hooks = hooksOf(model)
  const data = { ...input }
  await hooks.beforeUpdate?.(data, before, context)
  const args = { where: keyOf(model, before), data: writeData(model, data, mode, path) }
  const row = await write({ ...args, ...allColumns(model) })
  await hooks.afterUpdate?.(row, before, context)
  return row
}

/** Runs the hooks of rows around the statement that deletes them. */
export async function deleteHooked(
  context: Context,
  model: string,
  rows: readonly object[],
  write: () => Promise<unknown>,
): Promise<void> {
  const hooks = hooksOf(model)
  for (const row of rows) await hooks.beforeDelete?.(row, context)
  await write()
  for (const row of rows) await hooks.afterDelete?.(row, context)
}

/** Deletes just these rows, whatever else matches by now what found them. */
export async function deleteThese(
  { db }: Context,
  model: string,
  rows: readonly object[],
): Promise<void> {
  for (let start = 0; start < rows.length; start += KEYS_AT_ONCE) {
    const keys = rows.slice(start, start + KEYS_AT_ONCE).map((row) => keyValues(model, row).values)
    await tableOf(db, model).deleteMany({ where: { OR: keys } })
  }
}

/** The row that is about to be written, with all its columns. @throws Problem 404 */
export async function currentRow({ db }: Context, model: string, where: object): Promise<object> {
  const row = await tableOf(db, model).findUnique({ where, ...allColumns(model) })
  if (!row) throw notFound(model)
  return row
}

/** The rows that are about to be written, with all their columns. */
export const currentRows = ({ db }: Context, model: string, where: object): Promise<object[]> =>
  tableOf(db, model).findMany({ where, take: MAX_BULK, ...allColumns(model) })

/** What an answer holds of a row after its hooks, which may have changed it. @throws Problem 404 when it is gone */
export async function answerOf<T>(
  { db }: Context,
  model: string,
  row: object,
  selection: object,
): Promise<T> {
  const answer = await tableOf(db, model).findUnique({ where: keyOf(model, row), ...selection })
  if (!answer) throw notFound(model)
  return answer as T
}

/** Prisma's WhereUniqueInput of a row. */
function keyOf(model: string, row: object): object {
  const { name, values } = keyValues(model, row)
  return name in values ? values : { [name]: values }
}

function keyValues(model: string, row: object): { name: string; values: object } {
  const columns = row as Readonly<Record<string, unknown>>
  const { key, uniques } = modelMeta(model)
  const unique = [...(key ? [key] : []), ...uniques].find(({ fields }) =>
    fields.every((name) => columns[name] !== null && columns[name] !== undefined),
  )
  if (!unique) throw new Error(`A row of ${model} has no key to find it by.`)
  const values = Object.fromEntries(unique.fields.map((name) => [name, columns[name]]))
  return { name: unique.name, values }
}
