import { existsSync, mkdirSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { lockFolder } from '../../../templates/base/files/src/db/postgresql/folder-lock.js'
import { UserError } from '../../errors.js'
import { embeddedExtension, extensionsOf } from '../../schema/extensions.js'
import type { DatabaseApp } from '../app.js'
import type { Driver, Drivers } from '../driver.js'
import { loadFromApp } from '../packages.js'
import { columnType, describeError, parsers } from './postgres-types.js'

type PGlite = {
  query(sql: string, args: readonly unknown[], options: object): Promise<PGliteResult>
  exec(sql: string): Promise<unknown>
  close(): Promise<void>
}
type PGliteResult = {
  fields: { name: string; dataTypeID: number }[]
  rows: unknown[][]
  affectedRows?: number
}

/** PostgreSQL in this process, on a folder of the app. Replays migrations in memory. */
export function pgliteDrivers(app: DatabaseApp): Drivers {
  return {
    dialect: 'postgres',
    schemaName: undefined,
    main: () => openFolder(app),
    shadow: () => open(app, undefined, () => {}),
    describeError,
  }
}

async function openFolder(app: DatabaseApp): Promise<Driver> {
  const folder = resolve(app.root, app.url.replace(/^pglite:/, ''))
  mkdirSync(dirname(folder), { recursive: true })
  const unlock = takeLock(folder)
  return open(app, folder, unlock).catch((error: unknown) => {
    unlock()
    throw error
  })
}

/** The app takes the same lock. @throws UserError when another process has the folder open */
function takeLock(folder: string): () => void {
  try {
    return lockFolder(folder)
  } catch (cause) {
    throw new UserError((cause as Error).message, [], { cause })
  }
}

async function open(
  app: DatabaseApp,
  dataDir: string | undefined,
  onClose: () => void,
): Promise<Driver> {
  const { PGlite } = loadFromApp<{ PGlite: { create(options: object): Promise<PGlite> } }>(
    app.root,
    '@electric-sql/pglite',
  )
  const isNew = dataDir === undefined || !existsSync(join(dataDir, 'PG_VERSION'))
  const db = await PGlite.create({
    dataDir,
    extensions: extensionsFor(app),
    ...(isNew ? { loadDataDir: await emptyDatabase(app.root) } : {}),
  })
  await db.exec("SET TIME ZONE 'UTC'")
  return {
    async query(sql, args) {
      const result = await db.query(sql, args, { rowMode: 'array', parsers })
      return {
        columnNames: result.fields.map((field) => field.name),
        columnTypes: result.fields.map((field) => columnType(field.dataTypeID)),
        rows: result.rows,
        affected: result.affectedRows ?? 0,
      }
    },
    async script(sql) {
      await db.exec(sql)
    },
    close: () => db.close().finally(onClose),
  }
}

const emptyDatabase = (root: string): Promise<Blob> =>
  loadFromApp<{ dataDir(): Promise<Blob> }>(root, '@electric-sql/pglite-prepopulatedfs').dataDir()

/** @throws UserError when the schema needs an extension that the embedded database does not have */
function extensionsFor({ root, files }: DatabaseApp): Record<string, unknown> {
  const names = extensionsOf(files.map((file) => file.content).join('\n'))
  return Object.fromEntries(
    names.map((extension) => {
      const found = embeddedExtension(extension)
      if (found === null)
        throw new UserError(`The embedded PostgreSQL has no extension '${extension}'.`, [
          'Set DATABASE_URL in .env to a PostgreSQL server that has it: postgresql://user:password@host:5432/database',
        ])
      return [found.name, loadFromApp<Record<string, unknown>>(root, found.module)[found.name]]
    }),
  )
}
