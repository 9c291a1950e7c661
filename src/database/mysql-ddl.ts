import type { RawEnum, RawField, RawModel } from '../schema/datamodel.js'
import { defaultOf, quoteName, quoteText, typeOf } from './mysql-columns.js'
import { columnOf, type MysqlDatamodel, type MysqlIndex } from './mysql-datamodel.js'
import { foreignKey, joinTables, type JoinTable } from './mysql-relations.js'

const TABLE_OPTIONS = 'DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci'

/**
 * The script that creates a schema in an empty MySQL or MariaDB database: tables, indexes and foreign keys,
 * worded and named as Prisma does. Pure.
 */
export function mysqlScript(datamodel: MysqlDatamodel): string {
  const enums = new Map(datamodel.enums.map((type) => [type.name, type]))
  const joins = joinTables(datamodel)
  const keys = datamodel.foreignKeys
    ? [
        ...datamodel.models.flatMap((model) => foreignKeysOf(model, datamodel)),
        ...joins.flatMap(joinKeys),
      ]
    : []
  return [
    ...datamodel.models.map((model) => createTable(model, datamodel, enums)),
    ...joins.map((join) => createJoinTable(join, enums)),
    ...keys,
  ].join('\n')
}

const tableOf = (model: RawModel): string => model.dbName ?? model.name

function createTable(
  model: RawModel,
  datamodel: MysqlDatamodel,
  enums: ReadonlyMap<string, RawEnum>,
): string {
  const fields = new Map(model.fields.map((field) => [field.name, field]))
  const columns = model.fields
    .filter((field) => field.kind !== 'object')
    .map((field) => column(field, datamodel.unsupported.get(`${model.name}.${field.name}`), enums))
  const indexes = datamodel.indexes
    .filter((index) => index.model === model.name)
    .map((index) => indexLine(index, tableOf(model), fields))
  // Prisma puts the primary key last.
  const ordered = indexes.sort((a, b) => Number(a.isPrimary) - Number(b.isPrimary))
  return createStatement(
    tableOf(model),
    columns,
    ordered.map(({ line }) => line),
  )
}

const createStatement = (
  table: string,
  columns: readonly string[],
  keys: readonly string[],
): string => {
  const lines = columns.map((line) => `    ${line}`).join(',\n')
  const tail = keys.length > 0 ? `,\n\n${keys.map((line) => `    ${line}`).join(',\n')}` : ''
  return `-- CreateTable\nCREATE TABLE ${quoteName(table)} (\n${lines}${tail}\n) ${TABLE_OPTIONS};\n`
}

function column(
  field: RawField,
  unsupported: string | undefined,
  enums: ReadonlyMap<string, RawEnum>,
): string {
  const type = unsupported ?? typeOf(field, enums)
  const nullable = field.isRequired ? 'NOT NULL' : 'NULL'
  return `${quoteName(columnOf(field))} ${type} ${nullable}${defaultOf(field, type, enums)}`
}

const KINDS = { unique: 'UNIQUE INDEX', normal: 'INDEX', fulltext: 'FULLTEXT INDEX' } as const

function indexLine(
  index: MysqlIndex,
  table: string,
  fields: ReadonlyMap<string, RawField>,
): { line: string; isPrimary: boolean } {
  const names = index.fields.map(({ name }) => columnOf(fields.get(name)!))
  const columns = index.fields.map(({ length, sortOrder }, position) => {
    const size = length === undefined ? '' : `(${length})`
    return `${quoteName(names[position]!)}${size}${sortOrder === 'desc' ? ' DESC' : ''}`
  })
  const list = `(${columns.join(', ')})`
  if (index.type === 'id') return { line: `PRIMARY KEY ${list}`, isPrimary: true }
  const suffix = index.type === 'unique' ? '_key' : '_idx'
  const name = index.dbName ?? defaultName([table, ...names], suffix)
  return { line: `${KINDS[index.type]} ${quoteName(name)}${list}`, isPrimary: false }
}

/** MySQL's identifiers have 64 characters at most; Prisma cuts before the suffix. */
function defaultName(parts: readonly string[], suffix: string): string {
  return parts.join('_').slice(0, 64 - suffix.length) + suffix
}

function foreignKeysOf(model: RawModel, datamodel: MysqlDatamodel): string[] {
  const relations = model.fields.filter((field) => (field.relationFromFields?.length ?? 0) > 0)
  return relations.map((field) => {
    const key = foreignKey(model, field, datamodel.models)
    const given = datamodel.foreignKeyNames.get(`${model.name}.${field.name}`)
    const name = given ?? defaultName([tableOf(model), ...key.columns], '_fkey')
    return addForeignKey(tableOf(model), name, key)
  })
}

type KeyText = ReturnType<typeof foreignKey>

function addForeignKey(table: string, name: string, key: KeyText): string {
  const list = (names: readonly string[]) => names.map(quoteName).join(', ')
  return (
    `-- AddForeignKey\nALTER TABLE ${quoteName(table)} ADD CONSTRAINT ${quoteName(name)} ` +
    `FOREIGN KEY (${list(key.columns)}) REFERENCES ${quoteName(key.table)}(${list(key.references)}) ` +
    `ON DELETE ${key.onDelete} ON UPDATE ${key.onUpdate};\n`
  )
}

function createJoinTable({ name, a, b }: JoinTable, enums: ReadonlyMap<string, RawEnum>): string {
  return createStatement(
    name,
    [`\`A\` ${typeOf(a.id, enums)} NOT NULL`, `\`B\` ${typeOf(b.id, enums)} NOT NULL`],
    [
      `UNIQUE INDEX ${quoteName(defaultName([name], '_AB_unique'))}(\`A\`, \`B\`)`,
      `INDEX ${quoteName(defaultName([name], '_B_index'))}(\`B\`)`,
    ],
  )
}

function joinKeys({ name, a, b }: JoinTable): string[] {
  const actions = { onDelete: 'CASCADE', onUpdate: 'CASCADE' }
  const sides = [
    { column: 'A', ...a },
    { column: 'B', ...b },
  ]
  return sides.map(({ column: own, model, id }) =>
    addForeignKey(name, defaultName([name, own], '_fkey'), {
      columns: [own],
      table: tableOf(model),
      references: [columnOf(id)],
      ...actions,
    }),
  )
}

/** SQL that creates the database where it is missing. */
export const createDatabase = (name: string): string =>
  `CREATE DATABASE IF NOT EXISTS ${quoteName(name)} ${TABLE_OPTIONS}`

/** SQL that lists the tables of a database. */
export const listTables = (name: string): string =>
  `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = ${quoteText(name)}`
