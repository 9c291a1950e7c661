import { provider } from '../schema/models.js'
import { invalid } from './problem.js'
import { readValue } from './values.js'

const EVERYWHERE = [
  'equals',
  'not',
  'path',
  'string_contains',
  'string_starts_with',
  'string_ends_with',
  'array_starts_with',
  'array_ends_with',
]

/** What this database can ask of a Json column. */
export const JSON_OPERATORS: readonly string[] =
  provider === 'sqlite' ? EVERYWHERE : [...EVERYWHERE, 'array_contains', 'lt', 'lte', 'gt', 'gte']

/** @throws Problem 400 naming the path */
export function readJsonOperator(
  operator: string,
  operand: unknown,
  path: string,
  fromText: boolean,
): unknown {
  if (operator === 'path') return readPath(operand, path, fromText)
  const type = operator.startsWith('string_') ? 'String' : 'Json'
  return readValue({ type }, operand, path, fromText)
}

/** `['a', 'b']`, in a query string `a.b`; a number is a position in an array. */
function readPath(operand: unknown, path: string, fromText: boolean): string[] | string {
  const parts: unknown = fromText && typeof operand === 'string' ? operand.split('.') : operand
  if (!Array.isArray(parts) || parts.length === 0 || !parts.every(isPart)) {
    throw invalid(path, 'Expected names made of letters, digits, _ and -.')
  }
  return provider === 'sqlite' || provider === 'mysql' ? `$${parts.map(step).join('')}` : parts
}

// The path becomes part of a JSON path expression: nothing may end a quoted name.
const isPart = (part: unknown): part is string =>
  typeof part === 'string' && /^[\w-]{1,64}$/.test(part)

const step = (part: string): string => (/^\d+$/.test(part) ? `[${part}]` : `."${part}"`)
