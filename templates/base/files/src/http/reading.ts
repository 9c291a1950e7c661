import { charge, type Budget, type Rows } from './cost.js'
import { MAX_CONDITIONS } from './limits.js'
import { invalid } from './problem.js'

/** State of reading one `where`. */
export interface Reading {
  /** True for query strings, where every value is text. */
  readonly text: boolean
  /** Conditions that may still follow. */
  readonly conditions: { left: number }
  readonly budget: Budget
  /** What is asked here is asked of these. */
  readonly rows: Rows
}

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The members of an object that must have some. @throws Problem 400 naming the path */
export function membersOf(value: unknown, path: string): [string, unknown][] {
  const members = isObject(value) ? Object.entries(value) : []
  if (members.length === 0) throw invalid(path, 'Expected an object with at least one condition.')
  return members
}

/** Counts one condition. @throws Problem 400 when there are too many */
export function spend(reading: Reading, path: string): void {
  reading.conditions.left -= 1
  if (reading.conditions.left < 0) throw invalid(path, `More than ${MAX_CONDITIONS} conditions.`)
}

/** Counts what a condition costs. @throws Problem 400 when the request asks too much */
export const pay = (reading: Reading, cost: number, path: string): void =>
  charge(reading.budget, reading.rows, cost, path)

/** A null; in a query string the bare word. */
export const isNull = (value: unknown, { text }: Reading): boolean =>
  value === null || (text && value === 'null')

/** Prisma's `where` for all of these. */
export const allOf = (conditions: readonly object[]): object =>
  conditions.length === 1 && conditions[0] ? conditions[0] : { AND: conditions }
