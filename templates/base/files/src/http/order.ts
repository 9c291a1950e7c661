import { MAX_DEPTH, MAX_PATHS } from './limits.js'
import { isRelation, modelMeta, perModel, visibleField, visibleKey } from './lookup.js'
import { invalid } from './problem.js'
import { readPaths } from './paths.js'

type Direction = 'asc' | 'desc'

/** The order that makes any other order total: by the key. */
export const keyOrder = perModel((meta): object[] =>
  visibleKey(meta).map((name) => ({ [name]: 'asc' })),
)

/**
 * Reads `-createdAt,title,author.name`; the key is appended so that pages never overlap.
 * @throws Problem 400 naming what is unknown, hidden or can't be sorted by
 */
export function parseOrder(model: string, value: unknown): object[] {
  if (value === undefined) return keyOrder(model)
  const seen = new Set<string>()
  const order = readPaths(value, 'orderBy', MAX_PATHS).map((text) => {
    const direction = text.startsWith('-') ? 'desc' : 'asc'
    const path = direction === 'desc' ? text.slice(1) : text
    if (seen.has(path)) throw invalid(`orderBy.${path}`, 'Given more than once.')
    seen.add(path)
    return orderOf(model, path, direction)
  })
  const key = visibleKey(modelMeta(model)).filter((name) => !seen.has(name))
  return [...order, ...key.map((name) => ({ [name]: 'asc' }))]
}

function orderOf(model: string, path: string, direction: Direction): object {
  const names = path.split('.')
  const column = names.pop() ?? ''
  if (names.length > MAX_DEPTH) {
    throw invalid(`orderBy.${path}`, `Crosses more than ${MAX_DEPTH} relations.`)
  }
  let meta = modelMeta(model)
  for (const name of names) {
    const field = visibleField(meta, name, `orderBy.${path}`)
    if (!isRelation(field) || field.list) {
      throw invalid(`orderBy.${path}`, `'${name}' is not a relation to one row.`)
    }
    meta = modelMeta(field.model)
  }
  const field = visibleField(meta, column, `orderBy.${path}`)
  if (isRelation(field) || field.list || field.type === 'Json' || field.type === 'Bytes') {
    throw invalid(`orderBy.${path}`, `'${column}' can't be sorted by.`)
  }
  return names.reduceRight<object>((inner, name) => ({ [name]: inner }), { [column]: direction })
}
