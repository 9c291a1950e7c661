import type { Column } from './catalog.js'

/** A column's type in Prisma's language. */
export type FieldType =
  | { readonly kind: 'scalar'; readonly name: string; readonly native: string }
  | { readonly kind: 'enum'; readonly values: readonly string[] }
  | { readonly kind: 'unsupported'; readonly name: string }

/** How Prisma reads a column of MySQL or MariaDB. The native type is empty where Prisma takes it by itself. */
export function typeOf({ type }: Pick<Column, 'type'>): FieldType {
  const [, word = '', inside, rest = ''] = /^(\w+)(?:\((.*)\))?(.*)$/s.exec(type) ?? []
  const base = word.toLowerCase()
  if (base === 'enum') return { kind: 'enum', values: quotedTexts(inside ?? '') }
  const number = NUMBERS[base]
  if (number) return integer(base, number, inside, /\bunsigned\b/.test(rest))
  const found = SIZED[base]?.(inside) ?? PLAIN[base]
  if (!found) return { kind: 'unsupported', name: type }
  const [name, native] = found
  return { kind: 'scalar', name, native }
}

/** Scalar and native type. */
type Found = readonly [name: string, native: string]

const NUMBERS: Readonly<Record<string, Found>> = {
  tinyint: ['Int', 'TinyInt'],
  smallint: ['Int', 'SmallInt'],
  mediumint: ['Int', 'MediumInt'],
  int: ['Int', ''],
  bigint: ['BigInt', ''],
}

function integer(
  base: string,
  [name, native]: Found,
  width: string | undefined,
  isUnsigned: boolean,
): FieldType {
  if (base === 'tinyint' && width === '1' && !isUnsigned)
    return { kind: 'scalar', name: 'Boolean', native: '' }
  return { kind: 'scalar', name, native: isUnsigned ? `Unsigned${native || name}` : native }
}

const PLAIN: Readonly<Record<string, Found>> = {
  double: ['Float', ''],
  float: ['Float', 'Float'],
  year: ['Int', 'Year'],
  date: ['DateTime', 'Date'],
  json: ['Json', ''],
  tinytext: ['String', 'TinyText'],
  text: ['String', 'Text'],
  mediumtext: ['String', 'MediumText'],
  longtext: ['String', 'LongText'],
  tinyblob: ['Bytes', 'TinyBlob'],
  blob: ['Bytes', 'Blob'],
  mediumblob: ['Bytes', 'MediumBlob'],
  longblob: ['Bytes', ''],
  // MariaDB's own, which its driver reads as a text.
  uuid: ['String', 'Char(36)'],
}

const SIZED: Readonly<Record<string, (size: string | undefined) => Found>> = {
  char: (size = '1') => ['String', `Char(${size})`],
  varchar: (size = '191') => ['String', size === '191' ? '' : `VarChar(${size})`],
  binary: (size = '1') => ['Bytes', `Binary(${size})`],
  varbinary: (size = '191') => ['Bytes', `VarBinary(${size})`],
  bit: (size = '1') => [size === '1' ? 'Boolean' : 'Bytes', `Bit(${size})`],
  decimal: (size = '10,0') => [
    'Decimal',
    size === '65,30' ? '' : `Decimal(${size.replace(',', ', ')})`,
  ],
  time: (size = '0') => ['DateTime', `Time(${size})`],
  datetime: (size = '0') => ['DateTime', size === '3' ? '' : `DateTime(${size})`],
  timestamp: (size = '0') => ['DateTime', `Timestamp(${size})`],
}

/** `'a','it''s'` → `a`, `it's` */
const quotedTexts = (list: string): string[] =>
  [...list.matchAll(/'((?:[^']|'')*)'/g)].map(([, value = '']) => value.replaceAll("''", "'"))
