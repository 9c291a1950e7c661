import { nearest } from '../nearest.js'
import { SyntaxProblem } from './lexer.js'
import type { Enum, Model } from './model.js'
import type { PolicyOperand, Syntax } from './policy-ast.js'
import { resolvePath, type Catalog, type PathSyntax } from './policy-paths.js'

/**
 * Reads a value of a comparison. `beside` is the other side: where that is a field of an enum, a value of the
 * enum needs no quotes.
 * @throws SyntaxProblem
 */
export function readOperand(
  syntax: Syntax,
  model: Model,
  catalog: Catalog,
  beside?: Syntax,
): PolicyOperand {
  switch (syntax.kind) {
    case 'literal':
      return { kind: 'literal', value: exact(syntax) }
    case 'list':
      return {
        kind: 'list',
        values: syntax.items.map((item) => readOperand(item, model, catalog, beside)),
      }
    case 'path':
      return pathOperand(syntax, model, catalog, beside)
    default:
      throw new SyntaxProblem(
        'A condition stands where a value should be.',
        syntax.start,
        syntax.end,
      )
  }
}

function exact({ value, start, end }: Extract<Syntax, { kind: 'literal' }>) {
  if (typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value))
    throw new SyntaxProblem('So large a number loses digits: write it in quotes.', start, end)
  return value
}

function pathOperand(
  syntax: PathSyntax,
  model: Model,
  catalog: Catalog,
  beside?: Syntax,
): PolicyOperand {
  const { start, end } = syntax
  const [first, ...rest] = syntax.names
  if (first === 'user') {
    if (rest.length > 0) return { kind: 'claim', path: rest }
    throw new SyntaxProblem('Name a claim of the user: user.id.', start, end, 'user.id')
  }
  const values = enumBeside(beside, model, catalog)
  if (values !== null && syntax.names.length === 1) {
    if (values.values.some(({ name }) => name === first)) return { kind: 'literal', value: first! }
    if (!model.fields.some(({ name }) => name === first)) throw unknownValue(first!, values, syntax)
  }
  const found = resolvePath(syntax, model, catalog)
  if (found.kind === 'operand') return found.operand
  throw new SyntaxProblem(
    `${syntax.names.join('.')} is a relation: compare a field of it${found.field.list ? ' in some(…)' : ''}.`,
    start,
    end,
  )
}

function enumBeside(beside: Syntax | undefined, model: Model, catalog: Catalog): Enum | null {
  if (beside?.kind !== 'path' || beside.names[0] === 'user') return null
  if (!model.fields.some(({ name }) => name === beside.names[0])) return null
  try {
    const found = resolvePath(beside, model, catalog)
    if (found.kind !== 'operand' || !found.operand.enum) return null
    return catalog.enums.get(found.operand.type) ?? null
  } catch {
    // A path that leads nowhere is reported when that side is read.
    return null
  }
}

function unknownValue(name: string, type: Enum, { start, end }: PathSyntax): SyntaxProblem {
  const values = type.values.map((value) => value.name)
  const [close] = nearest(name, values, 1)
  return new SyntaxProblem(
    `${type.name} has no value ${name}; it has ${values.join(', ')}.`,
    start,
    end,
    close,
  )
}
