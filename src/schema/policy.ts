import { SyntaxProblem } from './lexer.js'
import type { Model } from './model.js'
import type { PolicyExpression, PolicyOperand, Syntax } from './policy-ast.js'
import { readOperand } from './policy-operands.js'
import { parsePolicy } from './policy-parse.js'
import { resolvePath, type Catalog, type PathSyntax } from './policy-paths.js'
import { checkComparison, checkLiteral } from './policy-types.js'

/** Finds the path of the owner's id, or throws a SyntaxProblem at the place that asks for it. */
export type OwnerOf = (place: Pick<Syntax, 'start' | 'end'>) => readonly string[]

export type CheckedPolicy = {
  readonly expression: PolicyExpression
  readonly problems: readonly SyntaxProblem[]
}

const NEVER: PolicyExpression = { kind: 'constant', value: false }

/**
 * Parses a rule and checks it against the schema. `user.<claim>` is always the signed-in user, also where the
 * model has a relation of that name.
 * @returns the expression, and every problem found; `false` stands in for a part that has one
 */
export function checkPolicy(
  rule: string,
  model: Model,
  catalog: Catalog,
  ownerOf: OwnerOf,
): CheckedPolicy {
  try {
    const checker = new Checker(catalog, ownerOf)
    const expression = checker.condition(parsePolicy(rule), model)
    return { expression, problems: checker.problems }
  } catch (error) {
    if (error instanceof SyntaxProblem) return { expression: NEVER, problems: [error] }
    throw error
  }
}

class Checker {
  readonly problems: SyntaxProblem[] = []
  private inRelation = 0

  constructor(
    private readonly catalog: Catalog,
    private readonly ownerOf: OwnerOf,
  ) {}

  /** A part with a problem does not keep the other parts from being checked. */
  condition(syntax: Syntax, model: Model): PolicyExpression {
    try {
      return this.read(syntax, model)
    } catch (error) {
      if (!(error instanceof SyntaxProblem)) throw error
      this.problems.push(error)
      return NEVER
    }
  }

  private read(syntax: Syntax, model: Model): PolicyExpression {
    switch (syntax.kind) {
      case 'and':
      case 'or':
        return {
          kind: syntax.kind,
          operands: syntax.operands.map((operand) => this.condition(operand, model)),
        }
      case 'not':
        return { kind: 'not', operand: this.condition(syntax.operand, model) }
      case 'binary':
        return this.binary(syntax, model)
      case 'literal':
        if (typeof syntax.value === 'boolean') return { kind: 'constant', value: syntax.value }
        throw notACondition(syntax)
      case 'list':
        throw notACondition(syntax)
      case 'path':
        return this.truth(syntax, model)
      case 'call':
        return this.call(syntax, model)
    }
  }

  private truth(syntax: PathSyntax, model: Model): PolicyExpression {
    const [name] = syntax.names
    if (syntax.names.length === 1 && name === 'isAuthenticated') return { kind: 'authenticated' }
    if (syntax.names.length === 1 && name === 'isOwner') return this.owner(syntax)
    const operand = readOperand(syntax, model, this.catalog)
    if (operand.kind === 'field' && (operand.type !== 'Boolean' || operand.list))
      throw new SyntaxProblem(
        `${syntax.names.join('.')} is ${operand.type}${operand.list ? '[]' : ''}, not Boolean: compare it with something.`,
        syntax.start,
        syntax.end,
      )
    return { kind: 'truth', operand }
  }

  private owner(place: Syntax): PolicyExpression {
    if (this.inRelation > 0)
      throw new SyntaxProblem(
        'isOwner speaks of the model of the policy; inside some, every and none compare a field with user.id.',
        place.start,
        place.end,
      )
    return { kind: 'owner', path: this.ownerOf(place) }
  }

  private call(syntax: Extract<Syntax, { kind: 'call' }>, model: Model): PolicyExpression {
    const { name, args, start, end } = syntax
    switch (name) {
      case 'hasRole': {
        const [role] = args
        if (args.length !== 1 || role?.kind !== 'literal' || typeof role.value !== 'string')
          throw new SyntaxProblem('hasRole takes one text: hasRole("admin").', start, end)
        return { kind: 'role', role: role.value }
      }
      case 'some':
      case 'every':
      case 'none':
        return this.relation(name, syntax, model)
      case 'isAuthenticated':
      case 'isOwner':
        throw new SyntaxProblem(`${name} takes no parentheses.`, start, end, name)
      default:
        throw new SyntaxProblem(
          `There is no function ${name}; there are hasRole, some, every and none.`,
          start,
          start + name.length,
        )
    }
  }

  private relation(
    kind: 'some' | 'every' | 'none',
    { args, start, end }: Extract<Syntax, { kind: 'call' }>,
    model: Model,
  ): PolicyExpression {
    const [path, where] = args
    if (args.length !== 2 || path?.kind !== 'path' || where === undefined)
      throw new SyntaxProblem(
        `${kind} takes a relation and a condition: ${kind}(members, id == user.id).`,
        start,
        end,
      )
    const found = resolvePath(path, model, this.catalog)
    if (found.kind !== 'relation' || !found.field.list)
      throw new SyntaxProblem(
        `${path.names.join('.')} is not a list of rows, which ${kind} needs.`,
        path.start,
        path.end,
      )
    const related = this.catalog.models.get(found.field.type)!
    this.inRelation++
    const condition = this.condition(where, related)
    this.inRelation--
    return { kind, path: found.path, model: related.name, where: condition }
  }

  private binary(syntax: Extract<Syntax, { kind: 'binary' }>, model: Model): PolicyExpression {
    const { operator } = syntax
    const left = readOperand(syntax.left, model, this.catalog, syntax.right)
    const right = readOperand(syntax.right, model, this.catalog, syntax.left)
    if (operator === 'in') {
      this.membership(left, right, syntax)
      return { kind: 'in', left, right }
    }
    checkComparison(operator, left, right, syntax, this.catalog)
    return { kind: 'compare', operator, left, right }
  }

  private membership(
    left: PolicyOperand,
    right: PolicyOperand,
    places: { left: Syntax; right: Syntax },
  ): void {
    if (right.kind === 'claim') return
    if (right.kind === 'field' && right.list && left.kind === 'field')
      throw new SyntaxProblem(
        'Only a value or a claim can be looked for in a list field.',
        places.left.start,
        places.left.end,
      )
    if (right.kind === 'field' && right.list)
      return checkComparison('==', left, { ...right, list: false }, places, this.catalog)
    if (right.kind !== 'list' || right.values.length === 0)
      throw new SyntaxProblem(
        `To the right of 'in' stands a list with values, a list field or a claim.`,
        places.right.start,
        places.right.end,
      )
    const items = places.right.kind === 'list' ? places.right.items : []
    for (const [i, value] of right.values.entries()) {
      if (value.kind === 'literal' && left.kind === 'field')
        checkLiteral(left, value.value, items[i]!, this.catalog)
      else checkComparison('==', left, value, { left: places.left, right: items[i]! }, this.catalog)
    }
  }
}

const notACondition = ({ start, end }: Syntax): SyntaxProblem =>
  new SyntaxProblem('A value stands where a condition should be.', start, end)
