import type { Db } from '../db.js'
import { needsValues, rowsAfter } from './after.js'
import type { Context } from './context.js'
import type { Budget } from './cost.js'
import { readCursor } from './id.js'
import { DEFAULT_TAKE, MAX_TAKE } from './limits.js'
import { modelMeta, visibleKey } from './lookup.js'
import { orderArgs, parseOrder, type SortKey } from './order.js'
import { invalid } from './problem.js'
import { allOf, isObject } from './reading.js'
import { checkRelated, checkRelatedOfOne } from './related.js'
import type { ApiRequest } from './route.js'
import { parseSelection, selectedOf } from './selection.js'
import type { Selected } from './serialize.js'
import { parseWhere } from './where.js'

/** Everything a caller may ask passes through this file. */
export interface ListQuery<Args> {
  /** For `findMany`. */
  readonly args: Args
  /** The filter alone, for `count`. */
  readonly where: object | undefined
  /** What `select` names. */
  readonly selected: Selected | undefined
  readonly take: number
  readonly skip: number
  /** A page after a cursor has one row more, where there is a next page. */
  readonly afterCursor: boolean
}

const LIST_KEYS = ['where', 'orderBy', 'skip', 'take', 'cursor', 'include', 'select'] as const
const SELECTION_KEYS = ['include', 'select'] as const
const SKIP = [0, 100_000_000] as const
const TAKE = [1, MAX_TAKE] as const

/** Reads the query string of a list. @throws Problem 400 naming what is wrong */
export const readListQuery = <Args>(model: string, context: Context): Promise<ListQuery<Args>> =>
  listQuery(model, context, context.request.query, true)

/** Reads the body of a search: the same keys as JSON. @throws Problem 400 naming what is wrong */
export async function readSearchQuery<Args>(
  model: string,
  context: Context,
): Promise<ListQuery<Args>> {
  const { request } = context
  refuseQuery(request)
  if (!isObject(request.body)) throw invalid('', 'Expected a JSON object.')
  return listQuery(model, context, request.body, false)
}

/** Reads the filter of a count. @throws Problem 400 naming what is wrong */
export function readCountQuery<Where>(model: string, request: ApiRequest): Where {
  refuseUnknown(request.query, ['where'])
  const { where } = request.query
  return (where === undefined ? {} : parseWhere(model, where, true, { cost: 0 })) as Where
}

/**
 * Reads `include` and `select` of a route that answers one row.
 * @param where what tells the row; null for a new one
 * @throws Problem 400
 */
export async function readSelection<Args>(
  model: string,
  { request, db }: Context,
  where: object | null,
): Promise<Args> {
  refuseUnknown(request.query, SELECTION_KEYS)
  const selection = parseSelection(model, request.query['include'], request.query['select'], 1)
  await checkRelatedOfOne(db, model, where, selection)
  return selection as Args
}

/** Reads the `where` of a bulk write: at least one condition. @throws Problem 400 */
export const readWhere = <Where>(model: string, value: unknown): Where =>
  parseWhere(model, value, false, { cost: 0 }) as Where

/** For routes without a query string. @throws Problem 400 naming what was given */
export const refuseQuery = (request: ApiRequest): void => refuseUnknown(request.query, [])

async function listQuery<Args>(
  model: string,
  { db }: Context,
  query: Readonly<Record<string, unknown>>,
  fromText: boolean,
): Promise<ListQuery<Args>> {
  refuseUnknown(query, LIST_KEYS)
  const skip = query['skip'] === undefined ? 0 : readCount(query['skip'], 'skip', SKIP, fromText)
  const take =
    query['take'] === undefined ? DEFAULT_TAKE : readCount(query['take'], 'take', TAKE, fromText)
  const budget: Budget = { cost: 0 }
  const where =
    query['where'] === undefined ? undefined : parseWhere(model, query['where'], fromText, budget)
  const order = parseOrder(model, query['orderBy'], budget)
  const selection = parseSelection(model, query['include'], query['select'], take)
  const sorted = { where, orderBy: orderArgs(order), skip, take }
  const afterCursor = query['cursor'] !== undefined
  const rows = afterCursor ? await continued(db, model, sorted, query['cursor'], order) : sorted
  await checkRelated(db, model, rows, selection)
  const args = { ...rows, ...selection }
  const { select } = query
  const selected = select === undefined ? undefined : selectedOf(model, select)
  return { args: args as Args, where, selected, take, skip, afterCursor }
}

interface PageArgs {
  readonly where: object | undefined
  readonly skip: number
  readonly take: number
  readonly cursor?: object
}

/** After a cursor one row more is read: it tells whether there is a next page. */
async function continued(
  db: Db,
  model: string,
  args: PageArgs,
  text: unknown,
  order: readonly SortKey[],
): Promise<PageArgs> {
  if (visibleKey(modelMeta(model)).length === 0) {
    throw invalid('cursor', `${model} has no key to continue from: use skip.`)
  }
  const cursor = readCursor(model, text)
  const { where, skip } = args
  const take = args.take + 1
  if (!order.some(needsValues)) return { ...args, cursor, skip: skip + 1, take }
  const rest = await rowsAfter(db, model, cursor, order, {
    where: where ?? {},
    count: skip + take,
  })
  if (!rest) return { ...args, take: 0 }
  return { ...args, where: where ? allOf([where, rest]) : rest, take }
}

function readCount(
  value: unknown,
  name: string,
  [min, max]: readonly [number, number],
  fromText: boolean,
): number {
  const digits = typeof value === 'string' && /^\d{1,10}$/.test(value)
  const count = fromText ? (digits ? Number(value) : undefined) : value
  if (Number.isInteger(count) && Number(count) >= min && Number(count) <= max) return Number(count)
  throw invalid(name, `Expected a whole number from ${min} to ${max}.`)
}

function refuseUnknown(query: Readonly<Record<string, unknown>>, known: readonly string[]): void {
  for (const name of Object.keys(query)) {
    if (known.includes(name)) continue
    const hint = known.length === 0 ? 'Nothing is expected here.' : `Known: ${known.join(', ')}.`
    throw invalid(name, `Unknown parameter. ${hint}`)
  }
}
