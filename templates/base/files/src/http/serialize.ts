import type { FieldMeta } from '../schema/meta.js'
import { dayOf, timeOf } from './dates.js'
import { isRelation, isVisible, perModel, type ColumnMeta } from './lookup.js'

type Convert = (value: unknown) => unknown
type Row = Readonly<Record<string, unknown>>

/**
 * Brings a row into the form that goes over the wire: BigInt and Decimal as strings, Bytes as base64,
 * DateTime as ISO 8601 (a day or a time of day where the column holds just that); hidden columns and whatever schema/models.ts does not know are dropped, at
 * every level. A row that is in this form already stays the same.
 */
export function serialize<T>(model: string, row: object): T {
  const convert = converters(model)
  const result: Record<string, unknown> = {}
  for (const name in row) {
    const convertField = convert.get(name)
    if (!convertField) continue
    const value = (row as Row)[name]
    result[name] = value === null || value === undefined ? value : convertField(value)
  }
  return result as T
}

/** How to convert each field that may leave the server. */
const converters = perModel(
  (meta): ReadonlyMap<string, Convert> =>
    new Map(
      Object.entries(meta.fields)
        .filter(([, field]) => isVisible(field))
        .map(([name, field]) => [name, converterOf(field)]),
    ),
)

function converterOf(field: FieldMeta): Convert {
  if (isRelation(field)) {
    const one: Convert = (row) => serialize(field.model, row as object)
    return field.list ? each(one) : one
  }
  const convert = VALUES[field.type]?.(field) ?? unchanged
  return field.list && convert !== unchanged ? each(convert) : convert
}

const each =
  (convert: Convert): Convert =>
  (values) =>
    (values as unknown[]).map(convert)

const unchanged: Convert = (value) => value

const VALUES: Readonly<Record<string, (column: ColumnMeta) => Convert>> = {
  BigInt: () => String,
  Bytes: () => (value) =>
    value instanceof Uint8Array ? Buffer.from(value).toString('base64') : value,
  DateTime: (column) => {
    const write = writerOf(column)
    return (value) => (value instanceof Date ? write(value) : value)
  },
  // Never in exponential notation, as `toString` would do for large and small values.
  Decimal: () => (value) => (typeof value === 'string' ? value : (value as Decimal).toFixed()),
}

function writerOf(column: ColumnMeta): (date: Date) => string {
  const format = column.type === 'DateTime' ? column.format : undefined
  if (format === 'date') return dayOf
  return format === 'time' ? timeOf : (date) => date.toISOString()
}

interface Decimal {
  toFixed(): string
}
