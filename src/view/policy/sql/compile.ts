import type { Enum, Model, RelationField } from '../../../schema/model.js'
import type { PolicyExpression, PolicyOperand } from '../../../schema/policy-ast.js'
import { follow } from '../column.js'
import { comparison } from './compare.js'
import { membership } from './membership.js'
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

/**
 * Compiles a rule into a condition of PostgreSQL. It is true where the rule allows, and false or null elsewhere:
 * null where a claim is missing that decides.
 * @param negated compiles what holds where the rule does not
 */
export function compileSql(rule: PolicyExpression, scope: SqlScope, negated = false): string {
  const not = negated ? 'NOT ' : ''
  switch (rule.kind) {
    case 'and':
    case 'or': {
      const parts = rule.operands.map((operand) => compileSql(operand, scope, negated))
      return `(${parts.join((rule.kind === 'and') === negated ? ' OR ' : ' AND ')})`
    }
    case 'not':
      return compileSql(rule.operand, scope, !negated)
    case 'constant':
      return String(rule.value !== negated)
    case 'authenticated':
      return negated ? `${UID} IS NULL` : `${UID} IS NOT NULL`
    case 'role':
      return `${not}${once(`${OWN}.has_role(${text(rule.role)})`)}`
    case 'owner': {
      const left: PolicyOperand = fieldOperand(rule.path)
      return lookingUp(rule.path.length > 1, scope, (inside) =>
        comparison('==', left, { kind: 'claim', path: ['id'] }, inside, negated),
      )
    }
    case 'compare':
      return lookingUp(leavesRow(rule.left) || leavesRow(rule.right), scope, (inside) =>
        comparison(rule.operator, rule.left, rule.right, inside, negated),
      )
    case 'in':
      return lookingUp(leavesRow(rule.left) || leavesRow(rule.right), scope, (inside) =>
        membership(rule.left, rule.right, inside, negated),
      )
    case 'truth': {
      const yes: PolicyOperand = { kind: 'literal', value: true }
      return lookingUp(leavesRow(rule.operand), scope, (inside) =>
        comparison('==', rule.operand, yes, inside, negated),
      )
    }
    case 'some':
    case 'every':
    case 'none':
      return lookingUp(true, scope, (inside) => quantified(rule, inside, negated))
  }
}

/** What is the same for all rows, as a query of its own: PostgreSQL asks it once. */
export const once = (value: string): string => `(SELECT ${value})`

/** Null where nobody is signed in. */
export const UID = once(`${OWN}.uid()`)

/** JSON; null where the user does not have it. */
export const claimOf = (path: readonly string[]): string =>
  `${OWN}.claim(ARRAY[${path.map(text).join(', ')}])`

const fieldOperand = (path: readonly string[]): PolicyOperand => ({
  kind: 'field',
  path,
  type: '',
  enum: false,
  list: false,
  nullable: true,
})

const leavesRow = (operand: PolicyOperand): boolean =>
  operand.kind === 'field' ? operand.path.length > 1 : false

function lookingUp(
  looksUp: boolean,
  scope: SqlScope,
  compile: (scope: SqlScope) => string,
): string {
  const { hoist } = scope
  if (!looksUp || hoist === null) return compile(scope)
  return hoist((row) =>
    compile({
      ...{ ...scope, row, hoist: null, alias: aliases() },
      apart: scope.apart === null ? null : row,
    }),
  )
}

/** Names that no column is likely to have; all that is named is qualified. */
export function aliases(): () => string {
  let count = 0
  return () => `_t${++count}`
}

type Quantified = Extract<PolicyExpression, { kind: 'some' | 'every' | 'none' }>

/** `none(r, e)` is `every(r, !e)`; what is no `every` is `some` of the opposite. */
function quantified({ kind, path, where }: Quantified, scope: SqlScope, negated: boolean): string {
  const { steps } = follow(path, scope.row.model, scope.models)
  const { target, from } = walk(steps, scope)
  const any = (kind === 'some') !== negated
  const opposite = kind === 'none' ? !negated : negated
  const inner = compileSql(where, { ...scope, row: target }, opposite)
  return any
    ? `EXISTS (SELECT ${from} AND ${inner})`
    : `NOT EXISTS (SELECT ${from} AND (${inner}) IS NOT TRUE)`
}

/** The column at the end of a path; null where a row on the way is missing. */
export function columnAt(path: readonly string[], scope: SqlScope): string {
  const { steps } = follow(path.slice(0, -1), scope.row.model, scope.models)
  if (steps.length === 0) return columnOf(scope.row, path[0]!)
  const { target, from } = walk(steps, scope)
  return `(SELECT ${columnOf(target, path.at(-1)!)} ${from})`
}

/** `FROM … WHERE …`, from the row along relations, and the row at their end. */
function walk(
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
