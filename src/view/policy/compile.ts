import type { PolicyExpression } from '../../schema/policy-ast.js'
import { propertyKey, stringLiteral } from '../text.js'
import { combine, constant, filter, filterOrNot, rule, textOf, type Code } from './code.js'
import { follow, through } from './column.js'
import { comparison, ownership, truth } from './compare.js'
import { membership } from './membership.js'
import type { Scope } from './scope.js'

/**
 * Compiles a rule into TypeScript: `Prisma.XWhereInput` literals, put together by the helpers of `policies/rules.ts`.
 * Every filter is true or false for each row, never null, so that it may be negated anywhere.
 * @param negated compiles what holds where the rule does not; with a claim that the user lacks neither holds
 */
export function compileRule(expression: PolicyExpression, scope: Scope, negated = false): Code {
  const { uses } = scope
  switch (expression.kind) {
    case 'and':
    case 'or': {
      const parts = expression.operands.map((operand) => compileRule(operand, scope, negated))
      return combine((expression.kind === 'and') === negated ? 'any' : 'all', parts, uses)
    }
    case 'not':
      return compileRule(expression.operand, scope, !negated)
    case 'constant':
      return constant(expression.value !== negated)
    case 'authenticated':
      return rule(`user ${negated ? '===' : '!=='} null`)
    case 'role':
      return rule(
        `${negated ? '!' : ''}${uses.helper('hasRole')}(user, ${stringLiteral(expression.role)})`,
      )
    case 'owner':
      return ownership(expression.path, negated, scope)
    case 'compare':
      return comparison(expression.operator, expression.left, expression.right, negated, scope)
    case 'in':
      return membership(expression.left, expression.right, negated, scope)
    case 'truth':
      return truth(expression.operand, negated, scope)
    case 'some':
    case 'every':
    case 'none':
      return quantified(expression, scope, negated)
  }
}

type Quantified = Extract<PolicyExpression, { kind: 'some' | 'every' | 'none' }>

/** `none(r, e)` is `every(r, !e)`; what is no `every` is no `some` of the opposite. */
function quantified({ kind, path, where }: Quantified, scope: Scope, negated: boolean): Code {
  const { steps, model } = follow(path, scope.model, scope.models)
  const list = steps.at(-1)!
  const any = (kind === 'some') !== negated
  const opposite = kind === 'none' ? !negated : negated
  const inner = compileRule(where, { ...scope, model }, opposite)
  const of = (condition: string): string =>
    through(steps.slice(0, -1), `{ ${propertyKey(list.name)}: ${condition} }`)
  if (inner.kind === 'constant') {
    if (inner.value !== any) return constant(!any)
    return filterOrNot(of('{ some: {} }'), !any)
  }
  if (inner.kind === 'rule') {
    const wrap = `(rows: Prisma.${model.name}WhereInput) => (${of('{ some: rows }')})`
    return rule(`${scope.uses.helper(any ? 'some' : 'every')}(${wrap}, ${textOf(inner)})`)
  }
  if (any) return filter(of(`{ some: ${inner.text} }`))
  // Also where a row on the way is missing: nothing contradicts then.
  if (steps.length > 1)
    return filterOrNot(of(`{ some: ${inner.inner ?? `{ NOT: ${inner.text} }`} }`), true)
  return filter(
    inner.inner === undefined ? of(`{ every: ${inner.text} }`) : of(`{ none: ${inner.inner} }`),
  )
}
