import { renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { UserError } from '../errors.js'
import type { DatabaseApp, SchemaText } from './app.js'
import { driversFor } from './connect.js'
import type { Drivers } from './driver.js'
import { noFilters, withEngine } from './engine.js'
import { engineSchema, preamble } from './engine-schema.js'
import { mergeDatabase, type PullChanges } from './pull-merge.js'
import { restoreBigInts } from './sqlite-schema.js'

/**
 * Brings what the database has and the schema has not into the schema; lines that agree stay as they are.
 * @param force take out what the database does not have
 * @returns the changes by file; empty where the two agree
 * @throws UserError when something would be taken out and `force` was not given; nothing is written then
 */
export async function pull(app: DatabaseApp, force: boolean): Promise<readonly PullChanges[]> {
  const drivers = driversFor(app, 'db pull')
  const actual = await introspect(app, drivers)
  const expected = await introspect(app, { ...drivers, main: drivers.shadow }, true)
  const { files, changes } = mergeDatabase(app.files, expected, actual)
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

/** @param create make the tables of the schema first: for a database that is empty */
async function introspect(
  app: DatabaseApp,
  drivers: Drivers,
  create = false,
): Promise<readonly SchemaText[]> {
  const schema = engineSchema(app)
  const result = await withEngine(app.root, drivers, schema.files, async (engine, database) => {
    if (create) {
      await database.script(preamble(app, []))
      await engine.schemaPush({ schema, filters: noFilters, force: true })
    }
    return engine.introspect({
      schema,
      baseDirectoryPath: join(app.root, 'prisma'),
      force: false,
      compositeTypeDepth: -1,
      namespaces: null,
    })
  })
  const { files } = result.schema
  return app.provider === 'sqlite' ? restoreBigInts(files, app.files) : files
}

/** All or nothing: a crash half way leaves the old file. */
function replaceFile({ path, content }: SchemaText): void {
  const temporary = `${path}.new`
  writeFileSync(temporary, content)
  renameSync(temporary, path)
}
