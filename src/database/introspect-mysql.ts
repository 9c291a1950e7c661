import { randomBytes } from 'node:crypto'
import { UserError } from '../errors.js'
import { formatSchema } from '../schema/load.js'
import type { DatabaseApp, SchemaText } from './app.js'
import { readMysqlDatamodel } from './mysql-datamodel.js'
import { createDatabase, mysqlScript } from './mysql-ddl.js'
import { quoteName } from './mysql-columns.js'
import { withMysql, type MysqlServer } from './mysql-server.js'
import { readCatalog } from './read-mysql/catalog.js'
import { knownNames } from './read-mysql/known-names.js'
import { mysqlSchema } from './read-mysql/index.js'

/** The tables of the app's database as a schema; names of the app are kept. */
export const introspectMysql = (app: DatabaseApp): Promise<readonly SchemaText[]> =>
  withMysql(app.root, app.url, (server) => read(app, server))

/** The same of what the app's schema says. */
export const introspectMysqlSchema = (app: DatabaseApp): Promise<readonly SchemaText[]> =>
  introspectMysqlScripts(app, [mysqlScript(readMysqlDatamodel(app.root, app.files))])

/**
 * The same of what some scripts make, in a database of their own that is dropped at the end.
 * @throws UserError when no database can be made, or a script fails
 */
export async function introspectMysqlScripts(
  app: DatabaseApp,
  scripts: readonly string[],
): Promise<readonly SchemaText[]> {
  const name = `ssot_shadow_${randomBytes(6).toString('hex')}`
  return withMysql(app.root, app.url, async (server) => {
    await server.script(createDatabase(name)).catch((cause: Error) => {
      throw new UserError(
        `The database is compared with one that is made for that, and none can be made: ${cause.message}`,
        ['Give the user of DATABASE_URL the right to: GRANT ALL ON `ssot\\_shadow\\_%`.* TO …'],
        { cause },
      )
    })
    try {
      await server.script(`USE ${quoteName(name)}`)
      for (const script of scripts) if (script.trim() !== '') await server.script(script)
      return await read(app, server)
    } finally {
      await server.script(`DROP DATABASE ${quoteName(name)}`)
    }
  })
}

async function read(app: DatabaseApp, { query }: MysqlServer): Promise<readonly SchemaText[]> {
  const names = knownNames(readMysqlDatamodel(app.root, app.files))
  const { tables, ...rest } = await readCatalog(query)
  // What a view selects is no matter of the schema.
  const catalog = { ...rest, tables: tables.filter(({ isView }) => !isView) }
  return [{ path: 'schema.prisma', content: await formatSchema(mysqlSchema(catalog, names)) }]
}
