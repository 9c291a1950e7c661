import { isRelation, isVisible, type ColumnMeta } from '../http/lookup.js'
import type {
  FieldMeta,
  Limits,
  ModelMeta,
  RelationMeta,
  ScalarMeta,
  ScalarType,
} from '../schema/meta.js'
import { computedOf } from '../http/custom.js'
import { rowExample } from './examples.js'
import {
  arrayOf,
  described,
  nullable,
  schemaOf,
  strictObject,
  type JsonSchema,
} from './json-schema.js'
import { refTo } from './names.js'

/** How each type is answered: BigInt and Decimal as text, so that no digit is lost; Bytes as base64. */
const SCALARS: Readonly<Record<ScalarType, JsonSchema>> = {
  String: { type: 'string' },
  Int: { type: 'integer', format: 'int32', minimum: -(2 ** 31), maximum: 2 ** 31 - 1 },
  BigInt: { type: 'string', pattern: '^-?\\d+$', examples: ['9007199254740993'] },
  Float: { type: 'number', format: 'double' },
  Decimal: { type: 'string', pattern: '^-?\\d+(\\.\\d+)?$', examples: ['19.99'] },
  Boolean: { type: 'boolean' },
  DateTime: { type: 'string', format: 'date-time' },
  Json: {},
  Bytes: { type: 'string', contentEncoding: 'base64' },
}

const DAY_OR_INSTANT: JsonSchema = {
  anyOf: [
    { type: 'string', format: 'date-time' },
    { type: 'string', format: 'date' },
  ],
}

const TIME_OF_DAY: JsonSchema = {
  type: 'string',
  pattern: '^\\d{2}:\\d{2}(:\\d{2}(\\.\\d{1,9})?)?(Z|[+-]\\d{2}:\\d{2})?$',
  examples: ['12:30:00Z'],
}

export const isColumn = (field: FieldMeta): field is ColumnMeta => !isRelation(field)

/** Columns that leave the server. */
export const visibleColumns = (model: ModelMeta): [string, ColumnMeta][] =>
  Object.entries(model.fields).filter(
    (entry): entry is [string, ColumnMeta] => isColumn(entry[1]) && isVisible(entry[1]),
  )

export const relations = (model: ModelMeta): [string, RelationMeta][] =>
  Object.entries(model.fields).filter((entry): entry is [string, RelationMeta] =>
    isRelation(entry[1]),
  )

/** One value of a column as answers hold it, leaving aside that it may be a list or null. */
export function valueSchema(field: ColumnMeta): JsonSchema {
  if (field.type === 'Enum') return { type: 'string', enum: field.values }
  return { ...SCALARS[field.type], ...limitSchema(field) }
}

/** One value as bodies give it: numbers may also come as numbers, and a day stands for its first moment. */
export function inputSchema(field: ColumnMeta): JsonSchema {
  const schema = valueSchema(field)
  switch (field.type) {
    case 'BigInt':
      return { ...schema, type: ['string', 'integer'] }
    case 'Decimal':
      return field.scale === undefined
        ? { ...schema, type: ['string', 'number'], pattern: DECIMAL }
        : { ...schema, type: ['string', 'number'] }
    case 'DateTime':
      return field.format === 'time' ? TIME_OF_DAY : DAY_OR_INSTANT
    default:
      return schema
  }
}

const DECIMAL = '^[+-]?\\d+(\\.\\d+)?([eE][+-]?\\d{1,2})?$'

/** One value to compare with: it may be longer or finer than what the column holds. */
export function comparedSchema(field: ColumnMeta): JsonSchema {
  switch (field.type) {
    case 'String':
    case 'Bytes':
      return { ...SCALARS[field.type], ...TEXT_FORMATS[field.format ?? 'none'] }
    case 'Decimal':
      return { ...SCALARS.Decimal, type: ['string', 'number'], pattern: DECIMAL }
    default:
      return inputSchema(field)
  }
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
  const pattern = `^-?${whole}${scale === 0 ? '' : `(\\.\\d{1,${scale}})?`}$`
  return { pattern, examples: [precision === scale ? '0' : '1'] }
}

function dateSchema({ format }: Limits): JsonSchema {
  if (format === 'date') return { format, examples: ['2026-01-31'] }
  return format === 'time' ? { format, examples: ['12:30:00Z'] } : {}
}

/** A column as a whole: one value or a list of them, null where it may be. */
export function columnSchema(field: ColumnMeta, value = valueSchema(field)): JsonSchema {
  const schema = field.list ? arrayOf(value) : value
  return described(
    field.nullable && field.type !== 'Json' ? nullable(schema) : schema,
    field.description,
  )
}

/** A row as the API answers it: columns and computed fields always, relations where they were asked for. */
export function rowSchema(model: ModelMeta): JsonSchema {
  const columns = visibleColumns(model)
  const computed = [...computedOf(model.name)]
  const properties = Object.fromEntries([
    ...columns.map(([name, field]) => [name, columnSchema(field)]),
    ...computed.map(([name, { type }]) => [name, { ...schemaOf(type, 'output'), readOnly: true }]),
    ...relations(model).map(([name, field]) => [name, relationSchema(field)]),
  ])
  const schema = strictObject(
    properties,
    [...columns, ...computed].map(([name]) => name),
  )
  // What a computed field may be like is known from its type alone.
  const examples = computed.length === 0 ? { examples: [rowExample(columns)] } : {}
  return { ...described(schema, model.description), ...examples }
}

function relationSchema({ model, list, nullable: optional, description }: RelationMeta) {
  const row = refTo(model)
  const schema = list ? arrayOf(row) : optional ? nullable(row) : row
  return described(schema, description)
}
