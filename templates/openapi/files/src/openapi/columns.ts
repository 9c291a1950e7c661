import type {
  EnumMeta,
  FieldMeta,
  Limits,
  ModelMeta,
  RelationMeta,
  ScalarMeta,
  ScalarType,
} from '../schema/meta.js'
import { arrayOf, nullable, ref, strictObject, type JsonSchema } from './json-schema.js'

export type ColumnMeta = ScalarMeta | EnumMeta

/** How each type travels: BigInt and Decimal as text, so that no digit is lost; Bytes as base64. */
const SCALARS: Readonly<Record<ScalarType, JsonSchema>> = {
  String: { type: 'string' },
  Int: { type: 'integer', format: 'int32' },
  BigInt: { type: 'string', pattern: '^-?\\d+$', examples: ['9007199254740993'] },
  Float: { type: 'number', format: 'double' },
  Decimal: { type: 'string', pattern: '^-?\\d+(\\.\\d+)?([eE][+-]?\\d+)?$', examples: ['19.99'] },
  Boolean: { type: 'boolean' },
  DateTime: { type: 'string', format: 'date-time' },
  Json: {},
  Bytes: { type: 'string', contentEncoding: 'base64' },
}

export const isColumn = (field: FieldMeta): field is ColumnMeta => field.type !== 'Relation'
const isRelation = (field: FieldMeta): field is RelationMeta => field.type === 'Relation'

/** Columns that leave the server. */
export const visibleColumns = (model: ModelMeta): [string, ColumnMeta][] =>
  Object.entries(model.fields).filter(
    (entry): entry is [string, ColumnMeta] => isColumn(entry[1]) && !entry[1].hidden,
  )

export const relations = (model: ModelMeta): [string, RelationMeta][] =>
  Object.entries(model.fields).filter((entry): entry is [string, RelationMeta] =>
    isRelation(entry[1]),
  )

/** One value of a column, leaving aside that it may be a list or null. */
export function valueSchema(field: ColumnMeta): JsonSchema {
  if (field.type === 'Enum') return { type: 'string', enum: field.values }
  return { ...SCALARS[field.type], ...limitSchema(field) }
}

/** What JSON Schema can say of a column's limits; of a limit in bytes it says how many characters can be enough. */
function limitSchema(field: ScalarMeta): JsonSchema {
  const { min, max } = field
  switch (field.type) {
    case 'String':
      return { ...lengths(field), ...TEXT_FORMATS[field.format ?? 'none'] }
    case 'Bytes':
      return lengths({
        minLength: base64Length(field.minLength),
        maxLength: base64Length(field.maxLength),
      })
    case 'Int':
    case 'Float':
      return {
        ...(min === undefined ? {} : { minimum: min }),
        ...(max === undefined ? {} : { maximum: max }),
      }
    case 'BigInt':
      return min === '0' ? { pattern: '^\\d+$' } : {}
    case 'Decimal':
      return decimalSchema(field)
    case 'DateTime':
      return dateSchema(field)
    default:
      return {}
  }
}

const lengths = ({ minLength, maxLength }: Limits): JsonSchema => ({
  ...(minLength === undefined ? {} : { minLength }),
  ...(maxLength === undefined ? {} : { maxLength }),
})

const base64Length = (size: number | undefined): number | undefined =>
  size === undefined ? undefined : Math.ceil(size / 3) * 4

const TEXT_FORMATS: Readonly<Record<string, JsonSchema>> = {
  uuid: { format: 'uuid' },
  bits: { pattern: '^[01]*$' },
}

function decimalSchema({ precision, scale }: Limits): JsonSchema {
  if (precision === undefined || scale === undefined) return {}
  const whole = precision === scale ? '0' : `\\d{1,${precision - scale}}`
  return { pattern: `^-?${whole}${scale === 0 ? '' : `(\\.\\d{1,${scale}})?`}$` }
}

function dateSchema({ format }: Limits): JsonSchema {
  if (format === 'date') return { format, examples: ['2026-01-31'] }
  return format === 'time' ? { format, examples: ['12:30:00Z'] } : {}
}

/** A column as answers hold it and bodies give it. */
export function columnSchema(field: ColumnMeta): JsonSchema {
  const value = field.list ? arrayOf(valueSchema(field)) : valueSchema(field)
  const schema = field.nullable && field.type !== 'Json' ? nullable(value) : value
  return field.description === undefined ? schema : { ...schema, description: field.description }
}

/** A row as the API answers it: columns always, relations where they were asked for. */
export function rowSchema(model: ModelMeta): JsonSchema {
  const columns = visibleColumns(model)
  const properties = Object.fromEntries([
    ...columns.map(([name, field]) => [name, columnSchema(field)]),
    ...relations(model).map(([name, field]) => [name, relationSchema(field)]),
  ])
  return {
    ...strictObject(properties),
    ...(model.description === undefined ? {} : { description: model.description }),
  }
}

function relationSchema({ model, list, nullable: optional }: RelationMeta): JsonSchema {
  if (list) return arrayOf(ref(model))
  return optional ? nullable(ref(model)) : ref(model)
}
