/** Reads a database that is there, for an app that is to be made of it. */
import { existsSync } from 'node:fs'
import { UserError } from '../errors.js'
import { clientGenerator } from '../schema/generators.js'
import { formatSchema } from '../schema/load.js'
import type { SchemaText } from './app.js'
import type { Driver, Drivers } from './driver.js'
import { providerOfUrl, SOURCE, type ReadableProvider } from './database-url.js'
import { connect, postgresDrivers } from './drivers/postgres.js'
import { sqliteDrivers } from './drivers/sqlite.js'
import { dress } from './dress.js'
import { noFilters, withEngine } from './engine.js'
import type { SchemaEngine } from './engine-types.js'
import { withMysql } from './mysql-server.js'
import { readCatalog } from './read-mysql/catalog.js'
import { mysqlSchema } from './read-mysql/index.js'
import { mysqlTables } from './read-mysql/script.js'
import { completeScript, readDressing, usedSchemas } from './read-postgres.js'
import { shownUrl } from './shown-url.js'
import { unreachable } from './unreachable.js'

export type FoundDatabase = {
  readonly provider: ReadableProvider
  /** A whole schema, formatted. */
  readonly schema: string
  /** SQL that makes the same tables in an empty database. */
  readonly script: string
}

/**
 * Reads the tables, views and enums of a database; nothing in it is changed.
 * @param root folder that has `packagesFor` the provider installed
 * @param url the path of a SQLite file must be absolute
 * @throws UserError when there is no such database, it can't be reached, or it is empty
 */
export async function readDatabase(root: string, url: string): Promise<FoundDatabase> {
  const provider = providerOfUrl(url)
  const { blocks, script, features, settings } = await READERS[provider](root, url)
  if (!/^(model|view) /m.test(blocks))
    throw new UserError(`${SOURCE}: the database ${shownUrl(url)} has no tables.`, [
      'Check the address, or start from a schema: --schema <file|folder>, or --example <name>.',
    ])
  const schema = await formatSchema(`${headOf(provider, features, settings)}\n${blocks}`)
  return { provider, schema, script }
}

type Read = {
  readonly blocks: string
  readonly script: string
  readonly features: readonly string[]
  /** Lines of the datasource. */
  readonly settings: readonly string[]
}

const READERS: Readonly<Record<ReadableProvider, (root: string, url: string) => Promise<Read>>> = {
  sqlite: readSqlite,
  postgresql: readPostgres,
  mysql: readMysql,
}

const headOf = (provider: string, features: readonly string[], settings: readonly string[]) =>
  [
    clientGenerator(features),
    '',
    'datasource db {',
    ...[`provider = "${provider}"`, ...settings].map((line) => `  ${line}`),
    '}\n',
  ].join('\n')

/** What is to be read. */
const FEATURES = ['views', 'partialIndexes']

/** Prisma takes these parts of a schema where their feature is named. */
const featuresOf = (blocks: string): string[] => [
  ...(/^view /m.test(blocks) ? ['views'] : []),
  ...(/\bwhere: (raw\(|\{)/.test(blocks) ? ['partialIndexes'] : []),
]

async function readMysql(root: string, url: string): Promise<Read> {
  return withMysql(
    root,
    url,
    async ({ query, database }) => {
      const blocks = mysqlSchema(await readCatalog(query))
      const script = await mysqlTables(query, database)
      return { blocks, script, features: featuresOf(blocks), settings: [] }
    },
    { source: SOURCE },
  )
}

async function readPostgres(root: string, url: string): Promise<Read> {
  const own = new URL(url).searchParams.get('schema')
  const drivers = postgresDrivers({ root, url }, (pg, address) =>
    connect(pg, address).catch((cause: unknown) => {
      throw unreachable(url, cause, SOURCE)
    }),
  )
  const schemas = own === null ? await withDriver(drivers, usedSchemas) : [own]
  const several = schemas.length > 1 || (own === null && schemas.some((name) => name !== 'public'))
  const settings = several
    ? [`schemas = [${schemas.map((name) => JSON.stringify(name)).join(', ')}]`]
    : []
  const files = [{ path: '/schema.prisma', content: headOf('postgresql', FEATURES, settings) }]
  return withEngine(root, drivers, files, async (engine, database) => {
    const text = await introspect(engine, files, several ? schemas : null)
    const blocks = dress(withoutHead(text), await readDressing(database, schemas))
    const whole = await formatSchema(
      `${headOf('postgresql', featuresOf(blocks), settings)}\n${blocks}`,
    )
    const script = await completeScript(database, schemas, await scriptOf(engine, whole))
    return { blocks, script, features: featuresOf(blocks), settings }
  })
}

async function readSqlite(root: string, url: string): Promise<Read> {
  const path = url.slice('file:'.length)
  if (!existsSync(path))
    throw new UserError(`${SOURCE}: there is no file ${path}.`, ['Give the path of a SQLite file.'])
  const drivers = sqliteDrivers({ root, url }, true)
  const files = [{ path: '/schema.prisma', content: headOf('sqlite', FEATURES, []) }]
  return withEngine(root, drivers, files, async (engine, database) => {
    const text = await introspect(engine, files, null)
    const nothing = { comments: new Map(), generated: new Set<string>(), defaultSchema: '' }
    const blocks = dress(withoutHead(text), nothing)
    const { rows } = await database.query(SQLITE_STATEMENTS, [])
    const script = rows.map(([sql]) => `${String(sql)};\n`).join('\n')
    return { blocks, script, features: featuresOf(blocks), settings: [] }
  })
}

/** The statements that made the tables, indexes, views and triggers, in their order. */
const SQLITE_STATEMENTS = `SELECT sql FROM sqlite_master
  WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND tbl_name <> '_prisma_migrations' ORDER BY rowid`

async function withDriver<T>(drivers: Drivers, work: (db: Driver) => Promise<T>): Promise<T> {
  const database = await drivers.main()
  return work(database).finally(() => database.close())
}

/** @returns the empty text for a database without tables */
async function introspect(
  engine: SchemaEngine,
  files: readonly SchemaText[],
  namespaces: string[] | null,
): Promise<string> {
  const input = {
    schema: { files },
    baseDirectoryPath: '/',
    force: false,
    compositeTypeDepth: -1,
    namespaces,
  }
  const found = await engine.introspect(input).catch((error: Error) => {
    if (error.message.includes('database was empty')) return null
    throw error
  })
  return (found?.schema.files ?? []).map(({ content }) => content).join('\n')
}

/** The generator and the datasource are ours to write. */
const withoutHead = (text: string): string =>
  text.replaceAll(/^(generator|datasource) \w+ \{[^}]*\}\n/gm, '').trimStart()

async function scriptOf(engine: SchemaEngine, schema: string): Promise<string> {
  const { stdout } = await engine.diff({
    from: { tag: 'empty' },
    to: { tag: 'schemaDatamodel', files: [{ path: '/schema.prisma', content: schema }] },
    script: true,
    exitCode: null,
    filters: noFilters,
  })
  return stdout ?? ''
}
