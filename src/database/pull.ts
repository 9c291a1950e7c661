import { renameSync, writeFileSync } from 'node:fs'
import { UserError } from '../errors.js'
import type { DatabaseApp, SchemaText } from './app.js'
import { driversFor } from './connect.js'
import { introspectMysql, introspectMysqlSchema } from './introspect-mysql.js'
import { createTables, introspect, introspectShadow } from './introspect.js'
import { mergeDatabase, type PullChanges } from './pull-merge.js'

/**
 * Brings what the database has and the schema has not into the schema; lines that agree stay as they are.
 * @param force take out what the database does not have
 * @returns the changes by file; empty where the two agree
 * @throws UserError when something would be taken out and `force` was not given; nothing is written then
 */
export async function pull(app: DatabaseApp, force: boolean): Promise<readonly PullChanges[]> {
  const { files, changes } = await compareWithDatabase(app)
  const lost = changes.flatMap(({ removed }) => removed)
  if (lost.length > 0 && !force)
    throw new UserError(
      `The database has not what the schema says:\n${lost.map((line) => `  - ${line}`).join('\n')}`,
      [
        'To make the database follow: ssot db migrate',
        'To take these lines out of the schema: ssot db pull --force',
      ],
    )
  for (const file of files) replaceFile(file)
  return changes
}

/** How the schema would follow the database; writes nothing. No changes: the two agree. */
export async function compareWithDatabase(app: DatabaseApp) {
  const { actual, expected } = await readBoth(app)
  return mergeDatabase(app.files, expected, actual)
}

/** The schema as it is read from the database, and from one that is made of the schema. */
async function readBoth(app: DatabaseApp) {
  if (app.provider === 'mysql')
    return { actual: await introspectMysql(app), expected: await introspectMysqlSchema(app) }
  const drivers = driversFor(app, 'db pull')
  const actual = await introspect(app, drivers)
  return { actual, expected: await introspectShadow(app, drivers, createTables(app)) }
}

/** All or nothing: a crash half way leaves the old file. */
function replaceFile({ path, content }: SchemaText): void {
  const temporary = `${path}.new`
  writeFileSync(temporary, content)
  renameSync(temporary, path)
}
