import { modelMeta } from '../http/lookup.js'
import type { ModelMeta } from '../schema/meta.js'
import { tableOf, type Access, type Row } from './table.js'
import type { Rule } from './rules.js'

type Unique = ModelMeta['uniques'][number]

/** What tells the rows of a model apart; null where nothing does. */
export const identityOf = ({ key, uniques }: ModelMeta): Unique | null => key ?? uniques[0] ?? null

/** The fields of a row that tell it apart. @throws Error for a model whose rows nothing tells apart */
export function requireIdentity(meta: ModelMeta): Unique {
  const identity = identityOf(meta)
  if (!identity) throw new Error(`Rows of ${meta.name} have no key, which its policy needs.`)
  return identity
}

/** Prisma's WhereUniqueInput for a row. */
export function keyOf(meta: ModelMeta, row: Row): Row {
  const { name, fields } = requireIdentity(meta)
  const values = Object.fromEntries(fields.map((field) => [field, row[field]]))
  return fields.length === 1 ? values : { [name]: values }
}

/**
 * The same for two rows that are one.
 * @param fields others than those that tell rows apart: the same for rows in which they are equal
 */
export const keyText = (
  meta: ModelMeta,
  row: Row,
  fields: readonly string[] = requireIdentity(meta).fields,
): string => JSON.stringify(fields.map((field) => textOf(row[field])))

function textOf(value: unknown): string {
  if (value instanceof Date) return value.toISOString()
  return value instanceof Uint8Array ? Buffer.from(value).toString('hex') : String(value)
}

/** `select` of these fields. */
export const selecting = (fields: Iterable<string>): Record<string, true> =>
  Object.fromEntries([...new Set(fields)].map((field) => [field, true]))

/** Rows in one query: databases bound the parameters of a statement. */
const CHUNK = 200

/** A filter for some rows each. */
export function filtersOfRows(meta: ModelMeta, rows: readonly Row[]): object[] {
  const { fields } = requireIdentity(meta)
  const [field] = fields
  const distinct = [...new Map(rows.map((row) => [keyText(meta, row), row])).values()]
  const chunks = Array.from({ length: Math.ceil(distinct.length / CHUNK) }, (_, index) =>
    distinct.slice(index * CHUNK, (index + 1) * CHUNK),
  )
  return chunks.map((chunk) =>
    fields.length === 1 && field !== undefined
      ? { [field]: { in: chunk.map((row) => row[field]) } }
      : { OR: chunk.map((row) => Object.fromEntries(fields.map((name) => [name, row[name]]))) },
  )
}

/** Which of these rows a rule allows: the `keyText` of each. */
export async function allowedRows(
  access: Access,
  model: string,
  rows: readonly Row[],
  rule: Rule,
): Promise<ReadonlySet<string>> {
  const meta = modelMeta(model)
  if (rule === false || rows.length === 0 || !identityOf(meta)) return new Set()
  if (rule === true) return new Set(rows.map((row) => keyText(meta, row)))
  const select = selecting(requireIdentity(meta).fields)
  const found = await Promise.all(
    filtersOfRows(meta, rows).map((filter) =>
      tableOf(access, model).findMany({ where: { AND: [filter, rule] }, select }),
    ),
  )
  return new Set(found.flat().map((row) => keyText(meta, row)))
}

/** Whether a rule allows one row. */
export async function isAllowed(
  access: Access,
  meta: ModelMeta,
  row: Row,
  rule: Rule,
): Promise<boolean> {
  if (typeof rule === 'boolean') return rule
  const where = { ...keyOf(meta, row), AND: [rule] }
  const select = selecting(requireIdentity(meta).fields)
  return (await tableOf(access, meta.name).findUnique({ where, select })) !== null
}
