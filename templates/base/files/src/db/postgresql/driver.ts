import { PrismaPg } from '@prisma/adapter-pg'
import pg from 'pg'
import type { Connection } from './connection.js'
import { openEmbedded } from './pglite.js'
import { rewriting } from './statements.js'

/**
 * Opens the database that `url` names for Prisma: a server, or the embedded one (`pglite:./data/pglite`).
 * @param timeoutMs how long a statement may take, 0 for no limit but the server's own
 */
export async function createAdapter(url: string, timeoutMs: number): Promise<PrismaPg> {
  return rewriting(await adapterFor(url, timeoutMs), nullsLow)
}

async function adapterFor(url: string, timeoutMs: number): Promise<PrismaPg> {
  if (!isServer(url)) return new PrismaPg(await openEmbedded(url), { disposeExternalPool: true })
  const { connectionString, schema } = serverOf(url)
  // As a parameter of the connection itself, poolers between refuse it.
  const onConnect = (client: pg.ClientBase): Promise<unknown> =>
    client.query(`SET statement_timeout = ${timeoutMs}`)
  return new PrismaPg({ connectionString, ...(timeoutMs === 0 ? {} : { onConnect }) }, { schema })
}

/**
 * Sorts a missing row low, as null is in every order of this API. Prisma knows where nulls go for columns
 * that may be null, not for columns of a row that may be missing.
 */
const nullsLow = (sql: string): string =>
  sql.replaceAll(
    /("orderby_\d+[^"]*"\."(?:[^"]|"")*") ?(ASC|DESC)(?! NULLS)/g,
    (_, column: string, direction: string) =>
      `${column} ${direction} NULLS ${direction === 'ASC' ? 'FIRST' : 'LAST'}`,
  )

/** Opens it for migrations. */
export async function connect(url: string): Promise<Connection> {
  const pool = isServer(url) ? serverPool(url) : await openEmbedded(url)
  const client = await pool.connect()
  return {
    createMigrationsTable: `CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
    id                      VARCHAR(36) PRIMARY KEY NOT NULL,
    checksum                VARCHAR(64) NOT NULL,
    finished_at             TIMESTAMPTZ,
    migration_name          VARCHAR(255) NOT NULL,
    logs                    TEXT,
    rolled_back_at          TIMESTAMPTZ,
    started_at              TIMESTAMPTZ NOT NULL DEFAULT now(),
    applied_steps_count     INTEGER NOT NULL DEFAULT 0
);`,
    async query(parts, ...values) {
      const text = parts.reduce((sql, part, index) => `${sql}$${index}${part}`)
      const { rows } = await client.query<Record<string, unknown>>(text, values)
      return rows
    },
    async script(sql) {
      await client.query(sql)
    },
    async hasTables() {
      // Those of extensions come with them.
      const { rows } = await client.query(`SELECT FROM pg_class c
        WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p') AND relname <> '_prisma_migrations'
          AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = c.oid AND deptype = 'e')`)
      return rows.length > 0
    },
    async lock() {
      // The number that Prisma's own command takes, so that the two wait for each other.
      await client.query('SELECT pg_advisory_lock(72707369)')
    },
    async close() {
      client.release()
      await pool.end()
    },
  }
}

const isServer = (url: string): boolean => /^postgres(ql)?:\/\//.test(url)

/** `?schema=` is Prisma's own parameter: PostgreSQL does not know it. */
function serverOf(url: string): { connectionString: string; schema: string | undefined } {
  const parsed = new URL(url)
  const schema = parsed.searchParams.get('schema') ?? undefined
  parsed.searchParams.delete('schema')
  return { connectionString: parsed.href, schema }
}

function serverPool(url: string): pg.Pool {
  const { connectionString, schema } = serverOf(url)
  const options = schema === undefined ? undefined : `-c search_path=${pg.escapeIdentifier(schema)}`
  return new pg.Pool({ connectionString, options, max: 1 })
}
