import { randomBytes } from 'node:crypto'

/** The databases of a run, on one server. */
export interface Databases {
  readonly server: string
  readonly prefix: string
}

/** @throws Error where TEST_DATABASE_URL does not name a server */
export async function prepareDatabases(): Promise<Databases> {
  const server = process.env['TEST_DATABASE_URL']
  if (server === undefined)
    throw new Error(
      'Set TEST_DATABASE_URL to a database server on which the tests may create and drop databases.',
    )
  process.env['DATABASE_URL'] = server
  return { server, prefix: `test_${randomBytes(6).toString('hex')}` }
}

/** Makes a database with all tables for a worker. @returns its address */
export async function createDatabase(
  { server, prefix }: Databases,
  worker: string,
): Promise<string> {
  const name = `${prefix}_${worker}`
  const url = inDatabase(server, name)
  // What is imported below reads the environment once.
  process.env['DATABASE_URL'] = url
  const { migrate } = await import('../../src/db/migrate.js')
  await run(server, `DROP DATABASE IF EXISTS ${name}`)
  await run(server, `CREATE DATABASE ${name}`)
  await migrate(url)
  return url
}

/** @param workers how many there were at most */
export async function removeDatabases(
  { server, prefix }: Databases,
  workers: number,
): Promise<void> {
  for (let worker = 1; worker <= workers; worker++)
    await run(server, `DROP DATABASE IF EXISTS ${prefix}_${worker}`)
}

async function run(server: string, sql: string): Promise<void> {
  const { connect } = await import('../../src/db/driver.js')
  const connection = await connect(server)
  await connection.script(sql).finally(() => connection.close())
}

/** SQL Server writes its address `sqlserver://host:1433;database=name;…`. */
function inDatabase(server: string, name: string): string {
  if (server.startsWith('sqlserver:'))
    return server.replace(/;database=[^;]*|$/i, `;database=${name}`)
  const url = new URL(server)
  url.pathname = `/${name}`
  return url.href
}
