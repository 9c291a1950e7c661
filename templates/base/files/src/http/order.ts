import type { FieldMeta, ModelMeta } from '../schema/meta.js'
import { provider } from '../schema/models.js'
import { charge, OWN_ROWS, RELATION_COST, type Budget } from './cost.js'
import { MAX_DEPTH, MAX_PATHS } from './limits.js'
import {
  isRelation,
  isVisible,
  modelMeta,
  perModel,
  visibleField,
  visibleKey,
  type ColumnMeta,
} from './lookup.js'
import { readPaths } from './paths.js'
import { invalid } from './problem.js'

/** What rows are sorted by: a column, of the row itself or across relations to one row. */
export interface SortKey {
  readonly relations: readonly RelationStep[]
  readonly column: string
  readonly field: ColumnMeta
  /** The model that the column is of. */
  readonly model: string
  readonly descending: boolean
}

interface RelationStep {
  readonly name: string
  readonly nullable: boolean
}

/** What makes any other order total: the key; without one every column that can be sorted by. */
const tieBreakers = perModel((meta): readonly SortKey[] => {
  const key = visibleKey(meta)
  const names = key.length > 0 ? key : Object.keys(meta.fields).filter((name) => sorts(meta, name))
  return names.flatMap((column) => {
    const field = meta.fields[column]
    if (!field || isRelation(field)) return []
    return [{ relations: [], column, field, model: meta.name, descending: false }]
  })
})

export const keyOrder = perModel((meta) => orderArgs(tieBreakers(meta.name)))

const sorts = (meta: ModelMeta, name: string): boolean => {
  const field = meta.fields[name]
  return field !== undefined && isVisible(field) && isSortable(field)
}

/** Whether rows can be sorted by it. */
export const isSortable = (field: FieldMeta): field is ColumnMeta =>
  !isRelation(field) &&
  !field.list &&
  !field.uncompared &&
  field.type !== 'Json' &&
  field.type !== 'Bytes'

/**
 * Reads `-createdAt,title,author.name`; the key is appended so that pages never overlap.
 * @throws Problem 400 naming what is unknown, hidden, can't be sorted by or costs too much
 */
export function parseOrder(model: string, value: unknown, budget: Budget): SortKey[] {
  const meta = modelMeta(model)
  const seen = new Set<string>()
  const paths = value === undefined ? [] : readPaths(value, 'orderBy', MAX_PATHS)
  const order = paths.map((text) => {
    const descending = text.startsWith('-')
    const path = descending ? text.slice(1) : text
    if (seen.has(path)) throw invalid(`orderBy.${path}`, 'Given more than once.')
    seen.add(path)
    const key = sortKey(meta, path, descending)
    charge(budget, OWN_ROWS, 1 + key.relations.length * RELATION_COST, `orderBy.${path}`)
    return key
  })
  return [...order, ...tieBreakers(model).filter(({ column }) => !seen.has(column))]
}

function sortKey(model: ModelMeta, path: string, descending: boolean): SortKey {
  const at = `orderBy.${path}`
  const names = path.split('.')
  const column = names.pop() ?? ''
  if (names.length > MAX_DEPTH) throw invalid(at, `Crosses more than ${MAX_DEPTH} relations.`)
  let meta = model
  const relations = names.map((name) => {
    const field = visibleField(meta, name, at)
    if (!isRelation(field) || field.list)
      throw invalid(at, `'${name}' is not a relation to one row.`)
    meta = modelMeta(field.model)
    return { name, nullable: field.nullable === true }
  })
  const field = visibleField(meta, column, at)
  if (!isSortable(field)) throw invalid(at, `'${column}' can't be sorted by.`)
  return { relations, column, field, model: meta.name, descending }
}

/** Prisma's `orderBy`. */
export const orderArgs = (order: readonly SortKey[]): object[] =>
  order.map(({ relations, column, field, descending }) => {
    const sort = descending ? 'desc' : 'asc'
    const explicit = NULLS_SORT_HIGH && field.nullable && relations.length === 0
    const direction = explicit ? { sort, nulls: descending ? 'last' : 'first' } : sort
    return within(relations, { [column]: direction })
  })

/** Elsewhere null is the least value. Across relations Prisma can't say so: db/postgresql/statements.ts does. */
const NULLS_SORT_HIGH = provider === 'postgresql'

/** What is said of the last row of a path, said from its first. */
export const within = (relations: readonly RelationStep[], inner: object): object =>
  relations.reduceRight((object, { name }) => ({ [name]: object }), inner)
