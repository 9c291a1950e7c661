import type { PolicyOperand } from '../../../schema/policy-ast.js'
import { columnSql, comparison, literalOf, withClaim } from './compare.js'
import { claimOf, once, type SqlScope } from './scope.js'
import { OWN } from './quote.js'
import { claimFor, claimLike, valueOf } from './values.js'

/** Membership of a value in a list, or what holds where it is in none; equals `membership` of `../membership.ts`. */
export function membership(
  left: PolicyOperand,
  right: PolicyOperand,
  scope: SqlScope,
  negated: boolean,
): string {
  switch (right.kind) {
    case 'list': {
      const parts = right.values.map((value) => comparison('==', left, value, scope, negated))
      return parts.length === 0 ? String(negated) : `(${parts.join(negated ? ' AND ' : ' OR ')})`
    }
    case 'claim':
      return inClaim(left, once(claimOf(right.path)), scope, negated)
    case 'field':
      return inColumn(left, right.path, scope, negated)
    case 'literal':
      throw new Error(`A value stands to the right of 'in'.`)
  }
}

/** Null where the claim is no list. */
function inClaim(left: PolicyOperand, list: string, scope: SqlScope, negated: boolean): string {
  const not = negated ? 'NOT ' : ''
  const holds = (condition: string): string =>
    `${not}CASE WHEN jsonb_typeof(${list}) = 'array' THEN EXISTS (SELECT FROM jsonb_array_elements(${list}) AS _item(value) WHERE ${condition}) END`
  switch (left.kind) {
    case 'field': {
      const { field, sql } = columnSql(left.path, scope)
      return holds(`${claimFor(field, '_item.value', scope.enums)} = ${sql}`)
    }
    case 'literal':
      if (left.value === null) return String(negated)
      return holds(`${claimLike(left.value, '_item.value')} = ${literalOf(left.value)}`)
    case 'claim': {
      const scalar = once(`${OWN}.as_scalar(${claimOf(left.path)})`)
      return `${not}CASE WHEN jsonb_typeof(${list}) = 'array' AND ${scalar} IS NOT NULL THEN ${list} @> jsonb_build_array(${scalar}) END`
    }
    case 'list':
      throw new Error(`A list stands to the left of 'in'.`)
  }
}

const ARRAYS: Readonly<Record<string, string>> = {
  String: 'text',
  Int: 'int',
  BigInt: 'bigint',
  Float: 'float8',
  Decimal: 'numeric',
  Boolean: 'boolean',
  DateTime: 'timestamp',
}

/** A list that was never written holds nothing. */
function inColumn(
  left: PolicyOperand,
  path: readonly string[],
  scope: SqlScope,
  negated: boolean,
): string {
  const { field, sql } = columnSql(path, scope)
  const isEnum = field.kind === 'enum'
  const plain = field.nativeType === null && !isEnum
  const type = isEnum ? 'text' : (ARRAYS[field.type] ?? 'text')
  // With a cast it is a value, not a query, that ANY gets.
  const list = plain && path.length === 1 ? sql : `(${sql})::${type}[]`
  if (left.kind === 'literal') {
    if (left.value === null) return String(negated)
    const has = `${valueOf({ ...field, nativeType: null }, left.value, scope.enums)} = ANY(${list})`
    return negated ? `NOT COALESCE(${has}, false)` : `(${has})`
  }
  if (left.kind !== 'claim') throw new Error('Only a value or a claim is looked for in a column.')
  const claim = once(claimFor({ ...field, nativeType: null }, claimOf(left.path), scope.enums))
  return withClaim(claim, `${claim} = ANY(${list})`, negated)
}
