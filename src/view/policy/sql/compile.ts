import type { PolicyExpression, PolicyOperand } from '../../../schema/policy-ast.js'
import { follow } from '../column.js'
import { comparison } from './compare.js'
import { membership } from './membership.js'
import { OWN, text } from './quote.js'
import { aliases, once, UID, walk, type SqlScope } from './scope.js'

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
