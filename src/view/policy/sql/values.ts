import type { Enum, EnumField, ScalarField } from '../../../schema/model.js'
import { OWN, text } from './quote.js'

type ColumnField = ScalarField | EnumField
type Enums = ReadonlyMap<string, Enum>

/** Types of text that PostgreSQL compares with nothing but themselves. */
const ODD_TEXTS = new Set(['Inet', 'Bit', 'VarBit', 'Xml'])

const nativeOf = (field: ColumnField): string | null => field.nativeType?.name ?? null

/**
 * A column as values are compared with it. An enum's is a text: a value that the same migration adds to the enum could not
 * be used as one of it yet.
 */
export function comparable(field: ColumnField, column: string): string {
  if (field.kind === 'enum') return field.list ? `${column}::text[]` : `${column}::text`
  const native = nativeOf(field)
  if (native === 'Citext') return `lower(${column}::text)`
  if (native === 'Money') return `${column}::numeric`
  return native !== null && ODD_TEXTS.has(native) ? `${column}::text` : column
}

/** A value of the schema's text as one to compare with the column. */
export function valueOf(
  field: ColumnField,
  value: string | number | boolean,
  enums: Enums,
): string {
  if (field.kind === 'enum') return text(dbNameOf(field, String(value), enums))
  switch (field.type) {
    case 'String':
      return textOf(field, String(value))
    case 'Boolean':
      return String(value)
    case 'DateTime':
      return dateOf(field, String(value))
    default:
      return `(${String(value)})`
  }
}

const dbNameOf = ({ type }: EnumField, name: string, enums: Enums): string =>
  enums.get(type)!.values.find((value) => value.name === name)!.dbName

function textOf(field: ScalarField, value: string): string {
  const native = nativeOf(field)
  if (native === 'Uuid') return `${text(value)}::uuid`
  return native === 'Citext' ? `lower(${text(value)})` : text(value)
}

/** Prisma keeps times of columns without a zone as UTC. */
function dateOf(field: ScalarField, value: string): string {
  const iso = new Date(value).toISOString()
  switch (nativeOf(field)) {
    case 'Timestamptz':
      return `${text(iso)}::timestamptz`
    case 'Date':
      return `${text(iso.slice(0, 10))}::date`
    case 'Time':
    case 'Timetz':
      return `${text(iso.slice(11))}::${nativeOf(field)!.toLowerCase()}`
    default:
      return `${text(iso.replace('Z', ''))}::timestamp`
  }
}

const CASTS: Readonly<Record<string, string>> = {
  String: 'as_text',
  Int: 'as_int',
  BigInt: 'as_bigint',
  Float: 'as_float',
  Decimal: 'as_decimal',
  Boolean: 'as_boolean',
}

/** A claim, which is JSON, as a value to compare with the column; null for one of another type. */
export function claimFor(field: ColumnField, claim: string, enums: Enums): string {
  if (field.kind === 'enum') {
    const cases = enums
      .get(field.type)!
      .values.map(({ name, dbName }) => `WHEN ${text(name)} THEN ${text(dbName)}`)
    return `CASE ${OWN}.as_text(${claim}) ${cases.join(' ')} END`
  }
  const native = nativeOf(field)
  if (field.type === 'DateTime') return dateClaim(native, `${OWN}.as_time(${claim})`)
  if (native === 'Uuid') return `${OWN}.as_uuid(${claim})`
  const cast = `${OWN}.${CASTS[field.type]!}(${claim})`
  return native === 'Citext' ? `lower(${cast})` : cast
}

function dateClaim(native: string | null, time: string): string {
  switch (native) {
    case 'Timestamptz':
      return time
    case 'Date':
      return `(${time} AT TIME ZONE 'UTC')::date`
    case 'Time':
    case 'Timetz':
      return `(${time} AT TIME ZONE 'UTC')::${native.toLowerCase()}`
    default:
      return `(${time} AT TIME ZONE 'UTC')`
  }
}

/** A claim as a value to compare with one of the rule's own. */
export const claimLike = (value: string | number | boolean, claim: string): string =>
  `${OWN}.${{ string: 'as_text', number: 'as_float', boolean: 'as_boolean' }[typeof value as 'string']}(${claim})`
