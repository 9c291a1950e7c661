import { PrismaMssql } from '@prisma/adapter-mssql'
import type { Connection } from './connection.js'

/**
 * Opens the database that `url` names (`sqlserver://host:1433;database=app;user=…`) for Prisma.
 * @param timeoutMs how long a statement may take, 0 for no limit; `socketTimeout` in the URL comes first
 */
export function createAdapter(url: string, timeoutMs: number): PrismaMssql {
  return new PrismaMssql(/;socketTimeout=/i.test(url) ? url : `${url};socketTimeout=${timeoutMs}`)
}

/** Opens it for migrations. */
export async function connect(url: string): Promise<Connection> {
  const adapter = await new PrismaMssql(url).connect()
  const pool = adapter.underlyingDriver()
  return {
    createMigrationsTable: `IF OBJECT_ID(N'_prisma_migrations') IS NULL CREATE TABLE _prisma_migrations (
    id                      VARCHAR(36) PRIMARY KEY NOT NULL,
    checksum                VARCHAR(64) NOT NULL,
    finished_at             DATETIMEOFFSET,
    migration_name          NVARCHAR(250) NOT NULL,
    logs                    NVARCHAR(MAX) NULL,
    rolled_back_at          DATETIMEOFFSET,
    started_at              DATETIMEOFFSET NOT NULL DEFAULT CURRENT_TIMESTAMP,
    applied_steps_count     INT NOT NULL DEFAULT 0
);`,
    async query(parts, ...values) {
      const request = pool.request()
      values.forEach((value, index) => request.input(`v${index}`, value))
      const { recordset } = await request.query(
        parts.reduce((sql, part, index) => `${sql}@v${index - 1}${part}`),
      )
      return recordset ?? []
    },
    async script(sql) {
      await pool.request().batch(sql)
    },
    async hasTables() {
      const { recordset } = await pool
        .request()
        .query("SELECT name FROM sys.tables WHERE name <> '_prisma_migrations'")
      return recordset.length > 0
    },
    // Locks of SQL Server belong to one connection and this is a pool: let one process migrate.
    lock: async () => {},
    close: () => adapter.dispose(),
  }
}
