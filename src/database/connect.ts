import { UserError } from '../errors.js'
import type { DatabaseApp } from './app.js'
import type { Drivers } from './driver.js'
import { shownUrl } from './shown-url.js'
import { pgliteDrivers } from './drivers/pglite.js'
import { postgresDrivers } from './drivers/postgres.js'
import { sqliteDrivers } from './drivers/sqlite.js'

const isServer = (url: string): boolean => /^postgres(ql)?:\/\//.test(url)

/**
 * How the schema engine reaches the app's database.
 * @param command what Prisma's command line calls the work: `migrate dev`
 * @throws UserError for a database that the engine does not support: MySQL, CockroachDB, SQL Server
 */
export function driversFor(app: DatabaseApp, command: string): Drivers {
  switch (app.provider) {
    case 'sqlite':
      return sqliteDrivers(app)
    case 'postgresql':
      if (isServer(app.url)) return postgresDrivers(app)
      if (app.url.startsWith('pglite:')) return pgliteDrivers(app)
      throw new UserError(`DATABASE_URL is '${shownUrl(app.url)}'; the schema is for PostgreSQL.`, [
        'Set it to postgresql://user:password@host:5432/database, or to pglite:./data/pglite',
      ])
    case 'mysql':
    case 'cockroachdb':
    case 'sqlserver':
      throw needsPrismaCli(app.provider, command)
  }
}

/** What to do where Prisma's WebAssembly engine does not go: its command line, with the native one. */
const needsPrismaCli = (provider: string, command: string): UserError =>
  new UserError(
    `Only Prisma's own command line changes ${provider} databases: its engine is a native program.`,
    ['npm install --save-dev prisma@7.10.0', `npx prisma ${command}`],
  )
