import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import type { DatabaseApp } from '../database/app.js'
import { UserError } from '../errors.js'
import { failure, fine, warning, type Finding } from './finding.js'

/** Can the database be reached, and is it what the schema says? Nothing in it is changed. */
export async function checkDatabase(root: string): Promise<Finding> {
  const { readDatabaseApp } = await import('../database/app.js')
  try {
    const app = readDatabaseApp(root)
    return missingDatabase(app) ?? (await compare(app))
  } catch (error) {
    if (error instanceof UserError) return failure('database', error.message, ...error.remedies)
    throw error
  }
}

/** An embedded database that is not there would be made by looking at it. */
function missingDatabase({ root, url }: DatabaseApp): Finding | null {
  const [, path] = /^(?:file|pglite):(?!\/\/)(.+)$/.exec(url) ?? []
  if (path === undefined || existsSync(resolve(root, path))) return null
  return failure('database', `There is no database yet: ${url}`, 'Run: ssot db deploy')
}

async function compare(app: DatabaseApp): Promise<Finding> {
  if (app.provider === 'cockroachdb' || app.provider === 'sqlserver')
    return warning(
      'database',
      `is not compared with the schema: only Prisma's own command line reads ${app.provider}`,
      'Run: npx prisma migrate status',
    )
  const [{ compareWithDatabase }, { differenceText }] = await Promise.all([
    import('../database/pull.js'),
    import('../database/compare.js'),
  ])
  const { changes } = await compareWithDatabase(app)
  if (changes.length === 0) return fine('database', 'is what the schema says')
  const added = changes.flatMap((change) => change.added)
  const missing = changes.flatMap((change) => change.removed)
  return warning(
    'database',
    `and schema differ:\n${differenceText({ added, missing })}`,
    'To make the database follow the schema: ssot db migrate (for migrations that wait: ssot db deploy)',
    'To make the schema follow the database: ssot db pull',
  )
}
