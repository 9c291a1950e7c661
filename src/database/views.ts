import type { Provider, ScalarType, Schema } from '../schema/model.js'
import { escapeRegExp } from './regexp.js'
import { blocksOf } from './schema-blocks.js'

type View = Schema['models'][number]
type Column = Exclude<View['fields'][number], { kind: 'relation' }>

export type Placeholders = {
  /** Views by their name in the schema. */
  readonly names: readonly string[]
  /** Empty where there are none. */
  readonly sql: string
}

/**
 * SQL for the views that are not there yet. A Prisma schema says which columns a view has, and not what it selects:
 * these have the columns and no row, until a migration of the user says more. Pure.
 * @param exists whether there is a view of this database name
 */
export function placeholderViews(schema: Schema, exists: (name: string) => boolean): Placeholders {
  const views = schema.models.filter((model) => model.kind === 'view' && !exists(model.dbName))
  const enumSchemas = enumSchemasOf(schema)
  return {
    names: views.map(({ name }) => name),
    sql: views.map((view) => createView(view, schema, enumSchemas)).join('\n'),
  }
}

/** Tells whether one of some scripts creates a view. */
export function createdBy(scripts: readonly string[]): (name: string) => boolean {
  const sql = scripts.join(';\n')
  const head = String.raw`^\s*CREATE\b[^;("\`]*?\bVIEW\s+(?:IF\s+NOT\s+EXISTS\s+)?`
  const schema = String.raw`(?:["\`]?[^"\`\s.]+["\`]?\.)?`
  return (name) =>
    new RegExp(`${head}${schema}["\`]?${escapeRegExp(name)}["\`]?(?=[\\s(])`, 'im').test(sql)
}

function createView(view: View, schema: Schema, enumSchemas: ReadonlyMap<string, string>): string {
  const { provider } = schema
  const columns = view.fields.filter((field): field is Column => field.kind !== 'relation')
  const lines = columns.map((field) => {
    const type = typeOf(field, schema, enumSchemas)
    return `    ${type === null ? 'NULL' : `CAST(NULL AS ${type})`} AS ${quote(provider, field.dbName)}`
  })
  const name = [view.dbSchema, view.dbName]
    .filter((part) => part !== null)
    .map((part) => quote(provider, part))
    .join('.')
  return `-- CreateView
-- A schema does not say what a view selects. This one is empty: ${remedyOf(provider)}
${schemaOf(view, provider)}CREATE VIEW ${name} AS
SELECT
${lines.join(',\n')}
WHERE 1 = 0;
`
}

/** The engine makes only those that hold a table. */
const schemaOf = ({ dbSchema }: View, provider: Provider): string =>
  dbSchema === null ? '' : `CREATE SCHEMA IF NOT EXISTS ${quote(provider, dbSchema)};\n`

/** What fills a placeholder. */
const remedyOf = (provider: Provider): string =>
  provider === 'sqlite'
    ? 'let a migration of yours drop it and create it anew.'
    : 'let a migration of yours CREATE OR REPLACE it.'

const quote = (provider: Provider, name: string): string =>
  provider === 'mysql' ? `\`${name}\`` : `"${name}"`

/** Only PostgreSQL compares a column with a value by its type; elsewhere a view's null has none. */
function typeOf(
  field: Column,
  schema: Schema,
  enumSchemas: ReadonlyMap<string, string>,
): string | null {
  if (schema.provider !== 'postgresql') return null
  const one = field.kind === 'enum' ? enumType(field.type, schema, enumSchemas) : scalarType(field)
  return field.list ? `${one}[]` : one
}

function enumType(
  name: string,
  { enums, provider }: Schema,
  enumSchemas: ReadonlyMap<string, string>,
): string {
  const own = quote(provider, enums.find((type) => type.name === name)?.dbName ?? name)
  const schema = enumSchemas.get(name)
  return schema === undefined ? own : `${quote(provider, schema)}.${own}`
}

const TYPES: Readonly<Record<ScalarType, string>> = {
  String: 'TEXT',
  Int: 'INTEGER',
  BigInt: 'BIGINT',
  Float: 'DOUBLE PRECISION',
  Decimal: 'DECIMAL',
  Boolean: 'BOOLEAN',
  DateTime: 'TIMESTAMP(3)',
  Json: 'JSONB',
  Bytes: 'BYTEA',
}

/** Prisma names native types as PostgreSQL does, but for the space in one of them. */
function scalarType({ type, nativeType }: Extract<Column, { kind: 'scalar' }>): string {
  if (nativeType === null) return TYPES[type]
  const name =
    nativeType.name === 'DoublePrecision' ? 'DOUBLE PRECISION' : nativeType.name.toUpperCase()
  return nativeType.args.length > 0 ? `${name}(${nativeType.args.join(', ')})` : name
}

/** `@@schema` of each enum that has one. */
function enumSchemasOf({ files }: Schema): Map<string, string> {
  const found = new Map<string, string>()
  for (const { content } of files)
    for (const { title, name, members } of blocksOf(content.split('\n')))
      for (const { key } of members) {
        const schema = /^@@schema\("([^"]+)"\)/.exec(key)?.[1]
        if (title.startsWith('enum') && schema !== undefined) found.set(name, schema)
      }
  return found
}
