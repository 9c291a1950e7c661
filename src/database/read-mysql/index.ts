import { docLines } from '../doc-lines.js'
import type { Catalog, Column, Table } from './catalog.js'
import { defaultOf } from './defaults.js'
import { indexLines } from './indexes.js'
import { NO_NAMES, type KnownNames } from './known-names.js'
import { quote } from './names.js'
import { nameAll, type Named } from './naming.js'
import { joinOf, relationFields, type RelationField } from './relations.js'
import { typeOf } from './types.js'

/**
 * The models, views and enums of a MySQL or MariaDB database in Prisma's language, worded as Prisma's own
 * introspection words them; comments become documentation. Pure.
 * @param known names that are given already
 */
export function mysqlSchema(catalog: Catalog, known: KnownNames = NO_NAMES): string {
  const named = nameAll(catalog, known)
  const relations = relationFields(catalog, named)
  const tables = catalog.tables.filter((table) => !joinOf(table))
  // An app may use one enum for several columns.
  const enums = new Set(
    tables.flatMap((table) =>
      table.columns.flatMap((column) => enumBlock(table, column, named) ?? []),
    ),
  )
  const blocks = [
    ...tables.filter(({ isView }) => !isView),
    ...tables.filter(({ isView }) => isView),
  ].map((table) => modelBlock(table, catalog, named, relations))
  return [...blocks, ...enums].join('\n')
}

const NO_IDENTITY =
  '/// The underlying table does not contain a valid unique identifier and can therefore currently not be handled by Prisma Client.'

function modelBlock(
  table: Table,
  { isMariadb }: Catalog,
  named: Named,
  relations: readonly RelationField[],
): string {
  const indexes = table.isView ? { fields: new Map(), block: [] } : indexLines(table, named)
  const ignored = named.isIgnored(table)
  const name = named.model(table.name)
  const attributes = [
    ...indexes.block,
    ...(name === table.name ? [] : [`@@map(${quote(table.name)})`]),
    ...(ignored ? ['@@ignore'] : []),
  ]
  const lines = [
    ...table.columns.flatMap((column) =>
      fieldLines(table, column, indexes.fields.get(column.name) ?? '', named, isMariadb),
    ),
    ...relations.filter((one) => one.table === table.name).map(({ line }) => line),
    ...(attributes.length === 0 ? [] : ['', ...attributes]),
  ]
  const head = [...(ignored ? [NO_IDENTITY] : []), ...docLines(table.comment)]
  const body = lines.map((line) => (line === '' ? '' : `  ${line}`))
  return [...head, `${table.isView ? 'view' : 'model'} ${name} {`, ...body, '}', ''].join('\n')
}

function fieldLines(
  table: Table,
  column: Column,
  indexed: string,
  named: Named,
  isMariadb: boolean,
): string[] {
  const type = typeOf(column)
  const name = named.field(table.name, column.name)
  const typeName =
    type.kind === 'scalar'
      ? type.name
      : type.kind === 'enum'
        ? named.enum(table.name, column.name)
        : `Unsupported(${quote(type.name)})`
  const attributes = [
    indexed,
    table.isView
      ? ''
      : defaultOf(column, type, isMariadb, named.values(table.name, column.name, type)),
    /\bon update\b/i.test(column.extra) ? ' @updatedAt' : '',
    name === column.name ? '' : ` @map(${quote(column.name)})`,
    type.kind === 'scalar' && type.native !== '' ? ` @db.${type.native}` : '',
  ]
  const canWrite = table.isView || column.expression === '' || type.kind === 'unsupported'
  return [
    ...docLines(column.comment),
    ...(canWrite ? [] : ['/// @readonly']),
    `${name} ${typeName}${column.isNullable ? '?' : ''}${attributes.join('')}`,
  ]
}

function enumBlock(table: Table, column: Column, named: Named): string | null {
  if (typeOf(column).kind !== 'enum') return null
  const lines = [...named.values(table.name, column.name, typeOf(column))].map(
    ([value, name]) => `  ${name}${value === name ? '' : ` @map(${quote(value)})`}`,
  )
  const name = named.enum(table.name, column.name)
  return [`enum ${name} {`, ...lines, '}', ''].join('\n')
}
