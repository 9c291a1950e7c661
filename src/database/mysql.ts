import { join } from 'node:path'
import { UserError } from '../errors.js'
import { loadSchema } from '../schema/load.js'
import { adopt } from './adopt.js'
import type { DatabaseApp } from './app.js'
import { compareDatabases, differenceText, isSame, type Difference } from './compare.js'
import {
  introspectMysql,
  introspectMysqlSchema,
  introspectMysqlScripts,
} from './introspect-mysql.js'
import { migrationName, readMigrations, writeMigration, type Migration } from './migrations.js'
import { readMysqlDatamodel } from './mysql-datamodel.js'
import { createDatabase, listTables, mysqlScript } from './mysql-ddl.js'
import { withMysql } from './mysql-server.js'
import { withoutOwners } from './owned-tables.js'
import { mergeDatabase } from './pull-merge.js'
import { renameRemedies, type KnownNames } from './rename/known.js'
import { renameInMysql } from './rename/mysql.js'
import { renameWords } from './rename/words.js'
import type { MigrateOptions, MigrateResult, PushResult } from './results.js'
import { runScript } from './run-script.js'
import { placeholderViews } from './views.js'

/**
 * Creates the schema in an empty MySQL database; the database itself too. Prisma's WebAssembly engine does not
 * know MySQL, so that changes of tables that are there are left to Prisma's command line.
 * @throws UserError that says what differs when the database has other tables
 */
export async function pushMysql(app: DatabaseApp): Promise<PushResult> {
  const { sql, emptyViews } = await creation(app)
  const created = await withServer(app, async (server) => {
    if ((await server.tables()).length > 0) return false
    await server.script(sql)
    return true
  })
  if (created) return { steps: 1, emptyViews }
  await refuseChanges(app, 'db push')
  return { steps: 0, emptyViews: [] }
}

/**
 * Writes the first migration and applies it; with migrations there, applies those that the database lacks. A database
 * that has their tables already is taken as migrated.
 * @throws UserError that says what differs when a later migration would be needed
 */
export async function migrateMysql(
  app: DatabaseApp,
  { name }: MigrateOptions,
  names: KnownNames,
): Promise<MigrateResult> {
  const { sql, emptyViews } = await creation(app)
  const migrations = readMigrations(app.root)
  const { tables, recorded } = await withServer(app, async (server) => ({
    tables: await server.tables(),
    recorded: await server.recorded(),
  }))
  const isNew = migrations.length === 0
  const all = isNew ? [{ name: migrationName(name ?? 'init', new Date()), sql }] : migrations
  const unrecorded = tables.length > 0 && recorded === 0
  const adopted = unrecorded ? await adopt(app, all, await differenceFrom(app, all)) : []
  if (isNew && !unrecorded) {
    const path = writeMigration(app.root, app.provider, all[0]!)
    await applyPending(app)
    const created = { name: all[0]!.name, path }
    return { created, applied: [created.name], adopted: [], emptyViews }
  }
  const applied = await applyPending(app)
  const created = await renameTables(app, name, names, all)
  if (created) applied.push(...(await applyPending(app)))
  await refuseChanges(app, 'migrate dev', renameRemedies(names))
  return { created, applied, adopted, emptyViews: [] }
}

/** Writes the migration for what has a new name; null where nothing has. */
async function renameTables(
  app: DatabaseApp,
  name: string | undefined,
  names: KnownNames,
  migrations: readonly Migration[],
): Promise<MigrateResult['created']> {
  const script = await withMysql(app.root, app.url, (server) =>
    renameInMysql(app, server, names, migrations),
  )
  if (script === null) return null
  const words = name ?? renameWords(script.steps)
  const created = { name: migrationName(words, new Date(), migrations), sql: script.sql }
  return { name: created.name, path: writeMigration(app.root, app.provider, created) }
}

const differenceFrom = async (
  app: DatabaseApp,
  migrations: readonly Migration[],
): Promise<Difference> =>
  compareDatabases(
    await introspectMysqlScripts(
      app,
      migrations.map((migration) => migration.sql),
    ),
    await introspectMysql(app),
  )

/** @throws UserError when the database is not what the schema says */
async function refuseChanges(
  app: DatabaseApp,
  command: string,
  remedies: readonly string[] = [],
): Promise<void> {
  // Prisma's command line makes no foreign keys for the tables of plugins, nor does it keep those that we made.
  const expected = withoutOwners(await introspectMysqlSchema(app), app.files)
  const actual = withoutOwners(await introspectMysql(app), app.files)
  const { changes } = mergeDatabase(app.files, expected, actual)
  const difference = {
    added: changes.flatMap(({ added }) => added),
    missing: changes.flatMap(({ removed }) => removed),
  }
  if (!isSame(difference))
    throw onlyPrisma(
      `The database is not what the schema says:\n${differenceText(difference)}\n`,
      command,
      remedies,
    )
}

/** The script that makes the database of a schema. */
async function creation(app: DatabaseApp): Promise<{ sql: string; emptyViews: readonly string[] }> {
  const tables = mysqlScript(readMysqlDatamodel(app.root, app.files))
  const views = placeholderViews(await loadSchema({ path: join(app.root, 'prisma') }), () => false)
  return { sql: [tables, views.sql].filter(Boolean).join('\n'), emptyViews: views.names }
}

/** The app's own runner: what production uses. @returns the names of those applied */
async function applyPending(app: DatabaseApp): Promise<string[]> {
  const lines: string[] = []
  const env = { DATABASE_URL: app.url }
  await runScript(app.root, ['src/db/migrate.ts'], (line) => lines.push(line), env)
  return lines.flatMap((line) => /^Applied (.*)$/.exec(line)?.[1]?.split(', ') ?? [])
}

const onlyPrisma = (reason: string, command: string, remedies: readonly string[]): UserError =>
  new UserError(`${reason} Only Prisma's own command line changes MySQL tables.`, [
    ...remedies,
    'npm install --save-dev prisma@7.10.0',
    `npx prisma ${command}`,
  ])

type Server = {
  /** All but that of migrations. */
  tables(): Promise<string[]>
  /** Number of migrations on record. */
  recorded(): Promise<number>
  script(sql: string): Promise<void>
}

/** A database that is not there yet is created. */
const withServer = <T>(app: DatabaseApp, work: (server: Server) => Promise<T>): Promise<T> =>
  withMysql(
    app.root,
    app.url,
    ({ query, script, database }) => {
      const names = async () => (await query(listTables(database))).map(({ name }) => String(name))
      return work({
        tables: async () => (await names()).filter((name) => name !== RECORD),
        async recorded() {
          if (!(await names()).includes(RECORD)) return 0
          const [row] = await query(`SELECT COUNT(*) AS count FROM ${RECORD}`)
          return Number(row?.['count'])
        },
        script,
      })
    },
    { before: createDatabase },
  )

const RECORD = '_prisma_migrations'
