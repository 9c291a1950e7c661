import { env } from '../env.js'
import type { RelationMeta } from '../schema/meta.js'
import { isRelation, modelMeta } from './lookup.js'
import { invalid } from './problem.js'

/**
 * What a request asks of the database, counted before it is asked. One is a comparison with each row of a table; what
 * is asked of related rows counts as often as there are rows to look at.
 */
export interface Budget {
  /** What has been counted so far. */
  cost: number
}

/** The rows that a condition is asked of. */
export interface Rows {
  /** How many of them are looked at for one row of the request's own model. */
  readonly times: number
  /** Whether the same row is reached from several, and looked at for each of them. */
  readonly shared: boolean
}

export const OWN_ROWS: Rows = { times: 1, shared: false }

/** A part of a text, or of JSON, in comparison with a plain value. */
export const PART_COST = 2
/** Characters of a text, or values of a list, that cost as much as one comparison. */
export const TEXT_PER_COST = 500
export const VALUES_PER_COST = 20
/** Finding a related row, or whether there is any. */
export const RELATION_COST = 4
/** Related rows that are taken to belong to a row, where that can't be more than the table holds in all. */
const CHILDREN = 2
/** The same where the rows of others are looked at again and again: the posts of a post's author. */
const SIBLINGS = 20

/** @throws Problem 400 naming the place, when a request costs more than it may */
export function charge(budget: Budget, { times }: Rows, cost: number, path: string): void {
  budget.cost += cost * times
  if (budget.cost <= env.QUERY_BUDGET) return
  const sum = Math.ceil(budget.cost)
  throw invalid(path, `Brings what is asked to a cost of ${sum}, of ${env.QUERY_BUDGET} at most.`)
}

/** The rows that a relation leads to. */
export function rowsOf(model: string, relation: RelationMeta, { times, shared }: Rows): Rows {
  if (!relation.list) return { times, shared: shared || !isOneToOne(model, relation) }
  const inverse = modelMeta(relation.model).fields[relation.inverse]
  const manyToMany = inverse !== undefined && isRelation(inverse) && inverse.list === true
  return { times: times * (shared ? SIBLINGS : CHILDREN), shared: shared || manyToMany }
}

function isOneToOne(model: string, { fields }: RelationMeta): boolean {
  if (fields === undefined) return true
  return modelMeta(model).uniques.some((unique) => unique.fields.every((it) => fields.includes(it)))
}
