import { randomUUID } from 'node:crypto'

/** The server that tests make their databases on. */
function serverUrl(): string {
  const url = process.env['TEST_DATABASE_URL']
  if (url === undefined)
    throw new Error(
      'Set TEST_DATABASE_URL to a database server on which the tests may create and drop databases.',
    )
  return url
}

/** A server needs no template. */
export async function prepareTemplate(_folder: string): Promise<void> {
  serverUrl()
}

/** Makes a database with all tables. */
export async function createDatabase(
  _folder: string,
): Promise<{ url: string; remove: () => Promise<void> }> {
  const server = serverUrl()
  const name = `test_${randomUUID().replaceAll('-', '')}`
  const url = inDatabase(server, name)
  // What is imported below reads the environment once.
  process.env['DATABASE_URL'] = url
  const { connect } = await import('../../src/db/driver.js')
  const { migrate } = await import('../../src/db/migrate.js')
  const run = async (sql: string): Promise<void> => {
    const db = await connect(server)
    await db.script(sql)
    await db.close()
  }
  await run(`CREATE DATABASE ${name}`)
  await migrate(url)
  return { url, remove: () => run(`DROP DATABASE ${name}`) }
}

/** SQL Server writes its address `sqlserver://host:1433;database=name;…`. */
function inDatabase(server: string, name: string): string {
  if (server.startsWith('sqlserver:'))
    return server.replace(/;database=[^;]*|$/i, `;database=${name}`)
  const url = new URL(server)
  url.pathname = `/${name}`
  return url.href
}
