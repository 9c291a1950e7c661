import { UserError } from '../errors.js'
import type { DatabaseApp } from './app.js'
import { migrationName, readMigrations, writeMigration } from './migrations.js'
import { readMysqlDatamodel } from './mysql-datamodel.js'
import { createDatabase, listTables, mysqlScript } from './mysql-ddl.js'
import { loadFromApp } from './packages.js'
import type { MigrateResult, PushResult } from './results.js'
import { runScript } from './run-script.js'
import { unreachable } from './unreachable.js'

/**
 * Creates the schema in an empty MySQL database; the database itself too. Prisma's WebAssembly engine does not
 * know MySQL, so that a schema that has tables already is left to Prisma's command line.
 * @throws UserError when the database has tables
 */
export async function pushMysql(app: DatabaseApp): Promise<PushResult> {
  const script = mysqlScript(readMysqlDatamodel(app.root, app.files))
  return withServer(app, async (server) => {
    if ((await server.tables()).length > 0)
      throw onlyPrisma('The database has tables already.', 'db push')
    await server.script(script)
    return { steps: 1 }
  })
}

/**
 * Writes the first migration and applies it; with migrations there, applies those that the database lacks.
 * @throws UserError when a later migration would be needed, or the database has tables but no migrations
 */
export async function migrateMysql(app: DatabaseApp, name: string): Promise<MigrateResult> {
  const script = mysqlScript(readMysqlDatamodel(app.root, app.files))
  const migrations = readMigrations(app.root)
  const tables = await withServer(app, (server) => server.tables())
  const first = migrations[0]
  if (first === undefined && tables.length > 0)
    throw onlyPrisma('The database has tables, but the app has no migrations.', 'migrate dev')
  if (first === undefined) {
    const created = { name: migrationName(name, new Date()), sql: script }
    const path = writeMigration(app.root, app.provider, created)
    await applyPending(app)
    return { created: { name: created.name, path }, applied: [created.name] }
  }
  await applyPending(app)
  if (migrations.length > 1 || first.sql !== script)
    throw onlyPrisma(
      'All migrations are applied; whether the schema has changed since is not known.',
      'migrate dev',
    )
  return { created: null, applied: [] }
}

/** The app's own runner: what production uses. */
const applyPending = (app: DatabaseApp): Promise<void> =>
  runScript(app.root, 'src/db/migrate.ts', () => {}, { DATABASE_URL: app.url })

const onlyPrisma = (reason: string, command: string): UserError =>
  new UserError(`${reason} Only Prisma's own command line changes MySQL tables.`, [
    'npm install --save-dev prisma@7.10.0',
    `npx prisma ${command}`,
  ])

type Server = { tables(): Promise<string[]>; script(sql: string): Promise<void> }

type Mariadb = {
  createConnection(url: string): Promise<{
    query(sql: string): Promise<{ name: string }[]>
    end(): Promise<void>
  }>
}

async function withServer<T>(app: DatabaseApp, work: (server: Server) => Promise<T>): Promise<T> {
  const mariadb = loadFromApp<Mariadb>(app.root, 'mariadb')
  const address = addressOf(app.url)
  const database = decodeURIComponent(address.pathname.slice(1))
  // The driver insists on a database, and this one is always there.
  address.pathname = '/information_schema'
  address.searchParams.set('multipleStatements', 'true')
  const connection = await mariadb.createConnection(address.href).catch((cause: unknown) => {
    throw unreachable(app.url, cause)
  })
  try {
    await connection.query(createDatabase(database))
    await connection.query(`USE \`${database.replaceAll('`', '``')}\``)
    return await work({
      tables: async () => (await connection.query(listTables(database))).map(({ name }) => name),
      script: async (sql) => void (await connection.query(sql)),
    })
  } finally {
    await connection.end()
  }
}

/** @throws UserError when the URL is not that of a MySQL database */
function addressOf(url: string): URL {
  const address = URL.canParse(url) ? new URL(url.replace(/^mysql:/, 'mariadb:')) : null
  if (address?.protocol === 'mariadb:' && address.pathname.length > 1) return address
  throw new UserError(`DATABASE_URL is '${url}'; the schema is for MySQL.`, [
    'Set it to mysql://user:password@host:3306/database',
  ])
}
