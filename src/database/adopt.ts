import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { UserError } from '../errors.js'
import type { DatabaseApp } from './app.js'
import { differenceText, isSame, type Difference } from './compare.js'
import { migrationsFolder, writeMigration, type Migration } from './migrations.js'
import { runScript } from './run-script.js'

/**
 * Takes a database that nobody has migrated as migrated: its tables are those that the migrations make.
 * @param migrations one that is not there yet is written
 * @param difference between the database and what the migrations make
 * @returns the names of the migrations
 * @throws UserError that says what differs; nothing is written or recorded then
 */
export async function adopt(
  app: DatabaseApp,
  migrations: readonly Migration[],
  difference: Difference,
): Promise<string[]> {
  if (!isSame(difference))
    throw new UserError(
      `The database has tables, no record of migrations, and is not what they make:\n${differenceText(difference)}`,
      [
        'If its data may go: ssot db reset, which migrates from the start.',
        'To make the schema follow the database: ssot db pull. To make the database follow the schema: ssot db push.',
      ],
    )
  for (const migration of migrations)
    if (!existsSync(join(migrationsFolder(app.root), migration.name)))
      writeMigration(app.root, app.provider, migration)
  await runScript(app.root, ['src/db/migrate.ts', '--adopt'], () => {}, { DATABASE_URL: app.url })
  return migrations.map(({ name }) => name)
}
