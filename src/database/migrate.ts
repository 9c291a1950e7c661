import { join } from 'node:path'
import { loadSchema } from '../schema/load.js'
import type { Schema } from '../schema/model.js'
import { adopt } from './adopt.js'
import type { DatabaseApp } from './app.js'
import { compareDatabases } from './compare.js'
import { driversFor } from './connect.js'
import { createExtensions } from './create-extensions.js'
import { fromEmpty } from './creation-script.js'
import type { Driver, Drivers } from './driver.js'
import { withEngine } from './engine.js'
import { addMigration, catchUp, difference, nextMigration } from './engine-migrations.js'
import { engineSchema } from './engine-schema.js'
import type { SchemaEngine } from './engine-types.js'
import { introspect, introspectShadow } from './introspect.js'
import { SQLITE_MIGRATIONS_TABLE, stateOf, type State } from './migration-state.js'
import { readMigrations, type Migration } from './migrations.js'
import { migrateMysql } from './mysql.js'
import { readNames, renameRemedies, settleNames, type KnownNames } from './rename/known.js'
import { renameInDatabase } from './rename/migration.js'
import type { MigrateOptions, MigrateResult } from './results.js'

/**
 * Writes what changed in the schema as a migration of `prisma/migrations`, and applies it. What has a new name keeps its
 * rows. A database that has the tables of the migrations already is taken as migrated.
 * @throws UserError when the database is not what its migrations say, data would be lost and that was not
 * accepted, or the change can't be made
 */
export async function migrate(app: DatabaseApp, options: MigrateOptions): Promise<MigrateResult> {
  const own = await loadSchema({ path: join(app.root, 'prisma'), own: true })
  const names = readNames(app.root, own, options.rename)
  const result =
    app.provider === 'mysql'
      ? await migrateMysql(app, options, names)
      : await migrateByEngine(app, options, names)
  settleNames(app.root, names)
  return result
}

async function migrateByEngine(
  app: DatabaseApp,
  options: MigrateOptions,
  names: KnownNames,
): Promise<MigrateResult> {
  const drivers = driversFor(app, 'migrate dev')
  const migrations = readMigrations(app.root)
  const schema = await loadSchema({ path: join(app.root, 'prisma') })
  const { files } = engineSchema(app)
  const done = await withEngine(app.root, drivers, files, async (engine, database) => {
    await createExtensions(app, drivers, database)
    const state = await stateOf(drivers, database)
    if (drivers.dialect === 'sqlite') await database.script(SQLITE_MIGRATIONS_TABLE)
    const work = { app, drivers, engine, database, schema, migrations, options, names }
    if (migrations.length === 0 && state !== 'recorded') return firstMigration(work, state)
    return state === 'unrecorded' ? { unrecorded: migrations } : followSchema(work)
  })
  if (!('unrecorded' in done)) return done
  const adopted = await adoptDatabase(app, drivers, done.unrecorded)
  return { ...(await migrateByEngine(app, options, names)), adopted }
}

/** Where no migration is recorded for the tables that are there: those that would make them. */
type Outcome = MigrateResult | { readonly unrecorded: readonly Migration[] }

type Work = {
  readonly app: DatabaseApp
  readonly drivers: Drivers
  readonly engine: SchemaEngine
  readonly database: Driver
  readonly schema: Schema
  readonly migrations: readonly Migration[]
  readonly options: MigrateOptions
  readonly names: KnownNames
}

/** A database that `db push`, or somebody else, made. */
async function adoptDatabase(
  app: DatabaseApp,
  drivers: Drivers,
  migrations: readonly Migration[],
): Promise<string[]> {
  const actual = await introspect(app, drivers)
  const expected = await introspectShadow(app, drivers, async (_, database) => {
    for (const { sql } of migrations) await database.script(sql)
  })
  return adopt(app, migrations, compareDatabases(expected, actual))
}

async function firstMigration(
  { app, engine, schema, options }: Work,
  state: State,
): Promise<Outcome> {
  const sql = await fromEmpty(app, engine)
  const { created, emptyViews } = nextMigration(app, schema, [], sql, options)
  if (created === null) return { created, applied: [], adopted: [], emptyViews: [] }
  if (state === 'unrecorded') return { unrecorded: [created] }
  const path = await addMigration(app, engine, [], created)
  const { name } = created
  return { created: { name, path }, applied: [name], adopted: [], emptyViews }
}

async function followSchema(work: Work): Promise<MigrateResult> {
  const { app, engine, schema, migrations, options, names } = work
  const applied = await catchUp(app, engine, migrations)
  const renamed = await renameInDatabase(work)
  const earlier = renamed === null ? migrations : [...migrations, renamed.migration]
  if (renamed !== null) {
    applied.push(renamed.migration.name)
    settleNames(app.root, names)
    await catchUp(app, engine, earlier)
  }
  const remedies = [
    ...(renamed === null ? [] : [`${renamed.path} is applied: the new names are in the database.`]),
    ...renameRemedies(names),
  ]
  const sql = await difference(app, engine, earlier, { ...options, remedies })
  const { created, emptyViews } = nextMigration(app, schema, earlier, sql, options)
  const told = renamed && { name: renamed.migration.name, path: renamed.path }
  if (created === null) return { created: told, applied, adopted: [], emptyViews: [] }
  const path = await addMigration(app, engine, earlier, created)
  const { name } = created
  return {
    created: { name, path },
    ...(told === null ? {} : { renamed: told }),
    applied: [...applied, name],
    adopted: [],
    emptyViews,
  }
}
