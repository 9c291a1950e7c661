import type { EnumField, ScalarField } from '../../../schema/model.js'
import type { PolicyOperand } from '../../../schema/policy-ast.js'
import { columnAt as fieldAt } from '../column.js'
import type { Literal, Operator } from '../scope.js'
import { claimOf, columnAt, once, UID, type SqlScope } from './scope.js'
import { OWN, text } from './quote.js'
import { claimFor, claimLike, comparable, valueOf } from './values.js'

const FLIPPED = { '==': '==', '<': '>', '<=': '>=', '>': '<', '>=': '<=' } as const

/** The column that a field of a rule names, as values are compared with it. */
export function columnSql(
  path: readonly string[],
  scope: SqlScope,
): { readonly field: ScalarField | EnumField; readonly sql: string } {
  const { field } = fieldAt(path, scope.row.model, scope.models)
  return { field, sql: comparable(field, columnAt(path, scope)) }
}

/** True or false where claims are there; a column that is null equals null alone and has no order. */
const decided = (condition: string, negated: boolean): string =>
  negated ? `NOT COALESCE(${condition}, false)` : `(${condition})`

/** The same, and null where the claim is missing. */
export const withClaim = (claim: string, condition: string, negated: boolean): string =>
  negated ? `(${claim} IS NOT NULL AND ${decided(condition, true)})` : `(${condition})`

const sign = (operator: Operator): string => (operator === '==' ? '=' : operator)

/** A comparison, or what holds where it does not; see `comparison` of `../compare.ts`, which it equals. */
export function comparison(
  operator: Operator | '!=',
  left: PolicyOperand,
  right: PolicyOperand,
  scope: SqlScope,
  negated: boolean,
): string {
  if (operator === '!=') return comparison('==', left, right, scope, !negated)
  if (left.kind !== 'field' && right.kind === 'field')
    return comparison(FLIPPED[operator], right, left, scope, negated)
  if (left.kind === 'field') return columnCompared(left.path, operator, right, scope, negated)
  if (left.kind === 'claim') return claimCompared(left.path, operator, right, negated)
  if (right.kind === 'claim') return claimCompared(right.path, FLIPPED[operator], left, negated)
  if (left.kind !== 'literal' || right.kind !== 'literal')
    throw new Error('A list stands where a value should be.')
  return literals(left.value, operator, right.value, negated)
}

function columnCompared(
  path: readonly string[],
  operator: Operator,
  right: PolicyOperand,
  scope: SqlScope,
  negated: boolean,
): string {
  const { field, sql } = columnSql(path, scope)
  switch (right.kind) {
    case 'literal':
      if (right.value === null) return `${sql} IS ${negated ? 'NOT ' : ''}NULL`
      return decided(
        `${sql} ${sign(operator)} ${valueOf(field, right.value, scope.enums)}`,
        negated,
      )
    case 'claim': {
      const claim = once(claimFor(field, claimOf(right.path), scope.enums))
      return withClaim(claim, `${sql} ${sign(operator)} ${claim}`, negated)
    }
    case 'field': {
      const other = columnSql(right.path, scope)
      const [a, b] =
        field.nativeType?.name === other.field.nativeType?.name
          ? [sql, other.sql]
          : [alike(field, sql), alike(other.field, other.sql)]
      return operator === '=='
        ? `${a} IS ${negated ? '' : 'NOT '}DISTINCT FROM ${b}`
        : decided(`${a} ${operator} ${b}`, negated)
    }
    case 'list':
      throw new Error('A list stands where a value should be.')
  }
}

/** Texts of several native types are compared as texts. */
const alike = ({ type }: ScalarField | EnumField, sql: string): string =>
  type === 'String' ? `${sql}::text` : sql

function claimCompared(
  path: readonly string[],
  operator: Operator,
  right: PolicyOperand,
  negated: boolean,
): string {
  const claim = claimOf(path)
  const not = negated ? 'NOT ' : ''
  if (right.kind === 'claim')
    return `${not}${once(`${OWN}.compare(${claim}, ${text(sign(operator))}, ${claimOf(right.path)})`)}`
  if (right.kind !== 'literal') throw new Error('A claim is compared with a value.')
  if (right.value === null) return `(${UID} IS NOT NULL AND ${once(claim)} IS ${not}NULL)`
  return `${not}(${once(claimLike(right.value, claim))} ${sign(operator)} ${literalOf(right.value)})`
}

/** The app compares such texts by their code units. */
export const literalOf = (value: Literal): string =>
  typeof value === 'string' ? `${text(value)} COLLATE "C"` : `(${value})`

function literals(
  left: Literal | null,
  operator: Operator,
  right: Literal | null,
  negated: boolean,
): string {
  const [a, b] = [left, right].map((value) => (value === null ? 'NULL' : literalOf(value)))
  if (operator === '==') return `${a} IS ${negated ? '' : 'NOT '}DISTINCT FROM ${b}`
  return decided(`${a} ${operator} ${b}`, negated)
}
