import { PrismaPg } from '@prisma/adapter-pg'
import pg from 'pg'
import type { Connection } from './connection.js'

/**
 * Opens the database that `url` names (`postgresql://user@host:26257/database`) for Prisma.
 * @param timeoutMs how long a statement may take, 0 for no limit but the server's own
 */
export function createAdapter(url: string, timeoutMs: number): PrismaPg {
  const onConnect = (client: pg.ClientBase): Promise<unknown> =>
    client.query(`SET statement_timeout = ${timeoutMs}`)
  return new PrismaPg({ connectionString: url, ...(timeoutMs === 0 ? {} : { onConnect }) })
}

/** Opens it for migrations. */
export async function connect(url: string): Promise<Connection> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
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
      const { rows } = await client.query(
        "SELECT FROM pg_tables WHERE schemaname = current_schema() AND tablename <> '_prisma_migrations'",
      )
      return rows.length > 0
    },
    // CockroachDB has no advisory locks: let one process migrate.
    lock: async () => {},
    close: () => client.end(),
  }
}
