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
      return sampleDecimal(field, context, n)
    case 'Boolean':
      return n % 2 === 0
    case 'DateTime':
      return sampleDateTime(field, context, n)
    case 'Json':
      return { sample: n + 1, tags: ['example'] }
    case 'Bytes':
      return sampleBytes(field, context, n)
  }
}

function sampleString(field: ScalarField, context: SampleContext, n: number): string {
  const { format, minLength, maxLength } = limitsOf(field, context.provider)
  const native = field.nativeType?.name
  if (format === 'uuid') return `00000000-0000-4000-8000-${(n + 1).toString(16).padStart(12, '0')}`
  if (format === 'bits') {
    const size = minLength ?? Math.min(maxLength ?? 8, 8)
    return (n + 1).toString(2).slice(-size).padStart(size, '0')
  }
  if (format === 'ip') return `192.0.2.${n + 1}`
  if (native === 'Xml') return `<sample>${n + 1}</sample>`
  const text = textFor({ field: wordsOf(field.name), model: wordsOf(context.model) }, n)
  return fitted(text, maxLength, native === 'Char' || native === 'NChar', n)
}

/** Cut to the length with the row's number at its end, so that rows still differ; padded where the type is of fixed length. */
function fitted(text: string, max: number | undefined, fixed: boolean, n: number): string {
  if (max === undefined) return text
  if (text.length === max || (text.length < max && !fixed)) return text
  const tail = max < 3 ? String.fromCharCode(65 + (n % 26)) : String(n + 1)
  const head = text.slice(0, Math.max(0, max - tail.length)).trimEnd()
  return head.padEnd(max - tail.length, 'x') + tail
}

function sampleInt(field: ScalarField, { distinct, provider }: SampleContext, n: number): number {
  const words = wordsOf(field.name).join(' ')
  const limits = limitsOf(field, provider)
  const min = Number(limits.min ?? -2_147_483_648)
  const max = Number(limits.max ?? 2_147_483_647)
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
function sampleDecimal(field: ScalarField, { provider }: SampleContext, n: number): string {
  const { precision = 12, scale = 2 } = limitsOf(field, provider)
  const digits = precision - scale
  if (scale > 1 && /\b(rate|ratio|share|percent|discount)\b/.test(wordsOf(field.name).join(' ')))
    return `0.${String(n + 1)
      .padStart(2, '0')
      .replace(/0$/, '5')}`
  const whole = String(10 * (n + 1) - 1).slice(-digits)
  if (digits === 0) return `0.${String(n + 1).padStart(scale, '0')}`
  if (digits === 1) return String((n + 1) % 10) + (scale === 0 ? '' : '.5')
  return scale === 0 ? whole : `${whole}.${scale === 1 ? '5' : '95'}`
}

const DAY = 86_400_000

function sampleDateTime(field: ScalarField, { provider }: SampleContext, n: number): string {
  const words = wordsOf(field.name).join(' ')
  const { format } = limitsOf(field, provider)
  if (format === 'time') return `${String(8 + (n % 12)).padStart(2, '0')}:30:00.000Z`
  const year = /\b(birth|born)\b/.test(words)
    ? 1990
    : /\b(expires?|ends?|due|until|deadline)\b/.test(words)
      ? 2030
      : 2025
  const date = new Date(Date.UTC(year, 0, 15, 9) + n * DAY).toISOString()
  return format === 'date' ? date.slice(0, 10) : date
}

function sampleBytes(field: ScalarField, { provider }: SampleContext, n: number): string {
  const { minLength, maxLength = 4 } = limitsOf(field, provider)
  const size = minLength ?? Math.min(maxLength, 4)
  if (field.nativeType?.name === 'Bit')
    return bytes([...zeros(size - 1), (n + 1) % 2 ** bitsOf(field)])
  return bytes([n + 1, 2, 3, 255, ...zeros(size - 4)].slice(0, size))
}

const bitsOf = ({ nativeType }: ScalarField): number =>
  Math.min(Number(nativeType?.args[0] ?? 1), 8)
const zeros = (count: number): number[] => Array<number>(Math.max(0, count)).fill(0)
const bytes = (values: readonly number[]): string => Buffer.from(values).toString('base64')
