import type { ScalarType } from '../schema/meta.js'
import type { ColumnMeta } from './lookup.js'
import { MAX_JSON_DEPTH } from './limits.js'
import { invalid } from './problem.js'

/** Reads one type of value; `undefined` stands for "not such a value". */
interface Reader {
  readonly expected: string
  /** From a query string or path. */
  text(text: string): unknown
  /** From a JSON body. */
  json(value: unknown): unknown
}

const INT32 = 2 ** 31
const INT64 = 2n ** 63n
const DATE_TIME =
  /^(\d{4}-\d{2}-\d{2})(T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2}))?$/
const DECIMAL = /^[+-]?\d{1,100}(\.\d{1,100})?(e[+-]?\d{1,2})?$/i
const BASE64 = /^(?:[A-Za-z\d+/]{4})*(?:[A-Za-z\d+/]{2}==|[A-Za-z\d+/]{3}=)?$/
const UUID = /^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/i

const isString = (value: unknown): value is string => typeof value === 'string'
const number = (value: unknown) => (Number.isFinite(value) ? (value as number) : undefined)
const int32 = (value: unknown) =>
  Number.isInteger(value) && Number(value) >= -INT32 && Number(value) < INT32 ? value : undefined

function int64(text: string): bigint | undefined {
  if (!/^-?\d{1,19}$/.test(text)) return undefined
  const value = BigInt(text)
  return value >= -INT64 && value < INT64 ? value : undefined
}

function dateTime(text: string): Date | undefined {
  const day = DATE_TIME.exec(text)?.[1]
  if (day === undefined || day.startsWith('0000')) return undefined
  const date = new Date(text)
  // `new Date` takes 30 February for 1 March.
  const valid = !Number.isNaN(date.getTime()) && new Date(day).toISOString().startsWith(day)
  return valid ? date : undefined
}

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

function withinDepth(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return true
  return levels > 0 && Object.values(value).every((child) => withinDepth(child, levels - 1))
}

const READERS: Readonly<Record<ScalarType, Reader>> = {
  String: {
    expected: 'a string',
    text: (text) => text,
    json: (v) => (isString(v) ? v : undefined),
  },
  Int: {
    expected: 'an integer of 32 bits',
    text: (text) => (/^-?\d{1,10}$/.test(text) ? int32(Number(text)) : undefined),
    json: int32,
  },
  BigInt: {
    expected: 'an integer of 64 bits, as a string or number',
    text: int64,
    json: (v) => (Number.isSafeInteger(v) || isString(v) ? int64(String(v)) : undefined),
  },
  Float: {
    expected: 'a number',
    text: (text) => (DECIMAL.test(text) ? number(Number(text)) : undefined),
    json: number,
  },
  Decimal: {
    expected: 'a decimal number, as a string or number',
    text: decimal,
    json: (v) => (number(v) !== undefined || isString(v) ? decimal(String(v)) : undefined),
  },
  Boolean: {
    expected: 'true or false',
    text: (text) => (text === 'true' ? true : text === 'false' ? false : undefined),
    json: (v) => (typeof v === 'boolean' ? v : undefined),
  },
  DateTime: {
    expected: 'a date and time such as 2026-01-31T12:00:00Z',
    text: dateTime,
    json: (v) => (isString(v) ? dateTime(v) : undefined),
  },
  Json: {
    expected: `JSON of at most ${MAX_JSON_DEPTH} levels`,
    text: jsonText,
    json: (v) => (withinDepth(v, MAX_JSON_DEPTH) ? v : undefined),
  },
  Bytes: {
    expected: 'bytes in base64',
    text: bytes,
    json: (v) => (isString(v) ? bytes(v) : undefined),
  },
}

/** What is accepted for a type, for people: `an integer of 32 bits`. */
export const expectedOf = (type: ScalarType): string => READERS[type].expected

/** Reads a value of a JSON body as Prisma takes it; undefined when it is not of the type. */
export const readJson = (type: ScalarType, value: unknown): unknown => READERS[type].json(value)

/**
 * Reads one value of a column, for a filter or a key.
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
  const reader = READERS[field.type]
  const read = fromText ? (isString(value) ? reader.text(value) : undefined) : reader.json(value)
  if (read === undefined) throw invalid(path, `Expected ${reader.expected}.`)
  if (field.format === 'uuid' && !UUID.test(String(read))) throw invalid(path, 'Expected a UUID.')
  return read
}
