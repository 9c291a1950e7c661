import { join } from 'node:path'
import { UserError } from '../errors.js'
import { loadSchema } from '../schema/load.js'
import type { Schema } from '../schema/model.js'
import { adopt } from './adopt.js'
import type { DatabaseApp } from './app.js'
import { compareDatabases } from './compare.js'
import { withComputedColumns } from './computed-columns.js'
import { driversFor } from './connect.js'
import { createExtensions } from './create-extensions.js'
import { fromEmpty } from './creation-script.js'
import type { Drivers } from './driver.js'
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
import { introspect, introspectShadow } from './introspect.js'
import type { MigrateOptions, MigrateResult } from './results.js'
import { quoteJsonDefaults } from './sqlite-schema.js'
import { SQLITE_MIGRATIONS_TABLE, stateOf } from './migration-state.js'
import { createdBy, placeholderViews } from './views.js'

/**
 * Writes what changed in the schema as a migration of `prisma/migrations`, and applies it. A database that has the
 * tables of the migrations already is taken as migrated.
 * @throws UserError when the database is not what its migrations say, data would be lost and that was not
 * accepted, or the change can't be made
 */
export async function migrate(app: DatabaseApp, options: MigrateOptions): Promise<MigrateResult> {
  if (app.provider === 'mysql') return migrateMysql(app, options.name ?? 'init')
  const drivers = driversFor(app, 'migrate dev')
  const migrations = readMigrations(app.root)
  const schema = await loadSchema({ path: join(app.root, 'prisma') })
  const { files } = engineSchema(app)
  const done = await withEngine(
    app.root,
    drivers,
    files,
    async (engine, database): Promise<Outcome> => {
      await createExtensions(app, drivers, database)
      const state = await stateOf(drivers, database)
      if (drivers.dialect === 'sqlite') await database.script(SQLITE_MIGRATIONS_TABLE)
      const fresh = migrations.length === 0 && state !== 'recorded'
      if (state === 'unrecorded' && !fresh) return { unrecorded: migrations }
      const applied = fresh ? [] : await catchUp(app, engine, migrations)
      const sql = fresh
        ? await fromEmpty(app, engine)
        : await difference(app, engine, migrations, options)
      const { created, emptyViews } = nextMigration(app, schema, migrations, sql, options)
      if (state === 'unrecorded' && created) return { unrecorded: [created] }
      if (created === null) return { created, applied, adopted: [], emptyViews: [] }
      const path = writeMigration(app.root, app.provider, created)
      await apply(app, engine, [...migrations, created]).catch((error: unknown) => {
        throw notApplied(error, path)
      })
      const { name } = created
      return { created: { name, path }, applied: [...applied, name], adopted: [], emptyViews }
    },
  )
  return 'unrecorded' in done ? adoptAndMigrate(app, drivers, done.unrecorded, options) : done
}

/** Where no migration is recorded for the tables that are there: those that would make them. */
type Outcome = MigrateResult | { readonly unrecorded: readonly Migration[] }

/** A database that `db push`, or somebody else, made. */
async function adoptAndMigrate(
  app: DatabaseApp,
  drivers: Drivers,
  migrations: readonly Migration[],
  options: MigrateOptions,
): Promise<MigrateResult> {
  const actual = await introspect(app, drivers)
  const expected = await introspectShadow(app, drivers, async (_, database) => {
    for (const { sql } of migrations) await database.script(sql)
  })
  const adopted = await adopt(app, migrations, compareDatabases(expected, actual))
  return { ...(await migrate(app, options)), adopted }
}

/** The migration for a change; none where nothing changed. */
function nextMigration(
  app: DatabaseApp,
  schema: Schema,
  earlier: readonly Migration[],
  sql: string | null,
  options: MigrateOptions,
): { created: Migration | null; emptyViews: readonly string[] } {
  const views = placeholderViews(schema, createdBy(earlier.map((migration) => migration.sql)))
  if (sql === null && views.sql === '') return { created: null, emptyViews: [] }
  const words = options.name ?? (earlier.length === 0 ? 'init' : 'migration')
  const tables = sql === null ? '' : withComputedColumns(scriptOf(app, earlier, sql), schema)
  const created = {
    name: migrationName(words, new Date(), earlier),
    sql: [tables, views.sql].filter(Boolean).join('\n'),
  }
  return { created, emptyViews: views.names }
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
      'If its data may go: ssot db reset, which migrates from the start.',
      'If not: write the missing migration by hand, or make the change with: ssot db push',
    ])
  const applied = await apply(app, engine, migrations)
  // Without it the engine has no database to replay in.
  if (applied.length > 0) await engine.devDiagnostic({ migrationsList, filters: noFilters })
  return applied
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
