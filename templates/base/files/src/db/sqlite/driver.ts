import { mkdir } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { createClient, type Config } from '@libsql/client'
import { PrismaLibSql } from '@prisma/adapter-libsql'
import { readAside } from './aside.js'
import type { Connection } from './connection.js'
import { withLongReadsAside } from './long-reads.js'
import { appRoot } from './paths.js'
import { rewriting } from './statements.js'

/**
 * Opens the database that `url` names (`file:./data/dev.db`, relative to the app) for Prisma.
 * @param timeoutMs how long a statement may take, 0 for no limit
 */
export async function createAdapter(url: string, timeoutMs: number): Promise<PrismaLibSql> {
  const config = await configOf(url)
  const client = createClient(config)
  await client.execute(WRITE_AHEAD_LOG)
  client.close()
  const adapter = new PrismaLibSql(config)
  return rewriting(withLongReadsAside(adapter, readAside(config), timeoutMs), escaping)
}

/** In SQLite nothing escapes a wildcard until it is told what does; Prisma tells it nothing. */
const escaping = (sql: string): string =>
  sql.replaceAll(/ LIKE \((?:'%' \|\| )?\?(?: \|\| '%')?\)/g, "$& ESCAPE '\\'")

/** Opens it for migrations. */
export async function connect(url: string): Promise<Connection> {
  const client = createClient(await configOf(url))
  // A script of hundreds of statements would else wait for the disk after each.
  await client.executeMultiple(`${WRITE_AHEAD_LOG}; PRAGMA synchronous=NORMAL`)
  return {
    createMigrationsTable: `CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
    "id"                    TEXT PRIMARY KEY NOT NULL,
    "checksum"              TEXT NOT NULL,
    "finished_at"           DATETIME,
    "migration_name"        TEXT NOT NULL,
    "logs"                  TEXT,
    "rolled_back_at"        DATETIME,
    "started_at"            DATETIME NOT NULL DEFAULT current_timestamp,
    "applied_steps_count"   INTEGER UNSIGNED NOT NULL DEFAULT 0
);`,
    async query(parts, ...args) {
      const { rows } = await client.execute({ sql: parts.join('?'), args })
      return rows
    },
    script: (sql) => client.executeMultiple(sql),
    async hasTables() {
      const { rows } = await client.execute(
        "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND name <> '_prisma_migrations'",
      )
      return rows.length > 0
    },
    // A file is migrated by the one process that is about to serve it.
    lock: async () => {},
    async close() {
      // Else the last of it may stand in the log beside the file, which a copy of the file misses.
      await client.execute('PRAGMA wal_checkpoint(TRUNCATE)')
      client.close()
    },
  }
}

/** Readers and the writer no longer wait for each other; the file remembers it. */
const WRITE_AHEAD_LOG = 'PRAGMA journal_mode=WAL'

/** Without the bigint mode large integers throw; without the timeout a second process fails at once. */
async function configOf(url: string): Promise<Config> {
  const path = resolve(appRoot, url.replace(/^file:/, ''))
  await mkdir(dirname(path), { recursive: true })
  return { url: `file:${path}`, intMode: 'bigint', timeout: 5000 }
}
