import type { Column } from './catalog.js'
import { quote } from './names.js'
import type { FieldType } from './types.js'

/**
 * The attribute that says what a column gets where nothing is given: ` @default(now())`, or nothing.
 * @param enumNames names of an enum's values in the schema, by value
 */
export function defaultOf(
  column: Column,
  type: FieldType,
  isMariadb: boolean,
  enumNames: ReadonlyMap<string, string>,
): string {
  if (/\bauto_increment\b/i.test(column.extra)) return ' @default(autoincrement())'
  if (column.expression !== '') return ` @default(dbgenerated(${quote(column.expression)}))`
  if (column.default === null || (isMariadb && column.default === 'NULL')) return ''
  const value = literalOf(column, isMariadb)
  if (value === null) return ` @default(${functionOf(column.default, type)})`
  const literal = inSchema(value, type, enumNames)
  return ` @default(${literal ?? `dbgenerated(${quote(quoted(value))})`})`
}

/** The text of a default that is a literal; null for an expression. */
function literalOf({ default: preset, extra }: Column, isMariadb: boolean): string | null {
  const text = preset ?? ''
  if (!isMariadb) return /\bDEFAULT_GENERATED\b/i.test(extra) || isNow(text) ? null : text
  const inside = /^'(.*)'$/s.exec(text)?.[1]
  if (inside !== undefined) return inside.replaceAll("''", "'").replaceAll('\\\\', '\\')
  return /^(-?[\d.]+(e[+-]?\d+)?|b'[01]+')$/i.test(text) ? text : null
}

const isNow = (text: string): boolean => /^(current_timestamp|now)\b/i.test(text)

function functionOf(expression: string, type: FieldType): string {
  if (type.kind === 'scalar' && type.name === 'DateTime' && isNow(expression)) return 'now()'
  return `dbgenerated(${quote(expression.replace(/^\((.*)\)$/s, '$1'))})`
}

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`

/** @returns null where Prisma has no literal of this type */
function inSchema(
  value: string,
  type: FieldType,
  enumNames: ReadonlyMap<string, string>,
): string | null {
  if (type.kind === 'enum') return enumNames.get(value) ?? null
  if (type.kind === 'unsupported') return null
  switch (type.name) {
    case 'String':
      return quote(value)
    case 'Boolean':
      return /^(b')?0+'?$/.test(value) ? 'false' : 'true'
    case 'Int':
    case 'BigInt':
      return /^-?\d+$/.test(value) && BigInt.asIntN(64, BigInt(value)) === BigInt(value)
        ? value
        : null
    case 'Float':
    case 'Decimal':
      return /^-?\d+(\.\d+)?$/.test(value) ? value : null
    default:
      return null
  }
}
