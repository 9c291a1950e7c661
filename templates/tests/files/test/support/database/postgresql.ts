import { randomUUID } from 'node:crypto'
import { cp, rm } from 'node:fs/promises'
import { join } from 'node:path'

interface TestDatabase {
  readonly url: string
  readonly remove: () => Promise<void>
}

const templatePath = (folder: string): string => join(folder, 'template')

/** Makes an empty embedded database with all tables in `folder`; a server needs no template. */
export async function prepareTemplate(folder: string): Promise<void> {
  if (process.env['TEST_DATABASE_URL'] !== undefined) return
  const url = `pglite:${templatePath(folder)}`
  process.env['DATABASE_URL'] = url
  const { migrate } = await import('../../src/db/migrate.js')
  await migrate(url)
}

/** Copies it; where TEST_DATABASE_URL names a server, makes a database there. */
export async function createDatabase(folder: string): Promise<TestDatabase> {
  const server = process.env['TEST_DATABASE_URL']
  if (server !== undefined) return createOnServer(server)
  const path = join(folder, randomUUID())
  await cp(templatePath(folder), path, { recursive: true })
  return { url: `pglite:${path}`, remove: () => rm(path, { recursive: true, force: true }) }
}

async function createOnServer(server: string): Promise<TestDatabase> {
  process.env['DATABASE_URL'] = server
  const { connect } = await import('../../src/db/driver.js')
  const { migrate } = await import('../../src/db/migrate.js')
  const name = `test_${randomUUID().replaceAll('-', '')}`
  const run = async (sql: string): Promise<void> => {
    const db = await connect(server)
    await db.script(sql)
    await db.close()
  }
  const url = new URL(server)
  url.pathname = `/${name}`
  await run(`CREATE DATABASE ${name}`)
  await migrate(url.href)
  return { url: url.href, remove: () => run(`DROP DATABASE ${name}`) }
}
