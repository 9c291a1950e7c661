import { provider } from '../schema/models.js'
import { PART_COST, TEXT_PER_COST } from './cost.js'
import { MAX_PATTERN } from './limits.js'
import { invalid } from './problem.js'
import { pay, type Reading } from './reading.js'
import { readValue } from './values.js'

/** What asks for a part of a text. They ignore case on every database, as SQLite and MySQL always do. */
export const TEXT_OPERATORS = ['contains', 'startsWith', 'endsWith'] as const

export const isTextOperator = (operator: string): operator is (typeof TEXT_OPERATORS)[number] =>
  (TEXT_OPERATORS as readonly string[]).includes(operator)

/** Prisma's filter. @throws Problem 400 naming the path */
export function readText(
  operator: string,
  operand: unknown,
  path: string,
  reading: Reading,
): object {
  const part = readValue({ type: 'String' }, operand, path, reading.text) as string
  if (part.length > MAX_PATTERN) throw invalid(path, `Longer than ${MAX_PATTERN} characters.`)
  pay(reading, PART_COST + part.length / TEXT_PER_COST, path)
  return { [operator]: literally(part), ...IGNORING_CASE }
}

const IGNORING_CASE =
  provider === 'postgresql' || provider === 'cockroachdb' ? { mode: 'insensitive' } : {}

/** Prisma makes a LIKE pattern of a text and leaves its wildcards in force. */
const literally = (text: string): string =>
  provider === 'sqlserver' ? text.replaceAll(/[%_[]/g, '[$&]') : text.replaceAll(/[%_\\]/g, '\\$&')
