import { UserError } from '../errors.js'
import type { Schema } from '../schema/model.js'
import type { DatabaseApp } from './app.js'
import { withComputedColumns } from './computed-columns.js'
import { noFilters, readableError } from './engine.js'
import { engineSchema, preamble } from './engine-schema.js'
import type { MigrationList, SchemaEngine } from './engine-types.js'
import {
  lockFile,
  migrationName,
  migrationsFolder,
  writeMigration,
  type Migration,
} from './migrations.js'
import { orphansBefore } from './owned-tables.js'
import { dataLoss, impossible } from './push.js'
import type { MigrateOptions } from './results.js'
import { pauseAfter, rulesAfter, schemaPart } from './row-security.js'
import { quoteJsonDefaults } from './sqlite-schema.js'
import { createdBy, placeholderViews } from './views.js'

/** The migration for a change of the schema or of its row-level security; none where nothing changed. */
export function nextMigration(
  app: DatabaseApp,
  schema: Schema,
  earlier: readonly Migration[],
  sql: string | null,
  options: MigrateOptions,
): { created: Migration | null; emptyViews: readonly string[] } {
  const views = placeholderViews(schema, createdBy(earlier.map((migration) => migration.sql)))
  const changed = sql !== null || views.sql !== ''
  const rules = rulesAfter(app, earlier, changed)
  if (!changed && rules === null) return { created: null, emptyViews: [] }
  const ofSchema = earlier.length === 0 ? 'init' : 'migration'
  const words = options.name ?? (changed || rules === null ? ofSchema : rules.words)
  const tables = sql === null ? '' : withComputedColumns(scriptOf(app, earlier, sql), schema)
  const created = {
    name: migrationName(words, new Date(), earlier),
    sql: [pauseAfter(earlier), tables, views.sql, rules?.sql].filter(Boolean).join('\n'),
  }
  return { created, emptyViews: views.names }
}

/**
 * Writes a migration and applies it.
 * @returns the path of its SQL
 * @throws UserError that names the file, which is written by then
 */
export async function addMigration(
  app: DatabaseApp,
  engine: SchemaEngine,
  earlier: readonly Migration[],
  migration: Migration,
): Promise<string> {
  const path = writeMigration(app.root, app.provider, migration)
  await applyMigrations(app, engine, [...earlier, migration]).catch((error: unknown) => {
    throw notApplied(error, path)
  })
  return path
}

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
): boolean => {
  const changes = migrations.map((migration) => schemaPart(migration.sql)).filter(Boolean)
  return sql !== null && changes.at(-1) === scriptOf(app, migrations, sql)
}

/** The text of a migration from what the engine says. */
export function scriptOf(app: DatabaseApp, earlier: readonly Migration[], sql: string): string {
  const before = preamble(
    app,
    earlier.map((migration) => migration.sql),
  )
  const body = app.provider === 'sqlite' ? quoteJsonDefaults(sql) : sql
  const orphans = orphansBefore(app.files, body)
  return `${[before, orphans].filter(Boolean).join('\n')}${before || orphans ? '\n' : ''}${body.trimEnd()}\n`
}

/** Applies the migrations that others wrote, after proving that the database is what the rest say. */
export async function catchUp(
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
  const applied = await applyMigrations(app, engine, migrations)
  // Without it the engine has no database to replay in.
  if (applied.length > 0) await engine.devDiagnostic({ migrationsList, filters: noFilters })
  return applied
}

/**
 * What makes the database, as its migrations left it, what the schema says.
 * @param remedies what to do beside what is said of any loss
 * @throws UserError when data would be lost and that was not accepted, or the change can't be made
 */
export async function difference(
  app: DatabaseApp,
  engine: SchemaEngine,
  migrations: readonly Migration[],
  { acceptDataLoss, remedies }: MigrateOptions & { readonly remedies: readonly string[] },
): Promise<string | null> {
  const input = {
    migrationsList: listOf(app, migrations),
    schema: engineSchema(app),
    filters: noFilters,
  }
  const loss = await engine.evaluateDataLoss(input)
  const messages = (list: readonly { message: string }[]) => list.map(({ message }) => message)
  if (loss.unexecutableSteps.length > 0)
    throw impossible(messages(loss.unexecutableSteps), remedies)
  if (loss.warnings.length > 0 && acceptDataLoss !== true)
    throw dataLoss('migrate', messages(loss.warnings), remedies)
  const { migrationScript } = await engine.createMigration({
    ...input,
    migrationName: 'migration',
    draft: false,
  })
  return isRepeated(app, migrations, migrationScript) ? null : migrationScript
}

async function applyMigrations(
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
