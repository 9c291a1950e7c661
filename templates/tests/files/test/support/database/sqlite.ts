import { copyFile, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Where the databases of a run lie. */
export interface Databases {
  readonly folder: string
}

const templatePath = ({ folder }: Databases): string => join(folder, 'template.db')

/** Makes an empty database with all tables. */
export async function prepareDatabases(): Promise<Databases> {
  const databases = { folder: await mkdtemp(join(tmpdir(), 'app-test-')) }
  const url = `file:${templatePath(databases)}`
  process.env['DATABASE_URL'] = url
  const { migrate } = await import('../../src/db/migrate.js')
  await migrate(url)
  return databases
}

/** Copies it for a worker. @returns its address */
export async function createDatabase(databases: Databases, worker: string): Promise<string> {
  const path = join(databases.folder, `${worker}.db`)
  await copyFile(templatePath(databases), path)
  return `file:${path}`
}

/** Takes the folder away, however many workers there were. */
export const removeDatabases = ({ folder }: Databases, _workers: number): Promise<void> =>
  rm(folder, { recursive: true, force: true })
