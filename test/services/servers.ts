import { randomBytes } from 'node:crypto'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { dependencyFolder } from '../contract/dependencies.js'

export type TestDatabase = {
  readonly url: string
  /** Runs a script, or one query: its rows. */
  execute(sql: string): Promise<Row[]>
  remove(): Promise<void>
}

export type Row = Readonly<Record<string, unknown>>

export type Server = {
  /**
   * Makes an empty database on the server.
   * @throws Error when the variable is not set or the server does not answer
   */
  makeDatabase(): Promise<TestDatabase>
}

/** Just what is used here of two drivers that the repository itself does not depend on. */
type PgDriver = {
  Client: new (options: { connectionString: string }) => {
    connect(): Promise<void>
    query(sql: string): Promise<{ rows: Row[] }>
    end(): Promise<void>
  }
}
type MariadbDriver = {
  createConnection(url: string): Promise<{
    query(sql: string): Promise<Row[]>
    end(): Promise<void>
  }>
}

/** The drivers that generated apps get. */
export async function driver<T>(name: string): Promise<T> {
  const require = createRequire(join(await dependencyFolder(), 'package.json'))
  return require(name) as T
}

async function postgresql(url: string, sql: string): Promise<Row[]> {
  const { Client } = await driver<PgDriver>('pg')
  const client = new Client({ connectionString: url })
  await client.connect()
  const { rows } = await client.query(sql).finally(() => client.end())
  return rows
}

async function mariadb(url: string, sql: string): Promise<Row[]> {
  const { createConnection } = await driver<MariadbDriver>('mariadb')
  const address = new URL(url.replace(/^mysql:/, 'mariadb:'))
  address.searchParams.set('multipleStatements', 'true')
  const connection = await createConnection(address.href)
  return connection.query(sql).finally(() => connection.end())
}

function server(
  variable: string,
  execute: (url: string, sql: string) => Promise<Row[]>,
  drops: (name: string) => readonly string[],
): Server {
  return {
    async makeDatabase() {
      const url = process.env[variable]
      if (!url) throw new Error(`${variable} is not set. It names a server to test against.`)
      const name = `ssot_test_${randomBytes(6).toString('hex')}`
      await execute(url, `CREATE DATABASE ${name}`).catch((error: unknown) => {
        const { host } = new URL(url)
        throw new Error(`No database can be made on the server of ${variable} (${host}).`, {
          cause: error,
        })
      })
      const made = new URL(url)
      made.pathname = `/${name}`
      return {
        url: made.href,
        execute: (sql) => execute(made.href, sql),
        remove: async () => {
          for (const statement of drops(name)) await execute(url, statement)
        },
      }
    },
  }
}

export const servers = {
  postgresql: server('TEST_POSTGRES_URL', postgresql, (name) => [
    `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`,
    // Roles that row-level security made for it are the server's.
    `DROP ROLE IF EXISTS ${name}_reader, ${name}_writer`,
  ]),
  mysql: server('TEST_MYSQL_URL', mariadb, (name) => [`DROP DATABASE IF EXISTS ${name}`]),
} as const
