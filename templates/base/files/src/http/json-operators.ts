import { Prisma } from '../generated/prisma/client.js'
import { provider } from '../schema/models.js'
import { PART_COST } from './cost.js'
import type { ColumnMeta } from './lookup.js'
import { invalid } from './problem.js'
import { allOf, isNull, isObject, pay, spend, type Reading } from './reading.js'
import { readText } from './text-operators.js'
import { readValue } from './values.js'

const STRING = ['string_contains', 'string_starts_with', 'string_ends_with']
const WHOLE = ['equals', 'not']
const ORDER = ['lt', 'lte', 'gt', 'gte']
const EVERYWHERE = ['path', ...WHOLE, ...STRING, 'array_starts_with']

/**
 * What this database can ask of a Json column, and answer as the others do. MySQL finds no end of an empty
 * array, and with Prisma's negation of an order it overlooks fractions.
 */
export const JSON_OPERATORS: readonly string[] = [
  ...EVERYWHERE,
  ...(provider === 'mysql' ? [] : ['array_ends_with']),
  ...(provider === 'sqlite' ? [] : ['array_contains']),
  ...(provider === 'sqlite' || provider === 'mysql' ? [] : ORDER),
]

/**
 * Reads the operators on a Json column; with `path` they ask of what stands there.
 * @returns Prisma's `where`
 * @throws Problem 400 naming the path
 */
export function readJsonOperators(
  name: string,
  { uncompared }: ColumnMeta,
  members: readonly (readonly [string, unknown])[],
  path: string,
  reading: Reading,
): object {
  const given = members.find(([operator]) => operator === 'path')
  const place = given ? { path: readPath(given[1], `${path}.path`, reading) } : {}
  const conditions = members.filter((member) => member !== given)
  if (conditions.length === 0) throw invalid(path, 'Expected an operator beside the path.')
  return allOf(
    conditions.map(([operator, operand]) => {
      const at = `${path}.${operator}`
      spend(reading, at)
      pay(reading, 1 + PART_COST, at)
      const within = STRING.includes(operator) || (uncompared && !WHOLE.includes(operator))
      if (within && !given) throw invalid(at, 'Give a path beside it.')
      return { [name]: { ...place, ...readJsonOperator(operator, operand, at, reading) } }
    }),
  )
}

/** Prisma's filter for one operator. @throws Problem 400 naming the path */
export function readJsonOperator(
  operator: string,
  operand: unknown,
  path: string,
  reading: Reading,
): object {
  if (STRING.includes(operator)) return readText(operator, operand, path, reading)
  const compares = WHOLE.includes(operator)
  // To a caller a null in the JSON and a column that is null are one and the same.
  if (compares && isNull(operand, reading)) return { [operator]: Prisma.AnyNull }
  const value = readValue({ type: 'Json' }, operand, path, reading.text)
  if (ORDER.includes(operator)) {
    if (typeof value !== 'number' && typeof value !== 'string') {
      throw invalid(path, 'Expected a number or a text.')
    }
  } else if (operator !== 'array_contains') {
    const reason = UNEQUAL[provider]?.(value)
    if (reason !== undefined) throw invalid(path, reason)
  }
  return { [operator]: value }
}

/** What a database would call equal that is not, or the other way round: rather refused than wrong. */
const UNEQUAL: Readonly<Partial<Record<typeof provider, (value: unknown) => string | undefined>>> =
  {
    sqlite: (value) =>
      holds(value, (part) => isObject(part) && Object.keys(part).length > 1)
        ? 'SQLite compares objects as text, in the order of their keys: ask of their members by path.'
        : undefined,
    mysql: (value) =>
      holds(value, (part) => Array.isArray(part) && part.length > 0)
        ? 'MySQL compares arrays as sets: ask of their elements by path, or array_contains.'
        : undefined,
  }

const holds = (value: unknown, test: (part: unknown) => boolean): boolean =>
  test(value) ||
  (typeof value === 'object' &&
    value !== null &&
    Object.values(value).some((part) => holds(part, test)))

/** `['a', 'b']`, in a query string `a.b`; a number is a position in an array. */
function readPath(operand: unknown, path: string, { text }: Reading): string[] | string {
  const parts: unknown = text && typeof operand === 'string' ? operand.split('.') : operand
  if (!Array.isArray(parts) || parts.length === 0 || !parts.every(isPart)) {
    throw invalid(path, 'Expected names made of letters, digits, _ and -.')
  }
  return provider === 'sqlite' || provider === 'mysql' ? `$${parts.map(step).join('')}` : parts
}

// The path becomes part of a JSON path expression: nothing may end a quoted name. PostgreSQL would count
// negative positions from the end.
const isPart = (part: unknown): part is string =>
  typeof part === 'string' && /^(?!-\d+$)[\w-]{1,64}$/.test(part)

const step = (part: string): string => (/^\d+$/.test(part) ? `[${part}]` : `."${part}"`)
