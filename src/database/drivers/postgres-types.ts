import { ColumnType } from '../engine-types.js'

const TYPES: Readonly<Record<number, number>> = {
  16: ColumnType.Boolean,
  17: ColumnType.Bytes,
  18: ColumnType.Character,
  19: ColumnType.Text,
  20: ColumnType.Int64,
  21: ColumnType.Int32,
  23: ColumnType.Int32,
  25: ColumnType.Text,
  26: ColumnType.Int64,
  114: ColumnType.Json,
  700: ColumnType.Float,
  701: ColumnType.Double,
  1000: ColumnType.BooleanArray,
  1002: ColumnType.CharacterArray,
  1003: ColumnType.TextArray,
  1005: ColumnType.Int32Array,
  1007: ColumnType.Int32Array,
  1009: ColumnType.TextArray,
  1015: ColumnType.TextArray,
  1016: ColumnType.Int64Array,
  1028: ColumnType.Int64Array,
  1082: ColumnType.Date,
  1083: ColumnType.Time,
  1114: ColumnType.DateTime,
  1184: ColumnType.DateTime,
  1700: ColumnType.Numeric,
  2950: ColumnType.Uuid,
  3802: ColumnType.Json,
}

/** What the engine calls the type with this object id. */
export const columnType = (oid: number): number => TYPES[oid] ?? ColumnType.Text

const asText = (text: string): string => text
/** The session's time zone is UTC. */
const asInstant = (text: string): string =>
  `${text.replace(' ', 'T').replace(/[+-]\d{2}(:?\d{2})?$/, '')}+00:00`

/** Types the engine wants as text, by object id. */
export const parsers: Readonly<Record<number, (text: string) => unknown>> = {
  20: asText,
  26: asText,
  114: asText,
  1082: asText,
  1083: asText,
  1114: asInstant,
  1184: asInstant,
  1700: asText,
  3802: asText,
}

/** A PostgreSQL error in the form the engine knows. */
export function describeError(error: unknown): object {
  const {
    message = String(error),
    code = 'N/A',
    severity = 'N/A',
    detail,
    column,
    hint,
  } = error as Record<string, string | undefined>
  const table = /relation "([^"]+)" does not exist/.exec(message)?.[1]
  if (table) return { kind: 'TableDoesNotExist', table, originalMessage: message }
  const originalMessage = message
  return { kind: 'postgres', code, severity, message, detail, column, hint, originalMessage }
}
