import type { Enum, Model, RelationField } from '../../../schema/model.js'
import { follow } from '../column.js'
import { OWN, text } from './quote.js'
import { columnOf, joinOf, type SqlRow } from './tables.js'

/** What compiling a rule into SQL takes. */
export type SqlScope = {
  readonly row: SqlRow
  readonly models: ReadonlyMap<string, Model>
  readonly enums: ReadonlyMap<string, Enum>
  /** Puts a condition that asks for other rows into a function of the row: there no policy is in the way. */
  readonly hoist: ((condition: (row: SqlRow) => string) => string) | null
  /** Names tables. */
  readonly alias: () => string
  /** A row that does not count among the others of its model. */
  readonly apart: SqlRow | null
}

/** What is the same for all rows, as a query of its own: PostgreSQL asks it once. */
export const once = (value: string): string => `(SELECT ${value})`

/** Null where nobody is signed in. */
export const UID = once(`${OWN}.uid()`)

/** JSON; null where the user does not have it. */
export const claimOf = (path: readonly string[]): string =>
  `${OWN}.claim(ARRAY[${path.map(text).join(', ')}])`

/** Names that no column is likely to have; all that is named is qualified. */
export function aliases(): () => string {
  let count = 0
  return () => `_t${++count}`
}

/** The column at the end of a path; null where a row on the way is missing. */
export function columnAt(path: readonly string[], scope: SqlScope): string {
  const { steps } = follow(path.slice(0, -1), scope.row.model, scope.models)
  if (steps.length === 0) return columnOf(scope.row, path[0]!)
  const { target, from } = walk(steps, scope)
  return `(SELECT ${columnOf(target, path.at(-1)!)} ${from})`
}

/** `FROM … WHERE …`, from the row along relations, and the row at their end. */
export function walk(
  steps: readonly RelationField[],
  scope: SqlScope,
): { readonly target: SqlRow; readonly from: string } {
  let at = scope.row
  const joins: string[] = []
  const conditions: string[] = []
  for (const step of steps) {
    const target = { model: scope.models.get(step.type)!, sql: scope.alias() }
    const { from, on } = joinOf(at, step, target, scope.models)
    joins.push(joins.length === 0 ? `FROM ${from}` : `JOIN ${parenthesised(from)} ON ${on}`)
    if (joins.length === 1) conditions.push(on)
    conditions.push(...notApart(target, scope.apart))
    at = target
  }
  return { target: at, from: `${joins.join(' ')} WHERE ${conditions.join(' AND ')}` }
}

const parenthesised = (from: string): string => (from.includes(' JOIN ') ? `(${from})` : from)

function notApart(row: SqlRow, apart: SqlRow | null): string[] {
  if (apart?.model.name !== row.model.name) return []
  const fields = apart.model.key?.fields ?? []
  const keys = (of: SqlRow): string => `(${fields.map((name) => columnOf(of, name)).join(', ')})`
  return [`${keys(row)} IS DISTINCT FROM ${keys(apart)}`]
}
