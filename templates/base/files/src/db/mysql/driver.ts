import { PrismaMariaDb } from '@prisma/adapter-mariadb'
import type { SqlDriverAdapterFactory } from '@prisma/client/runtime/client'
import mariadb from 'mariadb'
import type { Connection } from './connection.js'
import { rewriting } from './statements.js'

/**
 * Opens the database that `url` names (`mysql://user:password@host:3306/database`) for Prisma.
 * @param timeoutMs how long a statement may take, 0 for no limit but the server's own
 */
export function createAdapter(url: string, timeoutMs: number): SqlDriverAdapterFactory {
  const address = limited(addressOf(url), timeoutMs)
  // The adapter's own driver is an older one: it leaves a rejection unhandled, which ends the process, when a
  // connection is lost between its login and the end of its first statements.
  const connect = () =>
    new PrismaMariaDb(mariadb.createPool(address.href) as Pool, {
      disposeExternalPool: true,
    }).connect()
  return rewriting(
    { provider: 'mysql', adapterName: '@prisma/adapter-mariadb', connect },
    ignoringCase,
  )
}

/** As the adapter knows it from its own driver: the names of column types are another enum there. */
type Pool = ConstructorParameters<typeof PrismaMariaDb>[0]

/** As the driver wants it, with what the adapter sets for a pool of its own: statements are not kept prepared. */
function addressOf(url: string): URL {
  const address = new URL(url.replace(/^mysql:/, 'mariadb:'))
  if (!address.searchParams.has('prepareCacheLength'))
    address.searchParams.set('prepareCacheLength', '0')
  return address
}

/** Each server reads the comment that is meant for it: MySQL limits reads alone, MariaDB every statement. */
function limited(address: URL, timeoutMs: number): URL {
  if (timeoutMs === 0) return address
  const seconds = timeoutMs / 1000
  const statement = `SET @limited = 1 /*M!100101 , max_statement_time = ${seconds} */ /*!50708 , max_execution_time = ${timeoutMs} */`
  // A blank would become a plus, which the driver takes for one.
  address.searchParams.set('initSql', statement.replaceAll(' ', '\t'))
  return address
}

/** Texts in JSON have no collation but the binary one; here they match as the texts of columns do. */
const ignoringCase = (sql: string): string =>
  sql.replaceAll(
    /(JSON_UNQUOTE\(JSON_EXTRACT\([^?]*\?\)\))( (?:NOT )?LIKE )/g,
    '$1 COLLATE utf8mb4_unicode_ci$2',
  )

/** Opens it for migrations. */
export async function connect(url: string): Promise<Connection> {
  const address = new URL(url.replace(/^mysql:/, 'mariadb:'))
  address.searchParams.set('multipleStatements', 'true')
  const connection = await mariadb.createConnection(address.href)
  return {
    createMigrationsTable: `CREATE TABLE IF NOT EXISTS _prisma_migrations (
    id                      VARCHAR(36) PRIMARY KEY NOT NULL,
    checksum                VARCHAR(64) NOT NULL,
    finished_at             DATETIME(3),
    migration_name          VARCHAR(255) NOT NULL,
    logs                    TEXT,
    rolled_back_at          DATETIME(3),
    started_at              DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
    applied_steps_count     INTEGER UNSIGNED NOT NULL DEFAULT 0
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;`,
    query: (parts, ...values) => connection.query(parts.join('?'), values),
    async script(sql) {
      await connection.query(sql)
    },
    async hasTables() {
      const tables = await connection.query(
        "SELECT 1 FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name <> '_prisma_migrations' LIMIT 1",
      )
      return tables.length > 0
    },
    async lock() {
      // The name that Prisma's own command takes, so that the two wait for each other.
      await connection.query("SELECT GET_LOCK('prisma_migrate', 60)")
    },
    close: () => connection.end(),
  }
}
