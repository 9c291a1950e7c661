import type { FieldMeta } from '../schema/meta.js'
import type { Context } from './context.js'
import { computedOf } from './custom.js'
import { dayOf, timeOf } from './dates.js'
import { isRelation, isVisible, perModel, type ColumnMeta } from './lookup.js'

type Convert = (value: unknown, view?: View) => unknown
type Row = Readonly<Record<string, unknown>>

/** Whose answer a row stands in, and what was selected; everything where that is left out. */
export interface View {
  readonly context: Context
  readonly selected?: Selected | undefined
}

/** Names that were selected, as a tree; `true` is a column, or a related row as a whole. */
export interface Selected {
  readonly [name: string]: Selected | true
}

/**
 * Brings a row into the form that goes over the wire: BigInt and Decimal as strings, Bytes as base64,
 * DateTime as ISO 8601 (a day or a time of day where the column holds just that); hidden columns and whatever schema/models.ts does not know are dropped, at
 * every level. A row that is in this form already stays the same. With a view computed fields are added, and what
 * was read for them alone is dropped.
 */
export function serialize<T>(model: string, row: object, view?: View): T {
  const convert = converters(model)
  const result: Record<string, unknown> = {}
  for (const name in row) {
    const convertField = convert.get(name)
    if (!convertField || !isSelected(name, view)) continue
    const value = (row as Row)[name]
    const empty = value === null || value === undefined
    result[name] = empty ? value : convertField(value, viewOf(name, view))
  }
  if (!view) return result as T
  for (const [name, { compute }] of computedOf(model)) {
    if (isSelected(name, view)) result[name] = compute(row, view.context)
  }
  return result as T
}

const isSelected = (name: string, view: View | undefined): boolean =>
  view?.selected === undefined || view.selected[name] !== undefined

/** How related rows are seen. */
function viewOf(name: string, view: View | undefined): View | undefined {
  const selected = view?.selected?.[name]
  if (!view || selected === undefined) return view
  return selected === true ? { context: view.context } : { context: view.context, selected }
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
    const one: Convert = (row, view) => serialize(field.model, row as object, view)
    return field.list ? each(one) : one
  }
  const convert = VALUES[field.type]?.(field) ?? unchanged
  return field.list && convert !== unchanged ? each(convert) : convert
}

const each =
  (convert: Convert): Convert =>
  (values, view) =>
    (values as unknown[]).map((value) => convert(value, view))

const unchanged: Convert = (value) => value

const VALUES: Readonly<Record<string, (column: ColumnMeta) => Convert>> = {
  BigInt: () => (value) => String(value),
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
