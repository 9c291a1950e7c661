import { Prisma } from '../generated/prisma/client.js'
import { provider } from '../schema/models.js'
import { readJsonOperator, JSON_OPERATORS } from './json-operators.js'
import { MAX_VALUES } from './limits.js'
import type { ColumnMeta } from './lookup.js'
import { invalid } from './problem.js'
import { isObject, membersOf, spend, type Reading } from './reading.js'
import { readValue } from './values.js'

const EQUALITY = ['equals', 'not', 'in', 'notIn']
const ORDER = [...EQUALITY, 'lt', 'lte', 'gt', 'gte']
const LIST = ['equals', 'has', 'hasEvery', 'hasSome', 'isEmpty']
const CASE = provider === 'postgresql' || provider === 'cockroachdb' ? ['mode'] : []

const OPERATORS: Readonly<Record<ColumnMeta['type'], readonly string[]>> = {
  String: [...ORDER, 'contains', 'startsWith', 'endsWith', ...CASE],
  Int: ORDER,
  BigInt: ORDER,
  Float: ORDER,
  Decimal: ORDER,
  DateTime: ORDER,
  Boolean: ['equals', 'not'],
  Enum: EQUALITY,
  Bytes: EQUALITY,
  Json: JSON_OPERATORS,
}

/** Operators that a filter on this column may use. */
export function operatorsOf(field: ColumnMeta): readonly string[] {
  if (field.list) return LIST
  if (field.type !== 'Enum' && field.format === 'uuid') return [...ORDER, ...CASE]
  return OPERATORS[field.type]
}

/**
 * Reads the condition on a column: a value, or an object of operators.
 * @throws Problem 400 naming the path
 */
export function readColumn(
  field: ColumnMeta,
  condition: unknown,
  path: string,
  reading: Reading,
): unknown {
  if (isObject(condition)) return readOperators(field, condition, path, reading)
  if (field.list) throw invalid(path, `Expected one of the operators ${LIST.join(', ')}.`)
  const value = readOperand(field, condition, path, reading)
  return field.type === 'Json' ? { equals: value } : value
}

function readOperators(field: ColumnMeta, condition: object, path: string, reading: Reading) {
  const allowed = operatorsOf(field)
  const read: Record<string, unknown> = {}
  for (const [operator, operand] of membersOf(condition, path)) {
    const at = `${path}.${operator}`
    if (!allowed.includes(operator)) {
      throw invalid(at, `No operator of this column; there are ${allowed.join(', ')}.`)
    }
    spend(reading, at)
    read[operator] = field.list
      ? readListOperator(field, operator, operand, at, reading)
      : readOperator(field, operator, operand, at, reading)
  }
  const modifier = read['mode'] !== undefined || read['path'] !== undefined ? 1 : 0
  if (Object.keys(read).length === modifier) throw invalid(path, 'Expected an operator beside it.')
  return read
}

function readOperator(
  field: ColumnMeta,
  operator: string,
  operand: unknown,
  path: string,
  reading: Reading,
): unknown {
  switch (operator) {
    case 'in':
    case 'notIn':
      return readValues(field, operand, path, reading)
    case 'mode':
      if (operand === 'insensitive' || operand === 'default') return operand
      throw invalid(path, 'Expected insensitive or default.')
    case 'not':
      // An object is a value for Json, a further condition for everything else.
      if (field.type !== 'Json' && isObject(operand)) {
        return readOperators(field, operand, path, reading)
      }
      return readOperand(field, operand, path, reading)
    default:
      return field.type === 'Json' && operator !== 'equals'
        ? readJsonOperator(operator, operand, path, reading.text)
        : readOperand(field, operand, path, reading, operator === 'equals')
  }
}

function readListOperator(
  field: ColumnMeta,
  operator: string,
  operand: unknown,
  path: string,
  reading: Reading,
): unknown {
  switch (operator) {
    case 'has':
      return readValue(field, operand, path, reading.text)
    case 'isEmpty':
      return readValue({ type: 'Boolean' }, operand, path, reading.text)
    default:
      return readValues(field, operand, path, reading)
  }
}

/** A value, or null where the column may be null; the bare word `null` in a query string. */
function readOperand(
  field: ColumnMeta,
  operand: unknown,
  path: string,
  { text }: Reading,
  nullable = true,
): unknown {
  const isNull = operand === null || (text && operand === 'null')
  if (isNull && nullable && field.nullable) return field.type === 'Json' ? Prisma.AnyNull : null
  return readValue(field, operand, path, text)
}

/** Several values: an array, or in a query string `1,2,3`. */
function readValues(
  field: ColumnMeta,
  operand: unknown,
  path: string,
  { text }: Reading,
): unknown[] {
  const values = text && typeof operand === 'string' ? operand.split(',') : operand
  if (!Array.isArray(values) || values.length === 0 || values.length > MAX_VALUES) {
    throw invalid(path, `Expected 1 to ${MAX_VALUES} values.`)
  }
  return values.map((value, index) => readValue(field, value, `${path}.${index}`, text))
}
