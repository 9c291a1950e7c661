import { randomUUID } from 'node:crypto'
import type { DatabaseApp } from '../app.js'
import type { Driver, Drivers } from '../driver.js'
import { loadFromApp } from '../packages.js'
import { unreachable } from '../unreachable.js'
import { columnType, describeError, parsers } from './postgres-types.js'

type Pg = {
  Client: new (config: { connectionString: string; options: string }) => PgClient
  types: { getTypeParser(oid: number, format?: string): (text: string) => unknown }
}
type PgClient = {
  connect(): Promise<void>
  query(query: string | object): Promise<PgResult>
  end(): Promise<void>
}
type PgResult = {
  fields: { name: string; dataTypeID: number }[]
  rows: unknown[][]
  rowCount: number | null
}

/**
 * A PostgreSQL server. Replays migrations in a database that it creates and drops.
 * @param open how to connect; by default a database that is missing is created
 */
export function postgresDrivers(
  { root, url }: Pick<DatabaseApp, 'root' | 'url'>,
  open: typeof connect = connectOrCreate,
): Drivers {
  const pg = loadFromApp<Pg>(root, 'pg')
  const schemaName = new URL(url).searchParams.get('schema') ?? undefined
  return {
    dialect: 'postgres',
    schemaName,
    main: () => open(pg, url),
    shadow: () => connectToShadow(pg, url),
    describeError,
  }
}

/** A database that is not there yet is created. @throws UserError when the server can't be reached */
async function connectOrCreate(pg: Pg, url: string): Promise<Driver> {
  try {
    return await connect(pg, url)
  } catch (error) {
    if ((error as { code?: string }).code !== UNKNOWN_DATABASE) throw unreachable(url, error)
    const address = new URL(url)
    const name = decodeURIComponent(address.pathname.slice(1))
    address.pathname = '/postgres'
    const admin = await connect(pg, address.href)
    await admin.script(`CREATE DATABASE "${name.replaceAll('"', '""')}"`).finally(admin.close)
    return connect(pg, url)
  }
}

const UNKNOWN_DATABASE = '3D000'

/** Connects to a database that is there. */
export async function connect(pg: Pg, url: string): Promise<Driver> {
  const address = new URL(url)
  const schema = address.searchParams.get('schema')
  address.searchParams.delete('schema')
  const path = schema === null ? '' : ` -c search_path="${schema.replaceAll('"', '""')}"`
  const client = new pg.Client({
    connectionString: address.href,
    options: `-c TimeZone=UTC${path}`,
  })
  await client.connect()
  const getTypeParser = (oid: number, format?: string) =>
    (format === 'binary' ? undefined : parsers[oid]) ?? pg.types.getTypeParser(oid, format)
  return {
    async query(text, values) {
      const query = { text, values, rowMode: 'array', types: { getTypeParser } }
      const { fields, rows, rowCount } = await client.query(query)
      return {
        columnNames: fields.map((field) => field.name),
        columnTypes: fields.map((field) => columnType(field.dataTypeID)),
        rows,
        affected: rowCount ?? 0,
      }
    },
    async script(sql) {
      await client.query(sql)
    },
    close: () => client.end(),
  }
}

async function connectToShadow(pg: Pg, url: string): Promise<Driver> {
  const name = `prisma_migrate_shadow_db_${randomUUID()}`
  const admin = await connect(pg, url)
  const address = new URL(url)
  address.pathname = `/${name}`
  try {
    await admin.script(`CREATE DATABASE "${name}"`)
    const shadow = await connect(pg, address.href)
    return {
      ...shadow,
      async close() {
        await shadow.close()
        await admin.script(`DROP DATABASE IF EXISTS "${name}"`)
        await admin.close()
      },
    }
  } catch (error) {
    await admin.close()
    throw error
  }
}
