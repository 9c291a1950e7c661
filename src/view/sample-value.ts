import type { EnumField, Provider, ScalarField } from '../schema/model.js'
import { limitsOf } from './limits.js'
import { wordsOf } from './names.js'
import { textFor } from './sample-words.js'

/** A value as it travels: BigInt and Decimal as strings, Bytes as base64, DateTime as ISO 8601. */
export type JsonValue =
  | string
  | number
  | boolean
  | null
  | readonly JsonValue[]
  | { readonly [key: string]: JsonValue }

/** What a value depends on besides its field. */
export type SampleContext = {
  readonly model: string
  readonly provider: Provider
  /** Names of the enum's values; empty for a scalar. */
  readonly values: readonly string[]
  /** True where the field is part of a unique constraint: rows must differ before they look natural. */
  readonly distinct: boolean
}

/**
 * The value of a field in sample row `n`: valid for its type and native type, the same at every call.
 * @param n row, from 0; different rows differ as far as the type allows
 */
export function sampleValue(
  field: ScalarField | EnumField,
  context: SampleContext,
  n: number,
): JsonValue {
  if (!field.list) return single(field, context, n)
  const first = single(field, context, n)
  const second = single(field, context, n + 1)
  return JSON.stringify(first) === JSON.stringify(second) ? [first] : [first, second]
}

function single(field: ScalarField | EnumField, context: SampleContext, n: number): JsonValue {
  if (field.kind === 'enum') return context.values[n % context.values.length] ?? null
  switch (field.type) {
    case 'String':
      return sampleString(field, context, n)
    case 'Int':
      return sampleInt(field, context, n)
    case 'BigInt':
      return String(
        /\b(size|bytes)\b/.test(wordsOf(field.name).join(' ')) ? 1024 * (n + 1) : 1000 + n,
      )
    case 'Float':
      return n + 0.5
    case 'Decimal':
      return sampleDecimal(field, n)
    case 'Boolean':
      return n % 2 === 0
    case 'DateTime':
      return sampleDateTime(field, n)
    case 'Json':
      return { sample: n + 1, tags: ['example'] }
    case 'Bytes':
      return sampleBytes(field, n)
  }
}

function sampleString(field: ScalarField, context: SampleContext, n: number): string {
  const native = field.nativeType?.name ?? ''
  const size = Number(field.nativeType?.args[0] ?? 1)
  if (native === 'Uuid' || native === 'UniqueIdentifier')
    return `00000000-0000-4000-8000-${(n + 1).toString(16).padStart(12, '0')}`
  if (native === 'Bit' || native === 'VarBit')
    return (n + 1).toString(2).slice(-size).padStart(size, '0')
  if (native === 'Inet') return `192.0.2.${n + 1}`
  if (native === 'Xml') return `<sample>${n + 1}</sample>`
  const text = textFor({ field: wordsOf(field.name), model: wordsOf(context.model) }, n)
  const fixed = native === 'Char' || native === 'NChar'
  return fitted(text, lengthLimit(field, context.provider), fixed, n)
}

/** Prisma makes a plain String `VARCHAR(191)` on MySQL; elsewhere only a native type limits it. */
function lengthLimit(field: ScalarField, provider: Provider): number | undefined {
  const { maxLength } = limitsOf(field)
  if (maxLength !== undefined) return maxLength
  if (field.nativeType?.name === 'Char' || field.nativeType?.name === 'NChar') return 1
  if (field.nativeType?.name === 'TinyText') return 255
  return provider === 'mysql' && field.nativeType === null ? 191 : undefined
}

/** Cut to the length with the row's number at its end, so that rows still differ; padded where the type is of fixed length. */
function fitted(text: string, max: number | undefined, fixed: boolean, n: number): string {
  if (max === undefined) return text
  if (text.length === max || (text.length < max && !fixed)) return text
  const tail = max < 3 ? String.fromCharCode(65 + (n % 26)) : String(n + 1)
  const head = text.slice(0, Math.max(0, max - tail.length)).trimEnd()
  return head.padEnd(max - tail.length, 'x') + tail
}

function sampleInt(field: ScalarField, { distinct }: SampleContext, n: number): number {
  const words = wordsOf(field.name).join(' ')
  const { min = -2_147_483_648, max = 2_147_483_647 } = limitsOf(field)
  const wanted = distinct || field.id ? n + 1 : naturalInt(words, n)
  return wanted < min || wanted > max ? min + (n % (max - min + 1)) : wanted
}

function naturalInt(words: string, n: number): number {
  if (/\b(rating|stars|score)\b/.test(words)) return 5 - (n % 5)
  if (/\byear\b/.test(words)) return 2020 + n
  if (/\b(age)\b/.test(words)) return 25 + n
  if (/\b(position|index|order|rank|priority)\b/.test(words)) return n
  if (/\b(price|amount|total|cost|cents|views|tokens?|grams)\b/.test(words)) return 100 * (n + 1)
  return n + 1
}

// No trailing zeros: databases drop them, and what comes back is compared with what was sent.
function sampleDecimal(field: ScalarField, n: number): string {
  const { nativeType } = field
  const [precision, scale] =
    nativeType?.args.length && /^(Decimal|Numeric)$/.test(nativeType.name)
      ? nativeType.args.map(Number)
      : [12, 2]
  const digits = (precision ?? 12) - (scale ?? 0)
  if (
    /\b(rate|ratio|share|percent|discount)\b/.test(wordsOf(field.name).join(' ')) &&
    (scale ?? 0) > 1
  )
    return `0.${String(n + 1)
      .padStart(2, '0')
      .replace(/0$/, '5')}`
  const whole =
    digits <= 0
      ? '0'
      : digits === 1
        ? String((n + 1) % 10)
        : String(10 * (n + 1) - 1).slice(-digits)
  if (!scale) return whole
  return digits <= 0
    ? `0.${String(n + 1).padStart(scale, '0')}`
    : `${whole}.${scale === 1 ? '5' : '95'}`
}

const DAY = 86_400_000

function sampleDateTime(field: ScalarField, n: number): string {
  const words = wordsOf(field.name).join(' ')
  const { format } = limitsOf(field)
  if (format === 'time') return `1970-01-01T${String(8 + (n % 12)).padStart(2, '0')}:30:00.000Z`
  const year = /\b(birth|born)\b/.test(words)
    ? 1990
    : /\b(expires?|ends?|due|until|deadline)\b/.test(words)
      ? 2030
      : 2025
  const date = new Date(Date.UTC(year, 0, 15, format === 'date' ? 0 : 9) + n * DAY)
  return date.toISOString()
}

function sampleBytes(field: ScalarField, n: number): string {
  const size = Number(field.nativeType?.args[0])
  if (field.nativeType?.name === 'Bit')
    return bytes([...Array(Math.ceil(size / 8) - 1).fill(0), (n + 1) % 2 ** Math.min(size, 8)])
  const exact = field.nativeType?.name === 'Binary' ? size || 1 : Math.min(size || 4, 4)
  return bytes([n + 1, 2, 3, 255, ...Array(Math.max(0, exact - 4)).fill(1)].slice(0, exact))
}

const bytes = (values: readonly number[]): string => Buffer.from(values).toString('base64')
