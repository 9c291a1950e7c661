import { randomUUID } from 'node:crypto'
import { copyFile, rm } from 'node:fs/promises'
import { join } from 'node:path'

const templatePath = (folder: string): string => join(folder, 'template.db')

/** Makes an empty database with all tables in `folder`. */
export async function prepareTemplate(folder: string): Promise<void> {
  const url = `file:${templatePath(folder)}`
  process.env['DATABASE_URL'] = url
  const { migrate } = await import('../../src/db/migrate.js')
  await migrate(url)
}

/** Copies it. */
export async function createDatabase(
  folder: string,
): Promise<{ url: string; remove: () => Promise<void> }> {
  const path = join(folder, `${randomUUID()}.db`)
  await copyFile(templatePath(folder), path)
  return { url: `file:${path}`, remove: () => rm(path, { force: true }) }
}
