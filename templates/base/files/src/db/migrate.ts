import { createHash, randomUUID } from 'node:crypto'
import { realpathSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { env } from '../env.js'
import type { Connection } from './connection.js'
import { connect } from './driver.js'
import { appRoot } from './paths.js'

/**
 * Applies the migrations of `prisma/migrations` that the database does not have yet, oldest first, and
 * records each as Prisma does.
 * @param adopt record them without running them: for a database that has their tables already
 * @returns the names of those applied
 * @throws Error when one fails or has failed before, or the database has tables that no migration is recorded for;
 * the message says what to do
 */
export async function migrate(databaseUrl = env.DATABASE_URL, adopt = false): Promise<string[]> {
  const names = await migrationNames()
  const db = await connect(databaseUrl)
  try {
    await db.lock()
    await db.script(db.createMigrationsTable)
    const done = await recordedNames(db)
    const pending = names.filter((name) => !done.has(name))
    if (!adopt && done.size === 0 && pending.length > 0 && (await db.hasTables()))
      throw new Error(notEmpty)
    for (const name of pending) await apply(db, name, adopt)
    return pending
  } finally {
    await db.close()
  }
}

const folder = join(appRoot, 'prisma', 'migrations')

/** Names sort by the time they start with. */
async function migrationNames(): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(missingAsEmpty)
  return entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
}

function missingAsEmpty(error: NodeJS.ErrnoException): [] {
  if (error.code === 'ENOENT') return []
  throw error
}

async function recordedNames(db: Connection): Promise<Set<unknown>> {
  const rows = await db.query`
    SELECT migration_name, finished_at, logs FROM _prisma_migrations WHERE rolled_back_at IS NULL`
  const failed = rows.find((row) => row['finished_at'] === null)
  if (failed)
    throw new Error(
      `Migration '${failed['migration_name']}' failed before: ${failed['logs'] ?? 'no message was kept'}. ${remedy}`,
    )
  return new Set(rows.map((row) => row['migration_name']))
}

const remedy =
  'Undo what it changed, correct its migration.sql, delete its row from _prisma_migrations, and migrate again.'

const notEmpty =
  'The database has tables, and no record of migrations. Nothing was changed. Where its tables are those of ' +
  'prisma/migrations, have that recorded: npx ssot db migrate. Otherwise set DATABASE_URL to an empty database.'

async function apply(db: Connection, name: string, adopt: boolean): Promise<void> {
  const sql = await readFile(join(folder, name, 'migration.sql'), 'utf8')
  const id = randomUUID()
  const checksum = createHash('sha256').update(sql).digest('hex')
  await db.query`
    INSERT INTO _prisma_migrations (id, checksum, migration_name) VALUES (${id}, ${checksum}, ${name})`
  try {
    if (!adopt) await db.script(sql)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    await db.query`UPDATE _prisma_migrations SET logs = ${reason} WHERE id = ${id}`
    throw new Error(`Migration '${name}' failed: ${reason}. ${remedy}`, { cause: error })
  }
  await db.query`
    UPDATE _prisma_migrations SET finished_at = CURRENT_TIMESTAMP, applied_steps_count = 1
    WHERE id = ${id}`
}

async function main(): Promise<void> {
  try {
    const adopt = process.argv.includes('--adopt')
    const applied = await migrate(env.DATABASE_URL, adopt)
    const done = adopt ? 'Taken as applied:' : 'Applied'
    console.log(applied.length > 0 ? `${done} ${applied.join(', ')}` : 'Nothing to apply')
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    process.exitCode = 1
  }
}

const script = process.argv[1]
if (script && realpathSync(script) === fileURLToPath(import.meta.url)) await main()
