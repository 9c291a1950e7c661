import type { z } from 'zod'
import { isRelation, type ColumnMeta } from '../http/lookup.js'
import type { FieldMeta, ModelMeta, ScalarMeta } from '../schema/meta.js'

type Columns = readonly (readonly [name: string, field: ColumnMeta])[]
type Values = Readonly<Record<string, unknown>>

/** A value that a column of this name may hold. */
export function exampleOf(name: string, field: ColumnMeta): unknown {
  const value = field.type === 'Enum' ? field.values[0] : scalar(name, field)
  return field.list ? [value] : value
}

function scalar(name: string, field: ScalarMeta): unknown {
  switch (field.type) {
    case 'String':
      return text(name, field)
    case 'Int':
      return within(1, field)
    case 'Float':
      return within(1.5, field)
    case 'BigInt':
      return '1'
    case 'Decimal':
      return decimal(field)
    case 'Boolean':
      return true
    case 'DateTime':
      return TIMES[field.format ?? ''] ?? '2026-01-31T12:00:00.000Z'
    case 'Json':
      return { key: 'value' }
    case 'Bytes':
      return Buffer.alloc(field.minLength ?? 1, 1).toString('base64')
  }
}

const TIMES: Readonly<Record<string, string>> = { date: '2026-01-31', time: '12:30:00.000Z' }

const FORMATS: Readonly<Record<string, string>> = {
  uuid: '7d8f0a52-3c1e-4b6a-9f0d-2e5b8c7a1d34',
  ip: '192.0.2.1',
}

function text(name: string, field: ScalarMeta): string {
  const { format, minLength = 0, maxLength = 100 } = field
  if (format === 'bits') return '1'.repeat(Math.max(minLength, 1))
  const words = /e-?mail/i.test(name)
    ? 'someone@example.com'
    : /url$/i.test(name)
      ? 'https://example.com'
      : wordsOf(name)
  return FORMATS[format ?? ''] ?? words.padEnd(minLength, '.').slice(0, maxLength)
}

/** `publishedAt` as `Published at`. */
function wordsOf(name: string): string {
  const words = name.replaceAll(/([a-z\d])([A-Z])/g, '$1 $2').toLowerCase()
  return words.charAt(0).toUpperCase() + words.slice(1)
}

const within = (value: number, { min = value, max = value }: ScalarMeta): number =>
  Math.min(Math.max(value, Number(min)), Number(max))

function decimal({ precision, scale }: ScalarMeta): string {
  if (precision === undefined) return '19.99'
  return precision === scale ? '0' : '1'
}

/** A row as it is answered. */
export const rowExample = (columns: Columns): Values =>
  Object.fromEntries(columns.map(([name, field]) => [name, exampleOf(name, field)]))

/** A filter that finds rows by one column; nothing where no column has a value to compare with. */
export function whereExample(columns: Columns): Values {
  const comparable = columns.filter(([, { list, type }]) => !list && type !== 'Json')
  const [name, field] = comparable[Math.min(1, comparable.length - 1)] ?? []
  return name && field ? { [name]: exampleOf(name, field) } : {}
}

/**
 * The least body that the validator takes; where nothing is needed, one column of it.
 * @returns undefined where the validator asks for more than the columns tell
 */
export function bodyExample(model: ModelMeta, body: z.ZodObject): Values | undefined {
  const columns = Object.keys(body.shape).flatMap((name): [string, ColumnMeta][] => {
    const field: FieldMeta | undefined = Object.hasOwn(model.fields, name)
      ? model.fields[name]
      : undefined
    return field && !isRelation(field) ? [[name, field]] : []
  })
  const needed = columns.filter(([, field]) => !field.optional)
  const example = rowExample(needed.length > 0 ? needed : columns.slice(0, 1))
  return body.safeParse(example).success ? example : undefined
}
