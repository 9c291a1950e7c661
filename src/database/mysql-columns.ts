import type { RawEnum, RawField } from '../schema/datamodel.js'

const TYPES: Readonly<Record<string, string>> = {
  String: 'VARCHAR(191)',
  Int: 'INTEGER',
  BigInt: 'BIGINT',
  Float: 'DOUBLE',
  Decimal: 'DECIMAL(65, 30)',
  Boolean: 'BOOLEAN',
  DateTime: 'DATETIME(3)',
  Json: 'JSON',
  Bytes: 'LONGBLOB',
}

export const quoteName = (name: string): string => `\`${name.replaceAll('`', '``')}\``

export const quoteText = (text: string): string =>
  `'${text.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`

/** The type of a column: `VARCHAR(191)`, `INTEGER UNSIGNED`, `ENUM('a', 'b')`. */
export function typeOf(field: RawField, enums: ReadonlyMap<string, RawEnum>): string {
  const values = enums.get(field.type)?.values
  if (values) return `ENUM(${values.map((v) => quoteText(v.dbName ?? v.name)).join(', ')})`
  if (!field.nativeType) return TYPES[field.type] ?? 'LONGBLOB'
  const [name, args] = field.nativeType
  const base = name.replace(/^Unsigned/, '')
  const type = base === 'Int' ? 'INTEGER' : base.toUpperCase()
  const size = args.length > 0 ? `(${args.join(', ')})` : ''
  return `${type}${size}${base === name ? '' : ' UNSIGNED'}`
}

/** What follows the type: ` AUTO_INCREMENT`, ` DEFAULT 'x'`, or nothing where Prisma fills in the value. */
export function defaultOf(
  field: RawField,
  type: string,
  enums: ReadonlyMap<string, RawEnum>,
): string {
  const value = field.default
  if (value === undefined || Array.isArray(value)) return ''
  if (typeof value === 'object' && 'name' in value) return functionDefault(value, type)
  const literal = literalOf(field, value as string | number | boolean, type, enums)
  // These types take a default only as an expression.
  const isExpression = /^(JSON|(TINY|MEDIUM|LONG)?(TEXT|BLOB))$/.test(type)
  return ` DEFAULT ${isExpression ? `(${literal})` : literal}`
}

function functionDefault(value: { name: string; args: readonly unknown[] }, type: string): string {
  switch (value.name) {
    case 'autoincrement':
      return ' AUTO_INCREMENT'
    case 'now':
      return ` DEFAULT ${now(type)}`
    case 'dbgenerated': {
      const [expression] = value.args
      return typeof expression === 'string' && expression !== '' ? ` DEFAULT (${expression})` : ''
    }
    default:
      return ''
  }
}

/** The precision must be that of the column. */
function now(type: string): string {
  if (type === 'DATE') return '(CURRENT_DATE)'
  if (type.startsWith('TIME(') || type === 'TIME') return '(CURRENT_TIME)'
  return `CURRENT_TIMESTAMP${/\(\d\)$/.exec(type)?.[0] ?? ''}`
}

function literalOf(
  field: RawField,
  value: string | number | boolean,
  type: string,
  enums: ReadonlyMap<string, RawEnum>,
): string {
  if (field.kind === 'enum') {
    const found = enums.get(field.type)?.values.find(({ name }) => name === value)
    return quoteText(found?.dbName ?? String(value))
  }
  switch (field.type) {
    case 'Int':
    case 'BigInt':
    case 'Float':
    case 'Decimal':
    case 'Boolean':
      return String(value)
    case 'Bytes':
      return `0x${Buffer.from(String(value), 'base64').toString('hex')}`
    case 'DateTime':
      return quoteText(timeOf(String(value), type))
    default:
      return quoteText(String(value))
  }
}

/** MySQL knows no `T` and no zone. */
function timeOf(iso: string, type: string): string {
  const text = new Date(iso).toISOString()
  if (type === 'DATE') return text.slice(0, 10)
  if (type.startsWith('TIME(') || type === 'TIME') return text.slice(11, 23)
  return text.slice(0, 23).replace('T', ' ')
}
