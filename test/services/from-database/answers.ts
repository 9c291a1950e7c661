import type { Row, TestDatabase } from '../servers.js'

export type Dialect = 'postgresql' | 'mysql'
/** A row with each value as a text that two sources can be compared by; null is null. */
export type Comparable = Readonly<Record<string, string | null>>
type Column = { readonly name: string; readonly type: string }

/** What a database says of the rows of a table, in its own words. */
export async function sqlRows(
  database: TestDatabase,
  dialect: Dialect,
  table: string,
): Promise<Comparable[]> {
  const columns = await columnsOf(database, dialect, table)
  const quote = (name: string) => (dialect === 'mysql' ? `\`${name}\`` : `"${name}"`)
  const list = columns.map(({ name, type }) => `${asText(quote(name), type)} AS ${quote(name)}`)
  const rows = await database.execute(`SELECT ${list.join(', ')} FROM ${quote(table)}`)
  return sorted(rows.map((row) => comparable(row, columns)))
}

/** The same of the rows that an API gave. @param nameOf what the API calls a column */
export async function apiRows(
  database: TestDatabase,
  dialect: Dialect,
  table: string,
  rows: readonly Row[],
  nameOf: (column: string) => string,
): Promise<Comparable[]> {
  const columns = await columnsOf(database, dialect, table)
  const byColumn = (row: Row): Row =>
    Object.fromEntries(columns.map(({ name }) => [name, row[nameOf(name)]]))
  return sorted(rows.map((row) => comparable(byColumn(row), columns)))
}

async function columnsOf(
  { execute }: TestDatabase,
  dialect: Dialect,
  table: string,
): Promise<Column[]> {
  const [type, schema] =
    dialect === 'mysql' ? ['column_type', 'DATABASE()'] : ['data_type', 'current_schema()']
  const rows = await execute(
    `SELECT column_name AS name, ${type} AS type FROM information_schema.columns
     WHERE table_name = '${table}' AND table_schema = ${schema}`,
  )
  // A set of words is no type of Prisma's: such a column is not served.
  return rows
    .map((row) => ({ name: String(row['name']), type: String(row['type']) }))
    .filter(({ type }) => !type.startsWith('set('))
}

/** Every value as the text that the database makes of it: no driver has a say. */
function asText(column: string, type: string): string {
  if (type === 'bytea') return `encode(${column}, 'base64')`
  if (type === 'ARRAY') return `to_json(${column})::text`
  if (type.startsWith('varbinary')) return `TO_BASE64(${column})`
  return `CAST(${column} AS CHAR(200))`
}

function comparable(row: Row, columns: readonly Column[]): Comparable {
  return Object.fromEntries(
    columns.map(({ name, type }) => {
      const value = row[name]
      if (value === undefined)
        throw new Error(`Column ${name} is missing in ${JSON.stringify(row)}`)
      return [name, value === null ? null : canonical(value, type)]
    }),
  )
}

/** Numbers, instants and documents that are equal get one text; all other texts stay as they are. */
function canonical(value: unknown, type: string): string {
  const text = String(value).trimEnd()
  if (/^(boolean|tinyint\(1\))$/.test(type)) return text.replace('0', 'false').replace('1', 'true')
  if (/^(numeric|decimal)/.test(type)) return text.replace(/(\.\d*?)0+$/, '$1').replace(/\.$/, '')
  if (type.startsWith('double')) return String(Number(text))
  if (/^date$/.test(type)) return text.slice(0, 10)
  if (/^time(\(| without|$)/.test(type)) return /\d\d:\d\d:\d\d/.exec(text)![0]
  if (/^(timestamp|datetime)/.test(type)) return instant(text)
  if (/^(jsonb?|longtext|ARRAY)$/.test(type))
    return JSON.stringify(typeof value === 'string' ? JSON.parse(value) : value)
  return text
}

/** The servers' time zone is UTC, or the test says so. */
const instant = (text: string): string =>
  new Date(`${text.replace(' ', 'T').replace(/(\+00(:00)?|Z)$/, '')}Z`).toISOString()

const sorted = (rows: readonly Comparable[]): Comparable[] =>
  [...rows].sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))
