import type { FieldMeta, ModelMeta } from '../schema/meta.js'
import { MAX_DEPTH, MAX_PATHS } from './limits.js'
import { isRelation, isVisible, modelMeta, perModel, visibleField, visibleKey } from './lookup.js'
import { readPaths } from './paths.js'
import { invalid } from './problem.js'

type Direction = 'asc' | 'desc'

/** The order that makes any other order total: by the key; without one by every column that can be sorted by. */
export const keyOrder = perModel((meta): object[] => tieBreakers(meta).map(ascending))

function tieBreakers(meta: ModelMeta): readonly string[] {
  const key = visibleKey(meta)
  if (key.length > 0) return key
  return Object.entries(meta.fields).flatMap(([name, field]) =>
    isVisible(field) && isSortable(field) ? [name] : [],
  )
}

const isSortable = (field: FieldMeta): boolean =>
  !isRelation(field) && !field.list && field.type !== 'Json' && field.type !== 'Bytes'

const ascending = (name: string): object => ({ [name]: 'asc' })

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
  const rest = tieBreakers(modelMeta(model)).filter((name) => !seen.has(name))
  return [...order, ...rest.map(ascending)]
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
  if (!isSortable(field)) {
    throw invalid(`orderBy.${path}`, `'${column}' can't be sorted by.`)
  }
  return names.reduceRight<object>((inner, name) => ({ [name]: inner }), { [column]: direction })
}
