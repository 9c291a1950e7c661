import type { Driver, Drivers } from './driver.js'

/** `unrecorded`: there are tables, and no migration is recorded. */
export type State = 'empty' | 'unrecorded' | 'recorded'

export async function stateOf({ dialect, schemaName }: Drivers, database: Driver): Promise<State> {
  const { rows } =
    dialect === 'sqlite'
      ? await database.query("SELECT name FROM sqlite_master WHERE type = 'table'", [])
      : await database.query(TABLES, [schemaName ?? 'public'])
  const names = rows.map(([name]) => String(name)).filter((name) => !name.startsWith('sqlite_'))
  if (names.includes(RECORD)) {
    const recorded = await database.query(`SELECT count(*) FROM "${RECORD}"`, [])
    if (Number(recorded.rows[0]?.[0]) > 0) return 'recorded'
  }
  return names.some((name) => name !== RECORD) ? 'unrecorded' : 'empty'
}

const RECORD = '_prisma_migrations'

/** Those of extensions come with them. */
const TABLES = `SELECT c.relname::text FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE n.nspname = $1 AND c.relkind IN ('r', 'p')
    AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')`

/** The engine can't make it on SQLite. */
export const SQLITE_MIGRATIONS_TABLE = `CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
    "id"                    TEXT PRIMARY KEY NOT NULL,
    "checksum"              TEXT NOT NULL,
    "finished_at"           DATETIME,
    "migration_name"        TEXT NOT NULL,
    "logs"                  TEXT,
    "rolled_back_at"        DATETIME,
    "started_at"            DATETIME NOT NULL DEFAULT current_timestamp,
    "applied_steps_count"   INTEGER UNSIGNED NOT NULL DEFAULT 0
);`
