import type { PolicyOperand } from '../../schema/policy-ast.js'
import { literal } from '../text.js'
import { combine, constant, filterOrNot, rule, type Code } from './code.js'
import { castOf, columnAt, through, valueText, where } from './column.js'
import { comparison } from './compare.js'
import { castOfLiteral, variableOf, withClaim } from './of-claim.js'
import { guarded } from './of-column.js'
import type { Claim, Scope } from './scope.js'

/** Membership of a value in a list, or what holds where it is in none. */
export function membership(
  left: PolicyOperand,
  right: PolicyOperand,
  negated: boolean,
  scope: Scope,
): Code {
  switch (right.kind) {
    case 'list': {
      const together = amongLiterals(left, right.values, negated, scope)
      if (together !== null) return together
      const each = right.values.map((value) => comparison('==', left, value, negated, scope))
      return combine(negated ? 'all' : 'any', each, scope.uses)
    }
    case 'claim':
      return inClaim(left, right, negated, scope)
    case 'field':
      return inColumn(left, right.path, negated, scope)
    case 'literal':
      throw new Error(`A value stands to the right of 'in'.`)
  }
}

/** `{ status: { in: ['draft', 'live'] } }` */
function amongLiterals(
  left: PolicyOperand,
  values: readonly PolicyOperand[],
  negated: boolean,
  scope: Scope,
): Code | null {
  const literals = values.flatMap((it) =>
    it.kind === 'literal' && it.value !== null ? [it.value] : [],
  )
  if (left.kind !== 'field' || literals.length < values.length || literals.length < 2) return null
  const column = columnAt(left.path, scope.model, scope.models)
  const list = literals.map((value) => valueText(column.field, value)).join(', ')
  return filterOrNot(where(column, guarded(column, `in: [${list}]`)), negated)
}

/** The list is a claim. */
function inClaim(left: PolicyOperand, claim: Claim, negated: boolean, scope: Scope): Code {
  const { uses } = scope
  const values = variableOf(claim)
  const listOf = (cast: string): string => `${uses.helper('asList')}(${cast})`
  const not = negated ? '!' : ''
  switch (left.kind) {
    case 'field': {
      const column = columnAt(left.path, scope.model, scope.models)
      const cast = listOf(castOf(column.field, scope.provider, uses))
      const found = filterOrNot(where(column, guarded(column, `in: ${values}`)), negated)
      return withClaim(claim, cast, values, found, scope)
    }
    case 'literal': {
      if (left.value === null) return constant(negated)
      const cast = listOf(uses.helper(castOfLiteral(left.value)))
      const has = rule(`${not}${values}.includes(${literal(left.value)})`)
      return withClaim(claim, cast, values, has, scope)
    }
    case 'claim': {
      const cast = uses.helper('asScalar')
      const inner = withClaim(left, cast, 'left', rule(`${not}right.includes(left)`), scope)
      return withClaim(claim, listOf(cast), 'right', inner, scope)
    }
    case 'list':
      throw new Error(`A list stands to the left of 'in'.`)
  }
}

/** The list is a column. One that was never written is null in the database: it holds nothing. */
function inColumn(
  left: PolicyOperand,
  path: readonly string[],
  negated: boolean,
  scope: Scope,
): Code {
  const column = columnAt(path, scope.model, scope.models)
  const own = { ...column, steps: [] }
  const has = (value: string): Code => {
    const both = `{ AND: [${where(own, `{ has: ${value} }`)}, { NOT: ${where(own, '{ equals: null }')} }] }`
    return filterOrNot(through(column.steps, both), negated)
  }
  if (left.kind === 'literal')
    return left.value === null ? constant(negated) : has(valueText(column.field, left.value))
  if (left.kind !== 'claim') throw new Error('Only a value or a claim is looked for in a column.')
  const value = variableOf(left)
  return withClaim(left, castOf(column.field, scope.provider, scope.uses), value, has(value), scope)
}
