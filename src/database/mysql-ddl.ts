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
  return [
    ...datamodel.models.map((model) => createTable(model, datamodel, enums)),
    ...joinTables(datamodel).map((join) => createJoinTable(join, enums)),
    ...foreignKeysIn(datamodel).map(({ sql }) => sql),
  ].join('\n')
}

/** A foreign key or an index, by its columns, with the statement that makes it. */
export type NamedKey = {
  readonly table: string
  readonly name: string
  readonly columns: readonly string[]
  readonly sql: string
}

/** Every foreign key of a schema. */
export const foreignKeysIn = (datamodel: MysqlDatamodel): NamedKey[] =>
  datamodel.foreignKeys
    ? [
        ...datamodel.models.flatMap((model) => foreignKeysOf(model, datamodel)),
        ...joinTables(datamodel).flatMap(joinKeys),
      ]
    : []

/** Every index of a schema, primary keys aside. */
export const indexesIn = (datamodel: MysqlDatamodel): NamedKey[] =>
  [
    ...datamodel.models.flatMap((model) => indexesOf(model, datamodel)),
    ...joinTables(datamodel).flatMap(({ name }) => joinIndexes(name)),
  ].map(({ line, table, ...key }) => ({
    ...key,
    table,
    sql: `ALTER TABLE ${quoteName(table)} ADD ${line};`,
  }))

const tableOf = (model: RawModel): string => model.dbName ?? model.name

function createTable(
  model: RawModel,
  datamodel: MysqlDatamodel,
  enums: ReadonlyMap<string, RawEnum>,
): string {
  const columns = model.fields
    .filter((field) => field.kind !== 'object')
    .map((field) => column(field, datamodel.unsupported.get(`${model.name}.${field.name}`), enums))
  const indexes = indexesOf(model, datamodel)
  return createStatement(tableOf(model), columns, [
    ...indexes.map(({ line }) => line),
    // Prisma puts the primary key last.
    ...primaryKeyOf(model, datamodel),
  ])
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

type IndexLine = Omit<NamedKey, 'sql'> & { readonly line: string }

const indexesOf = (model: RawModel, { indexes }: MysqlDatamodel): IndexLine[] =>
  indexes.flatMap((index) => {
    if (index.model !== model.name || index.type === 'id') return []
    const table = tableOf(model)
    const { columns, list } = indexColumns(index, model)
    const suffix = index.type === 'unique' ? '_key' : '_idx'
    const name = index.dbName ?? defaultName([table, ...columns], suffix)
    return [{ table, name, columns, line: `${KINDS[index.type]} ${quoteName(name)}${list}` }]
  })

const primaryKeyOf = (model: RawModel, { indexes }: MysqlDatamodel): string[] =>
  indexes
    .filter((index) => index.model === model.name && index.type === 'id')
    .map((index) => `PRIMARY KEY ${indexColumns(index, model).list}`)

function indexColumns(index: MysqlIndex, model: RawModel): { columns: string[]; list: string } {
  const fields = new Map(model.fields.map((field) => [field.name, field]))
  const columns = index.fields.map(({ name }) => columnOf(fields.get(name)!))
  const parts = index.fields.map(({ length, sortOrder }, position) => {
    const size = length === undefined ? '' : `(${length})`
    return `${quoteName(columns[position]!)}${size}${sortOrder === 'desc' ? ' DESC' : ''}`
  })
  return { columns, list: `(${parts.join(', ')})` }
}

/** MySQL's identifiers have 64 characters at most; Prisma cuts before the suffix. */
function defaultName(parts: readonly string[], suffix: string): string {
  return parts.join('_').slice(0, 64 - suffix.length) + suffix
}

function foreignKeysOf(model: RawModel, datamodel: MysqlDatamodel): NamedKey[] {
  const relations = model.fields.filter((field) => (field.relationFromFields?.length ?? 0) > 0)
  return relations.map((field) => {
    const key = foreignKey(model, field, datamodel.models)
    const given = datamodel.foreignKeyNames.get(`${model.name}.${field.name}`)
    const name = given ?? defaultName([tableOf(model), ...key.columns], '_fkey')
    return namedForeignKey(tableOf(model), name, key)
  })
}

type KeyText = ReturnType<typeof foreignKey>

function namedForeignKey(table: string, name: string, key: KeyText): NamedKey {
  const list = (names: readonly string[]) => names.map(quoteName).join(', ')
  const sql =
    `-- AddForeignKey\nALTER TABLE ${quoteName(table)} ADD CONSTRAINT ${quoteName(name)} ` +
    `FOREIGN KEY (${list(key.columns)}) REFERENCES ${quoteName(key.table)}(${list(key.references)}) ` +
    `ON DELETE ${key.onDelete} ON UPDATE ${key.onUpdate};\n`
  return { table, name, columns: key.columns, sql }
}

function createJoinTable({ name, a, b }: JoinTable, enums: ReadonlyMap<string, RawEnum>): string {
  return createStatement(
    name,
    [`\`A\` ${typeOf(a.id, enums)} NOT NULL`, `\`B\` ${typeOf(b.id, enums)} NOT NULL`],
    joinIndexes(name).map(({ line }) => line),
  )
}

function joinIndexes(table: string): IndexLine[] {
  const [unique, other] = [defaultName([table], '_AB_unique'), defaultName([table], '_B_index')]
  return [
    {
      ...{ table, name: unique, columns: ['A', 'B'] },
      line: `UNIQUE INDEX ${quoteName(unique)}(\`A\`, \`B\`)`,
    },
    { table, name: other, columns: ['B'], line: `INDEX ${quoteName(other)}(\`B\`)` },
  ]
}

function joinKeys({ name, a, b }: JoinTable): NamedKey[] {
  const actions = { onDelete: 'CASCADE', onUpdate: 'CASCADE' }
  const sides = [
    { column: 'A', ...a },
    { column: 'B', ...b },
  ]
  return sides.map(({ column: own, model, id }) =>
    namedForeignKey(name, defaultName([name, own], '_fkey'), {
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
