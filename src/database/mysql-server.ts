import { UserError } from '../errors.js'
import { quoteName } from './mysql-columns.js'
import { loadFromApp } from './packages.js'
import { shownUrl } from './shown-url.js'
import { unreachable } from './unreachable.js'

type Row = Readonly<Record<string, unknown>>

/** A connection that has a database selected. */
export type MysqlServer = {
  readonly database: string
  query(sql: string): Promise<readonly Row[]>
  /** Runs any number of statements. */
  script(sql: string): Promise<void>
}

type Mariadb = {
  createConnection(url: string): Promise<{
    query(sql: string): Promise<readonly Row[]>
    end(): Promise<void>
  }>
}

export type MysqlOptions = {
  /** Where the address was given, for messages. */
  readonly source?: string
  /** SQL that comes before anything else; the database is not selected by then. */
  readonly before?: (database: string) => string
}

/**
 * Connects to a MySQL or MariaDB database, for as long as `work` takes.
 * @throws UserError when the URL is wrong, or the server can't be reached or refuses
 */
export async function withMysql<T>(
  root: string,
  url: string,
  work: (server: MysqlServer) => Promise<T>,
  { source, before }: MysqlOptions = {},
): Promise<T> {
  const mariadb = loadFromApp<Mariadb>(root, 'mariadb')
  const address = addressOf(url)
  const database = decodeURIComponent(address.pathname.slice(1))
  // The driver insists on a database, and this one is always there.
  if (before !== undefined) address.pathname = '/information_schema'
  address.searchParams.set('multipleStatements', 'true')
  const connection = await mariadb.createConnection(address.href).catch((cause: unknown) => {
    throw unreachable(url, cause, source)
  })
  try {
    if (before !== undefined)
      await connection.query(`${before(database)}; USE ${quoteName(database)}`)
    return await work({
      database,
      query: (sql) => connection.query(sql),
      script: async (sql) => void (await connection.query(sql)),
    })
  } finally {
    await connection.end()
  }
}

/** @throws UserError when the URL is not that of a MySQL database */
function addressOf(url: string): URL {
  const address = URL.canParse(url) ? new URL(url.replace(/^mysql:/, 'mariadb:')) : null
  if (address?.protocol === 'mariadb:' && address.pathname.length > 1) return address
  throw new UserError(`'${shownUrl(url)}' is not the address of a MySQL database.`, [
    'It looks like this: mysql://user:password@host:3306/database',
  ])
}
