import { isIP } from 'node:net'
import type { Limits, ScalarType, ScalarTypeMeta } from '../schema/meta.js'
import { readDay, readInstant, readTime } from './dates.js'
import { MAX_JSON_DEPTH } from './limits.js'
import type { ColumnMeta } from './lookup.js'
import { invalid } from './problem.js'

/** Reads one type of value; `undefined` stands for "not such a value". */
interface Reader {
  expected(limits: Limits): string
  /** From a query string or path. */
  text(text: string, limits: Limits): unknown
  /** From a JSON body. */
  json(value: unknown, limits: Limits): unknown
}

const INT32 = { min: -(2 ** 31), max: 2 ** 31 - 1 }
const INT64 = { min: -(2n ** 63n), max: 2n ** 63n - 1n }
const DECIMAL = /^[+-]?\d{1,100}(\.\d{1,100})?(e[+-]?\d{1,2})?$/i
const BASE64 = /^(?:[A-Za-z\d+/]{4})*(?:[A-Za-z\d+/]{2}==|[A-Za-z\d+/]{3}=)?$/
const UUID = /^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/i
const BITS = /^[01]*$/

const isString = (value: unknown): value is string => typeof value === 'string'
const number = (value: unknown) => (Number.isFinite(value) ? (value as number) : undefined)

function int32(value: unknown, { min = INT32.min, max = INT32.max }: Limits): unknown {
  const fits =
    Number.isInteger(value) && Number(value) >= Number(min) && Number(value) <= Number(max)
  return fits ? value : undefined
}

function int64(text: string, { min = INT64.min, max = INT64.max }: Wide): bigint | undefined {
  if (!/^-?\d{1,20}$/.test(text)) return undefined
  const value = BigInt(text)
  return value >= BigInt(min) && value <= BigInt(max) ? value : undefined
}

interface Wide {
  readonly min?: Limits['min'] | bigint
  readonly max?: Limits['max'] | bigint
}

/** No database keeps half of a surrogate pair, and PostgreSQL not U+0000. */
const isText = (text: string): boolean => !text.includes('\0') && !/\p{Cs}/u.test(text)

const FORMATS: Readonly<Record<string, (text: string) => boolean>> = {
  uuid: (text) => UUID.test(text),
  bits: (text) => BITS.test(text),
  ip: isAddress,
}

/** With or without the length of a network's prefix: `192.0.2.0/24`. */
function isAddress(text: string): boolean {
  const [address = '', prefix = '0', ...more] = text.split('/')
  const longest = { 0: -1, 4: 32, 6: address.includes('%') ? -1 : 128 }[isIP(address)] ?? -1
  return more.length === 0 && /^\d{1,3}$/.test(prefix) && Number(prefix) <= longest
}

function string(value: unknown, { format }: Limits): string | undefined {
  if (!isString(value) || !isText(value)) return undefined
  return format === undefined || FORMATS[format]?.(value) ? value : undefined
}

const TEXTS: Readonly<Record<string, string>> = {
  uuid: 'a UUID',
  bits: 'the digits 0 and 1',
  ip: 'an IP address',
}

const dateTime = (text: string, { format }: Limits) =>
  format === 'date' ? readDay(text) : format === 'time' ? readTime(text) : readInstant(text)

const decimal = (text: string) => (DECIMAL.test(text) ? text : undefined)
const bytes = (text: string) =>
  BASE64.test(text) ? new Uint8Array(Buffer.from(text, 'base64')) : undefined

/** A text that is no JSON stands for itself: `where[meta][equals]=draft`. */
function jsonText(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

function isJson(value: unknown, levels: number): boolean {
  if (isString(value)) return isText(value)
  if (typeof value === 'number') return Number.isFinite(value)
  if (typeof value !== 'object' || value === null) return true
  return (
    levels > 0 &&
    Object.entries(value).every(([key, child]) => isText(key) && isJson(child, levels - 1))
  )
}

const json = (value: unknown): unknown => (isJson(value, MAX_JSON_DEPTH) ? value : undefined)

const READERS: Readonly<Record<ScalarType, Reader>> = {
  String: {
    expected: ({ format = '' }) => TEXTS[format] ?? 'a text of Unicode characters but U+0000',
    text: string,
    json: string,
  },
  Int: {
    expected: ({ min = INT32.min, max = INT32.max }) => `an integer from ${min} to ${max}`,
    text: (text, limits) => (/^-?\d{1,10}$/.test(text) ? int32(Number(text), limits) : undefined),
    json: int32,
  },
  BigInt: {
    expected: ({ min = String(INT64.min), max = String(INT64.max) }) =>
      `an integer from ${min} to ${max}, as a string or number`,
    text: int64,
    json: (v, limits) =>
      Number.isSafeInteger(v) || isString(v) ? int64(String(v), limits) : undefined,
  },
  Float: {
    expected: () => 'a number',
    text: (text) => (DECIMAL.test(text) ? number(Number(text)) : undefined),
    json: number,
  },
  Decimal: {
    expected: () => 'a decimal number, as a string or number',
    text: decimal,
    json: (v) => (number(v) !== undefined || isString(v) ? decimal(String(v)) : undefined),
  },
  Boolean: {
    expected: () => 'true or false',
    text: (text) => (text === 'true' ? true : text === 'false' ? false : undefined),
    json: (v) => (typeof v === 'boolean' ? v : undefined),
  },
  DateTime: {
    expected: ({ format }) =>
      format === 'date'
        ? 'a date such as 2026-01-31'
        : format === 'time'
          ? 'a time of day such as 12:30:00Z'
          : 'a date and time such as 2026-01-31T12:00:00Z',
    text: dateTime,
    json: (v, limits) => (isString(v) ? dateTime(v, limits) : undefined),
  },
  Json: {
    expected: () => `JSON of at most ${MAX_JSON_DEPTH} levels, without U+0000 in a text`,
    text: (text) => json(jsonText(text)),
    json,
  },
  Bytes: {
    expected: () => 'bytes in base64',
    text: bytes,
    json: (v) => (isString(v) ? bytes(v) : undefined),
  },
}

/** What is accepted for a column, for people: `an integer from 0 to 255`. */
export const expectedOf = (column: ScalarTypeMeta): string => READERS[column.type].expected(column)

/** Reads a value of a JSON body as Prisma takes it; undefined when it is not of the column's type. */
export const readJson = (column: ScalarTypeMeta, value: unknown): unknown =>
  READERS[column.type].json(value, column)

/**
 * Reads one value of a column, for a filter or a key. It may be longer or finer than the column holds: then no row
 * has it.
 * @param fromText true for query strings and path parameters
 * @throws Problem 400 naming the path
 */
export function readValue(
  field: ColumnMeta,
  value: unknown,
  path: string,
  fromText: boolean,
): unknown {
  if (field.type === 'Enum') {
    if (isString(value) && field.values.includes(value)) return value
    throw invalid(path, `Expected one of ${field.values.join(', ')}.`)
  }
  const { text, json: fromJson } = READERS[field.type]
  const read = !fromText ? fromJson(value, field) : isString(value) ? text(value, field) : undefined
  if (read === undefined) throw invalid(path, `Expected ${expectedOf(field)}.`)
  return read
}
