import type { DatabaseApp } from '../app.js'
import type { Driver, Drivers } from '../driver.js'
import { withEngine } from '../engine.js'
import { addMigration, catchUp, difference, scriptOf } from '../engine-migrations.js'
import { engineSchema } from '../engine-schema.js'
import type { SchemaEngine } from '../engine-types.js'
import { SQLITE_MIGRATIONS_TABLE } from '../migration-state.js'
import { migrationName, type Migration } from '../migrations.js'
import { pauseAfter } from '../row-security.js'
import type { MigrateOptions } from '../results.js'
import { onlyFollows } from './follows.js'
import { stepsOf, type KnownNames } from './known.js'
import { heldColumn, heldTable, heldType, pendingSteps, type Held } from './pending.js'
import { renameSql } from './sql.js'
import { renameWords } from './words.js'

type Work = {
  readonly app: DatabaseApp
  readonly drivers: Drivers
  readonly engine: SchemaEngine
  readonly database: Driver
  readonly migrations: readonly Migration[]
  readonly options: MigrateOptions
  readonly names: KnownNames
}

/**
 * Writes a migration that gives what the database holds its new names, and applies it. Constraints and indexes follow
 * in it, where there is no other change.
 * @returns null where nothing has a new name
 */
export async function renameInDatabase({
  app,
  drivers,
  engine,
  database,
  migrations,
  options,
  names,
}: Work): Promise<{ readonly migration: Migration; readonly path: string } | null> {
  const all = stepsOf(names)
  if (all.length === 0) return null
  const { dialect, schemaName = dialect === 'sqlite' ? '' : 'public' } = drivers
  const steps = pendingSteps(all, await heldBy(dialect, database), schemaName, migrations)
  if (steps.length === 0) return null
  const name = migrationName(options.name ?? renameWords(steps), new Date(), migrations)
  const renaming = { name, sql: pauseAfter(migrations) + renameSql(steps, dialect) }
  const rest = await restAfter(app, drivers, [...migrations, renaming])
  const follows = rest !== null && onlyFollows(rest)
  const migration = follows
    ? { name, sql: `${renaming.sql}\n${scriptOf(app, migrations, withoutWarnings(rest))}` }
    : renaming
  return { migration, path: await addMigration(app, engine, migrations, migration) }
}

const TABLES = {
  sqlite: `SELECT '', m.name, p.name FROM sqlite_master m, pragma_table_info(m.name) p WHERE m.type = 'table'`,
  postgres: `SELECT table_schema::text, table_name::text, column_name::text FROM information_schema.columns`,
} as const

const ENUMS = `SELECT n.nspname::text, t.typname::text FROM pg_type t
  JOIN pg_namespace n ON n.oid = t.typnamespace WHERE t.typtype = 'e'`

/** They are of rows that might stand in the way of what is only made anew. */
const withoutWarnings = (sql: string): string => sql.replace(/^\/\*[^]*?\*\/\s*/, '')

/** What the schema says beyond some migrations, found out in a database that is thrown away. */
const restAfter = (
  app: DatabaseApp,
  drivers: Drivers,
  migrations: readonly Migration[],
): Promise<string | null> => {
  const scratch = { ...drivers, main: drivers.shadow }
  const { files } = engineSchema(app)
  return withEngine(app.root, scratch, files, async (engine, database) => {
    if (drivers.dialect === 'sqlite') await database.script(SQLITE_MIGRATIONS_TABLE)
    await catchUp(app, engine, migrations)
    return difference(app, engine, migrations, { acceptDataLoss: true, remedies: [] })
  })
}

async function heldBy(dialect: Drivers['dialect'], database: Driver): Promise<Held> {
  const held = new Set<string>()
  const { rows } = await database.query(TABLES[dialect], [])
  for (const [schema, table, column] of rows.map((row) => row.map(String))) {
    held.add(heldTable(schema!, table!))
    held.add(heldColumn(schema!, table!, column!))
  }
  if (dialect === 'postgres')
    for (const [schema, type] of (await database.query(ENUMS, [])).rows)
      held.add(heldType(String(schema), String(type)))
  return held
}
