import type { Model } from '../../schema/model.js'
import type { PolicyExpression, PolicyOperand } from '../../schema/policy-ast.js'

/**
 * Names of the claims that the rules of a schema ask for, sorted: of rows and of single fields. The id is none of
 * them, for every user has one; of a claim within a claim it is the outer one.
 */
export function claimsUsed(models: readonly Model[]): string[] {
  const rules = models.flatMap(({ annotations }) => annotations.policies)
  const names = rules.flatMap(({ expression }) => claimsOf(expression))
  return [...new Set(names)].sort()
}

function claimsOf(expression: PolicyExpression): string[] {
  switch (expression.kind) {
    case 'and':
    case 'or':
      return expression.operands.flatMap(claimsOf)
    case 'not':
      return claimsOf(expression.operand)
    case 'role':
      return ['role', 'roles']
    case 'compare':
    case 'in':
      return [...claimsIn(expression.left), ...claimsIn(expression.right)]
    case 'truth':
      return claimsIn(expression.operand)
    case 'some':
    case 'every':
    case 'none':
      return claimsOf(expression.where)
    case 'constant':
    case 'authenticated':
    case 'owner':
      return []
  }
}

function claimsIn(operand: PolicyOperand): string[] {
  if (operand.kind === 'list') return operand.values.flatMap(claimsIn)
  if (operand.kind !== 'claim') return []
  const [name] = operand.path
  const isId = operand.path.length === 1 && name === 'id'
  return name === undefined || isId ? [] : [name]
}
