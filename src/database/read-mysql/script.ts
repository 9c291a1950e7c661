import { quoteName } from '../mysql-columns.js'
import type { Query } from './catalog.js'

/**
 * The statements that made the tables and views of the database, as the server words them: what Prisma leaves
 * out (checks, generated columns, comments, collations) is in them.
 */
export async function mysqlTables(query: Query, database: string): Promise<string> {
  const rows = await query(
    `SELECT table_name AS name, table_type AS kind FROM information_schema.tables
     WHERE table_schema = DATABASE() AND table_type IN ('BASE TABLE', 'VIEW')
       AND table_name <> '_prisma_migrations' ORDER BY table_name`,
  )
  const namesOf = (isView: boolean): string[] =>
    rows.filter(({ kind }) => (kind === 'VIEW') === isView).map(({ name }) => String(name))
  const tables = await Promise.all(namesOf(false).map((name) => createTable(query, name)))
  const views = await Promise.all(namesOf(true).map((name) => createView(query, name, database)))
  return [
    // The order of the tables is that of their names.
    'SET FOREIGN_KEY_CHECKS = 0',
    ...tables,
    'SET FOREIGN_KEY_CHECKS = 1',
    ...inOrder(views),
  ]
    .map((statement) => `${statement};\n`)
    .join('\n')
}

async function createTable(query: Query, name: string): Promise<string> {
  const [row] = await query(`SHOW CREATE TABLE ${quoteName(name)}`)
  // The options stand in the last line; where the count of rows is today is no part of the schema.
  return String(row!['Create Table']).replace(/^(\) ENGINE.*?) AUTO_INCREMENT=\d+/m, '$1')
}

type View = { readonly name: string; readonly sql: string }

async function createView(query: Query, name: string, database: string): Promise<View> {
  const [row] = await query(`SHOW CREATE VIEW ${quoteName(name)}`)
  const sql = String(row!['Create View'])
    .replace(/^CREATE .*?VIEW /s, 'CREATE VIEW ')
    .replaceAll(`${quoteName(database)}.`, '')
  return { name, sql }
}

/** A view comes after those that it names. */
function inOrder(views: readonly View[]): string[] {
  const ordered: View[] = []
  let rest = [...views]
  while (rest.length > 0) {
    const ready = rest.filter(({ name, sql }) =>
      rest.every((other) => other.name === name || !sql.includes(quoteName(other.name))),
    )
    // Aliases may look like names of views: then any order is as good.
    ordered.push(...(ready.length > 0 ? ready : rest))
    rest = rest.filter((view) => !ordered.includes(view))
  }
  return ordered.map(({ sql }) => sql)
}
