import { UserError } from '../errors.js'
import type { DatabaseApp } from './app.js'
import { driversFor } from './connect.js'
import type { Driver, Drivers } from './driver.js'
import { noFilters, readableError, withEngine } from './engine.js'
import { engineSchema, preamble } from './engine-schema.js'
import type { MigrationList, SchemaEngine } from './engine-types.js'
import {
  lockFile,
  migrationName,
  migrationsFolder,
  readMigrations,
  writeMigration,
  type Migration,
} from './migrations.js'
import { migrateMysql } from './mysql.js'
import { dataLoss, impossible } from './push.js'
import type { MigrateOptions, MigrateResult } from './results.js'
import { quoteJsonDefaults } from './sqlite-schema.js'

/**
 * Writes what changed in the schema as a migration of `prisma/migrations`, and applies it.
 * @throws UserError when the database is not what its migrations say, data would be lost and that was not
 * accepted, or the change can't be made
 */
export async function migrate(app: DatabaseApp, options: MigrateOptions): Promise<MigrateResult> {
  if (app.provider === 'mysql') return migrateMysql(app, options.name ?? 'init')
  const drivers = driversFor(app, 'migrate dev')
  const migrations = readMigrations(app.root)
  return withEngine(app.root, drivers, engineSchema(app).files, async (engine, database) => {
    const fresh = migrations.length === 0 && (await isEmpty(drivers, database))
    if (drivers.dialect === 'sqlite') await database.script(SQLITE_MIGRATIONS_TABLE)
    const applied = fresh ? [] : await catchUp(app, engine, migrations)
    const sql = fresh
      ? await fromEmpty(app, engine)
      : await difference(app, engine, migrations, options)
    if (sql === null) return { created: null, applied }
    const words = options.name ?? (fresh ? 'init' : 'migration')
    const name = migrationName(words, new Date(), migrations)
    const created = { name, sql: scriptOf(app, migrations, sql) }
    const path = writeMigration(app.root, app.provider, created)
    await apply(app, engine, [...migrations, created]).catch((error: unknown) => {
      throw notApplied(error, path)
    })
    return { created: { name, path }, applied: [...applied, name] }
  })
}

/** The new migration is written by then. */
function notApplied(error: unknown, path: string): UserError {
  const cause = readableError(error)
  const reason = cause instanceof Error ? cause.message : String(cause)
  return new UserError(
    `${path} could not be applied: ${reason}`,
    ['Empty the database, and correct that SQL; or delete its folder and correct the schema.'],
    { cause },
  )
}

/** Some defaults and indexes differ for Prisma from what it has just made of them, for ever. */
const isRepeated = (
  app: DatabaseApp,
  migrations: readonly Migration[],
  sql: string | null,
): boolean => sql !== null && migrations.at(-1)?.sql === scriptOf(app, migrations, sql)

function scriptOf(app: DatabaseApp, earlier: readonly Migration[], sql: string): string {
  const before = preamble(
    app,
    earlier.map((migration) => migration.sql),
  )
  const body = app.provider === 'sqlite' ? quoteJsonDefaults(sql) : sql
  return `${before}${before && '\n'}${body.trimEnd()}\n`
}

/** Applies the migrations that others wrote, after proving that the database is what the rest say. */
async function catchUp(
  app: DatabaseApp,
  engine: SchemaEngine,
  migrations: readonly Migration[],
): Promise<string[]> {
  const migrationsList = listOf(app, migrations)
  const { action } = await engine.devDiagnostic({ migrationsList, filters: noFilters })
  if (action.tag === 'reset')
    throw new UserError(`The database is not what its migrations say.\n${action.reason.trim()}`, [
      'If its data may go: delete it (the file or folder of DATABASE_URL, or DROP DATABASE) and migrate again.',
      'If not: write the missing migration by hand, or make the change with: ssot db push',
    ])
  return apply(app, engine, migrations)
}

/** For a new database: no need to replay anything. */
async function fromEmpty(app: DatabaseApp, engine: SchemaEngine): Promise<string | null> {
  const { stdout } = await engine.diff({
    from: { tag: 'empty' },
    to: { tag: 'schemaDatamodel', ...engineSchema(app) },
    script: true,
    exitCode: null,
    filters: noFilters,
  })
  return stdout === null || /^\s*(-- This is an empty migration\.)?\s*$/.test(stdout)
    ? null
    : stdout
}

async function difference(
  app: DatabaseApp,
  engine: SchemaEngine,
  migrations: readonly Migration[],
  options: MigrateOptions,
): Promise<string | null> {
  const input = {
    migrationsList: listOf(app, migrations),
    schema: engineSchema(app),
    filters: noFilters,
  }
  const loss = await engine.evaluateDataLoss(input)
  const messages = (list: readonly { message: string }[]) => list.map(({ message }) => message)
  if (loss.unexecutableSteps.length > 0) throw impossible(messages(loss.unexecutableSteps))
  if (loss.warnings.length > 0 && options.acceptDataLoss !== true)
    throw dataLoss('migrate', messages(loss.warnings))
  const { migrationScript } = await engine.createMigration({
    ...input,
    migrationName: 'migration',
    draft: false,
  })
  return isRepeated(app, migrations, migrationScript) ? null : migrationScript
}

async function apply(
  app: DatabaseApp,
  engine: SchemaEngine,
  migrations: readonly Migration[],
): Promise<string[]> {
  const migrationsList = listOf(app, migrations)
  const result = await engine.applyMigrations({ migrationsList, filters: noFilters })
  return result.appliedMigrationNames
}

const listOf = (app: DatabaseApp, migrations: readonly Migration[]): MigrationList => ({
  baseDir: migrationsFolder(app.root),
  lockfile: {
    path: 'migration_lock.toml',
    content: migrations.length === 0 ? null : lockFile(app.provider),
  },
  shadowDbInitScript: '',
  migrationDirectories: migrations.map(({ name, sql }) => ({
    path: name,
    migrationFile: { path: 'migration.sql', content: { tag: 'ok', value: sql } },
  })),
})

/** Prisma's own table aside. */
async function isEmpty({ dialect, schemaName }: Drivers, database: Driver): Promise<boolean> {
  const { rows } =
    dialect === 'sqlite'
      ? await database.query("SELECT name FROM sqlite_master WHERE type = 'table'", [])
      : await database.query('SELECT tablename FROM pg_tables WHERE schemaname = $1', [
          schemaName ?? 'public',
        ])
  return rows.every(([name]) => /^(sqlite_.*|_prisma_migrations)$/.test(String(name)))
}

/** The engine can't make it on SQLite. */
const SQLITE_MIGRATIONS_TABLE = `CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
    "id"                    TEXT PRIMARY KEY NOT NULL,
    "checksum"              TEXT NOT NULL,
    "finished_at"           DATETIME,
    "migration_name"        TEXT NOT NULL,
    "logs"                  TEXT,
    "rolled_back_at"        DATETIME,
    "started_at"            DATETIME NOT NULL DEFAULT current_timestamp,
    "applied_steps_count"   INTEGER UNSIGNED NOT NULL DEFAULT 0
);`
