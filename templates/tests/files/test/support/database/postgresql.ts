import { randomBytes } from 'node:crypto'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** The databases of a run: on the server that TEST_DATABASE_URL names, else embedded ones in a folder. */
export type Databases =
  | { readonly folder: string }
  | { readonly server: string; readonly prefix: string }

const templatePath = (folder: string): string => join(folder, 'template')

/** Makes an empty embedded database with all tables; a server needs no template. */
export async function prepareDatabases(): Promise<Databases> {
  const server = process.env['TEST_DATABASE_URL']
  if (server !== undefined) {
    process.env['DATABASE_URL'] = server
    return { server, prefix: `test_${randomBytes(6).toString('hex')}` }
  }
  const folder = await mkdtemp(join(tmpdir(), 'app-test-'))
  await migrateAt(`pglite:${templatePath(folder)}`)
  return { folder }
}

/** Copies the template for a worker, or makes a database on the server. @returns its address */
export async function createDatabase(databases: Databases, worker: string): Promise<string> {
  if ('folder' in databases) {
    const path = join(databases.folder, worker)
    await cp(templatePath(databases.folder), path, { recursive: true })
    return `pglite:${path}`
  }
  const { server, prefix } = databases
  const url = new URL(server)
  url.pathname = `/${prefix}_${worker}`
  await run(server, `DROP DATABASE IF EXISTS ${prefix}_${worker}`)
  await run(server, `CREATE DATABASE ${prefix}_${worker}`)
  await migrateAt(url.href)
  return url.href
}

/** @param workers how many there were at most */
export async function removeDatabases(databases: Databases, workers: number): Promise<void> {
  if ('folder' in databases) return rm(databases.folder, { recursive: true, force: true })
  for (let worker = 1; worker <= workers; worker++)
    await run(
      databases.server,
      `DROP DATABASE IF EXISTS ${databases.prefix}_${worker} WITH (FORCE)`,
    )
}

async function migrateAt(url: string): Promise<void> {
  // What is imported reads the environment once.
  process.env['DATABASE_URL'] = url
  const { migrate } = await import('../../src/db/migrate.js')
  await migrate(url)
}

async function run(server: string, sql: string): Promise<void> {
  process.env['DATABASE_URL'] ??= server
  const { connect } = await import('../../src/db/driver.js')
  const connection = await connect(server)
  await connection.script(sql).finally(() => connection.close())
}
