import { modelMeta } from './lookup.js'
import { invalid } from './problem.js'
import type { ApiRequest } from './route.js'
import { readValue } from './values.js'

/**
 * Reads the key of one row from the path.
 * @returns Prisma's WhereUniqueInput: `{ id: 5 }`, `{ orderId_productId: { orderId: 1, productId: 2 } }`
 * @throws Problem 400 when it can't be a key of this model
 */
export function readId<Where>(model: string, params: ApiRequest['params']): Where {
  const meta = modelMeta(model)
  if (!meta.key) throw new Error(`${model} has no key.`)
  const values: Record<string, unknown> = {}
  for (const name of meta.key.fields) {
    const field = meta.fields[name]
    if (!field || field.type === 'Relation') throw new Error(`${model}.${name} is not a column.`)
    values[name] = readValue(field, params[name], name, true)
  }
  const single = meta.key.fields.length === 1
  return (single ? values : { [meta.key.name]: values }) as Where
}

/** Reads a cursor: the key's values, URL-encoded, joined by `/`. @throws Problem 400 */
export function readCursor(model: string, cursor: unknown): object {
  const fields = modelMeta(model).key?.fields ?? []
  const parts = typeof cursor === 'string' ? cursor.split('/') : []
  if (parts.length === 0 || parts.length !== fields.length) {
    throw invalid('cursor', 'Expected the nextCursor of a page.')
  }
  try {
    const entries = fields.map((name, index) => [name, decodeURIComponent(parts[index] ?? '')])
    return readId(model, Object.fromEntries(entries))
  } catch {
    throw invalid('cursor', 'Expected the nextCursor of a page.')
  }
}

/** The key of a row as a path and cursor: `5`, `1/2`; null where the key is not shown. */
export function idOf(fields: readonly string[], row: object): string | null {
  if (fields.length === 0) return null
  const values = row as Readonly<Record<string, unknown>>
  return fields.map((name) => encodeURIComponent(String(values[name]))).join('/')
}
