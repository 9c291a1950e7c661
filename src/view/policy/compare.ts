import type { PolicyOperand } from '../../schema/policy-ast.js'
import { constant, type Code } from './code.js'
import { columnAt } from './column.js'
import { claimCompared } from './of-claim.js'
import { columnCompared } from './of-column.js'
import type { Literal, Operator, Scope } from './scope.js'

const FLIPPED = { '==': '==', '!=': '!=', '<': '>', '<=': '>=', '>': '<', '>=': '<=' } as const

/**
 * A comparison, or what holds where it does not. A column that is null equals null alone and comes before or after
 * nothing; with a claim that the user does not have neither the comparison nor its negation holds.
 */
export function comparison(
  operator: Operator | '!=',
  left: PolicyOperand,
  right: PolicyOperand,
  negated: boolean,
  scope: Scope,
): Code {
  if (operator === '!=') return comparison('==', left, right, !negated, scope)
  if (left.kind !== 'field' && right.kind === 'field')
    return comparison(FLIPPED[operator], right, left, negated, scope)
  if (left.kind === 'field') {
    const column = columnAt(left.path, scope.model, scope.models)
    return columnCompared(column, operator, right, negated, scope)
  }
  if (left.kind === 'claim') return claimCompared(left, operator, right, negated, scope)
  if (right.kind === 'claim') return claimCompared(right, FLIPPED[operator], left, negated, scope)
  if (left.kind !== 'literal' || right.kind !== 'literal')
    throw new Error('A list stands where a value should be.')
  return constant(holds(left.value, operator, right.value) !== negated)
}

/** A Boolean column or claim. */
export const truth = (operand: PolicyOperand, negated: boolean, scope: Scope): Code =>
  comparison('==', operand, { kind: 'literal', value: true }, negated, scope)

/** A column that holds the id of its row's owner. */
export const ownership = (path: readonly string[], negated: boolean, scope: Scope): Code =>
  columnCompared(
    columnAt(path, scope.model, scope.models),
    '==',
    { kind: 'claim', path: ['id'] },
    negated,
    scope,
  )

function holds(left: Literal | null, operator: Operator, right: Literal | null): boolean {
  if (operator === '==') return left === right
  if (left === null || right === null) return false
  switch (operator) {
    case '<':
      return left < right
    case '<=':
      return left <= right
    case '>':
      return left > right
    case '>=':
      return left >= right
  }
}
