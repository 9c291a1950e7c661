import { join } from 'node:path'
import { loadSchema } from '../schema/load.js'
import type { DatabaseApp, SchemaText } from './app.js'
import { withComputedColumns } from './computed-columns.js'
import { fromEmpty } from './creation-script.js'
import type { Driver, Drivers } from './driver.js'
import { withEngine } from './engine.js'
import { engineSchema, preamble } from './engine-schema.js'
import type { SchemaEngine } from './engine-types.js'
import { restoreBigInts } from './sqlite-schema.js'

type Prepare = (engine: SchemaEngine, database: Driver) => Promise<unknown>

/**
 * The schema of an app as Prisma reads it from a database; names of the app are kept.
 * @param prepare what makes the tables first, in a database that is empty
 */
export async function introspect(
  app: DatabaseApp,
  drivers: Drivers,
  prepare: Prepare = async () => {},
): Promise<readonly SchemaText[]> {
  const schema = engineSchema(app)
  const result = await withEngine(app.root, drivers, schema.files, async (engine, database) => {
    await prepare(engine, database)
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

/** The same of the empty database that migrations are replayed in. */
export const introspectShadow = (
  app: DatabaseApp,
  drivers: Drivers,
  prepare: Prepare,
): Promise<readonly SchemaText[]> => introspect(app, { ...drivers, main: drivers.shadow }, prepare)

/** Makes the tables of the app's schema. */
export const createTables =
  (app: DatabaseApp): Prepare =>
  async (engine, database) => {
    const schema = await loadSchema({ path: join(app.root, 'prisma') })
    const tables = withComputedColumns((await fromEmpty(app, engine)) ?? '', schema)
    await database.script(preamble(app, []) + tables)
  }
