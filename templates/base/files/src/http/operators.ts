import { VALUES_PER_COST } from './cost.js'
import { JSON_OPERATORS, readJsonOperator, readJsonOperators } from './json-operators.js'
import { MAX_VALUES } from './limits.js'
import type { ColumnMeta } from './lookup.js'
import { invalid } from './problem.js'
import { allOf, isNull, isObject, membersOf, pay, spend, type Reading } from './reading.js'
import { isTextOperator, readText, TEXT_OPERATORS } from './text-operators.js'
import { readValue } from './values.js'

const EQUALITY = ['equals', 'not', 'in', 'notIn']
const ORDER = [...EQUALITY, 'lt', 'lte', 'gt', 'gte']
const LIST = ['equals', 'has', 'hasEvery', 'hasSome', 'isEmpty']

const OPERATORS: Readonly<Record<ColumnMeta['type'], readonly string[]>> = {
  String: [...ORDER, ...TEXT_OPERATORS],
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

/** Operators that a filter on this column may use; none where the database can't tell its values apart. */
export function operatorsOf(field: ColumnMeta): readonly string[] {
  if (field.list) return field.uncompared ? ['isEmpty'] : LIST
  if (field.uncompared === 'xml') return field.nullable ? ['equals', 'not'] : []
  if (field.type === 'String' && field.format !== undefined) return ORDER
  return OPERATORS[field.type]
}

/**
 * Reads the condition on a column: a value, or an object of operators that must all hold.
 * @returns Prisma's `where`
 * @throws Problem 400 naming the path
 */
export function readColumn(
  name: string,
  field: ColumnMeta,
  condition: unknown,
  path: string,
  reading: Reading,
): object {
  const operators = operatorsOf(field)
  if (operators.length === 0) throw invalid(path, `'${name}' can't be filtered by.`)
  if (isObject(condition)) return readOperators(name, field, condition, path, reading)
  if (field.list) throw invalid(path, `Expected one of the operators ${operators.join(', ')}.`)
  pay(reading, 1, path)
  return field.type === 'Json'
    ? { [name]: readJsonOperator('equals', condition, path, reading) }
    : readOperator(name, field, 'equals', condition, path, reading)
}

function readOperators(
  name: string,
  field: ColumnMeta,
  operators: object,
  path: string,
  reading: Reading,
): object {
  const allowed = operatorsOf(field)
  const members = membersOf(operators, path)
  for (const [operator] of members) {
    if (allowed.includes(operator)) continue
    const known = `No operator of this column; there are ${allowed.join(', ')}.`
    throw invalid(`${path}.${operator}`, known)
  }
  if (field.type === 'Json' && !field.list) {
    return readJsonOperators(name, field, members, path, reading)
  }
  const read = field.list ? readListOperator : readOperator
  return allOf(
    members.map(([operator, operand]) => {
      const at = `${path}.${operator}`
      spend(reading, at)
      pay(reading, 1, at)
      return read(name, field, operator, operand, at, reading)
    }),
  )
}

function readOperator(
  name: string,
  field: ColumnMeta,
  operator: string,
  operand: unknown,
  path: string,
  reading: Reading,
): object {
  if (isTextOperator(operator)) return { [name]: readText(operator, operand, path, reading) }
  switch (operator) {
    case 'in':
    case 'notIn':
      return { [name]: { [operator]: readValues(field, operand, path, reading) } }
    case 'not':
      return isObject(operand)
        ? { NOT: readOperators(name, field, operand, path, reading) }
        : { [name]: { not: readOperand(field, operand, path, reading) } }
    case 'equals':
      return { [name]: { equals: readOperand(field, operand, path, reading) } }
    default:
      return { [name]: { [operator]: readValue(field, operand, path, reading.text) } }
  }
}

/** A list that was never written is null in the database and empty to a caller. */
function readListOperator(
  name: string,
  field: ColumnMeta,
  operator: string,
  operand: unknown,
  path: string,
  reading: Reading,
): object {
  const empty = { OR: [{ [name]: { isEmpty: true } }, { [name]: { equals: null } }] }
  switch (operator) {
    case 'has':
      return { [name]: { has: readValue(field, operand, path, reading.text) } }
    case 'isEmpty':
      return readValue({ type: 'Boolean' }, operand, path, reading.text) ? empty : { NOT: empty }
    case 'equals': {
      const isEmpty = Array.isArray(operand) && operand.length === 0
      return isEmpty ? empty : { [name]: { equals: readValues(field, operand, path, reading) } }
    }
    default:
      return { [name]: { [operator]: readValues(field, operand, path, reading) } }
  }
}

/** A value, or null where the column may be null; the bare word `null` in a query string. */
function readOperand(field: ColumnMeta, operand: unknown, path: string, reading: Reading): unknown {
  if (field.nullable && isNull(operand, reading)) return null
  if (field.uncompared === 'xml') throw invalid(path, 'Can only be compared with null.')
  return readValue(field, operand, path, reading.text)
}

/** Several values: an array, or in a query string `1,2,3`. */
function readValues(
  field: ColumnMeta,
  operand: unknown,
  path: string,
  reading: Reading,
): unknown[] {
  const { text } = reading
  const values = text && typeof operand === 'string' ? operand.split(',') : operand
  if (!Array.isArray(values) || values.length === 0 || values.length > MAX_VALUES) {
    throw invalid(path, `Expected 1 to ${MAX_VALUES} values.`)
  }
  pay(reading, values.length / VALUES_PER_COST, path)
  return values.map((value, index) => readValue(field, value, `${path}.${index}`, text))
}
