import { SyntaxProblem } from './lexer.js'
import type { PolicyOperand, Syntax } from './policy-ast.js'
import type { Catalog } from './policy-paths.js'

type Place = Pick<Syntax, 'start' | 'end'>
type FieldOperand = Extract<PolicyOperand, { kind: 'field' }>

const NUMBERS = new Set(['Int', 'BigInt', 'Float', 'Decimal'])

/** What values may be compared: claims with anything, numbers with each other. */
function category({ type, enum: isEnum }: FieldOperand): string {
  if (isEnum) return `enum ${type}`
  return NUMBERS.has(type) ? 'number' : type
}

const nameOf = (field: FieldOperand): string => field.path.join('.')

/**
 * Checks that two sides can be compared by an operator.
 * @throws SyntaxProblem with the place of the side that is wrong
 */
export function checkComparison(
  operator: string,
  left: PolicyOperand,
  right: PolicyOperand,
  places: { left: Place; right: Place },
  catalog: Catalog,
): void {
  for (const [side, place] of [
    [left, places.left],
    [right, places.right],
  ] as const)
    checkSide(operator, side, place)
  if (left.kind === 'field') checkAgainst(operator, left, right, places.right, catalog)
  else if (right.kind === 'field') checkAgainst(operator, right, left, places.left, catalog)
}

const ORDERED = new Set(['<', '<=', '>', '>='])

function checkSide(operator: string, side: PolicyOperand, { start, end }: Place): void {
  if (side.kind === 'list' || (side.kind === 'field' && side.list))
    throw new SyntaxProblem(`A list can only stand to the right of 'in'.`, start, end)
  if (side.kind === 'field' && (side.type === 'Json' || side.type === 'Bytes'))
    throw new SyntaxProblem(
      `${nameOf(side)} is ${side.type}, which a rule can't compare.`,
      start,
      end,
    )
  if (!ORDERED.has(operator)) return
  const unordered =
    side.kind === 'field'
      ? side.enum || side.type === 'Boolean'
      : side.kind === 'literal' && (side.value === null || typeof side.value === 'boolean')
  if (unordered)
    throw new SyntaxProblem(
      `${side.kind === 'field' ? `${nameOf(side)} is ${side.type}, which` : 'This'} has no order for '${operator}'; use == or !=.`,
      start,
      end,
    )
}

function checkAgainst(
  operator: string,
  field: FieldOperand,
  other: PolicyOperand,
  place: Place,
  catalog: Catalog,
): void {
  if (other.kind === 'field') {
    const row = ({ path }: FieldOperand): string => path.slice(0, -1).join('.')
    if (row(field) !== row(other))
      throw new SyntaxProblem(
        `${nameOf(field)} and ${nameOf(other)} are of different rows, which a database is not asked to compare here; compare each with a claim of the user.`,
        place.start,
        place.end,
      )
    if (category(field) !== category(other))
      throw new SyntaxProblem(
        `${nameOf(field)} is ${field.type} and ${nameOf(other)} is ${other.type}: they can't be compared with '${operator}'.`,
        place.start,
        place.end,
      )
  } else if (other.kind === 'literal') checkLiteral(field, other.value, place, catalog)
}

/** @throws SyntaxProblem when the field can never have this value */
export function checkLiteral(
  field: FieldOperand,
  value: string | number | boolean | null,
  { start, end }: Place,
  catalog: Catalog,
): void {
  const fail = (message: string): never => {
    throw new SyntaxProblem(message, start, end)
  }
  if (value === null) {
    if (!field.nullable) fail(`${nameOf(field)} is required, so it is never null.`)
    return
  }
  if (field.enum) {
    const values = catalog.enums.get(field.type)?.values.map(({ name }) => name) ?? []
    if (typeof value !== 'string' || !values.includes(value))
      fail(`${field.type} has no value ${JSON.stringify(value)}; it has ${values.join(', ')}.`)
    return
  }
  if (!fits(field.type, value))
    fail(`${nameOf(field)} is ${field.type}, which ${JSON.stringify(value)} is not.`)
}

function fits(type: string, value: string | number | boolean): boolean {
  switch (type) {
    case 'String':
      return typeof value === 'string'
    case 'Boolean':
      return typeof value === 'boolean'
    case 'DateTime':
      return typeof value === 'string' && !Number.isNaN(Date.parse(value))
    case 'Int':
      return Number.isInteger(value)
    case 'Float':
      return typeof value === 'number'
    case 'BigInt':
      return Number.isSafeInteger(value) || (typeof value === 'string' && /^-?\d+$/.test(value))
    case 'Decimal':
      return (
        typeof value === 'number' || (typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value))
      )
    default:
      return false
  }
}
