import { mkdirSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { UserError } from '../../errors.js'
import type { DatabaseApp } from '../app.js'
import type { Driver, Drivers, ResultSet } from '../driver.js'
import { ColumnType } from '../engine-types.js'
import { loadFromApp } from '../packages.js'
import { shownUrl } from '../shown-url.js'
import { quoteJsonDefaults } from '../sqlite-schema.js'

type Libsql = {
  createClient(config: { url: string; timeout: number; intMode: 'bigint' }): {
    execute(statement: { sql: string; args: readonly unknown[] }): Promise<LibsqlResult>
    executeMultiple(sql: string): Promise<void>
    close(): void
  }
}
type LibsqlResult = {
  columns: string[]
  columnTypes: string[]
  rows: ArrayLike<unknown>[]
  rowsAffected: number
}

/**
 * SQLite through libsql. Replays migrations in memory.
 * @param forReading leave the file as it is, its journal mode too
 */
export function sqliteDrivers(
  { root, url }: Pick<DatabaseApp, 'root' | 'url'>,
  forReading = false,
): Drivers {
  const { createClient } = loadFromApp<Libsql>(root, '@libsql/client')
  const open = async (address: string): Promise<Driver> => {
    const client = createClient({ url: address, timeout: 5000, intMode: 'bigint' })
    // A script of hundreds of statements would else wait for the disk after each.
    if (!forReading)
      await client.executeMultiple('PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;')
    return {
      query: async (sql, args) => resultOf(await client.execute({ sql, args })),
      script: (sql) => client.executeMultiple(quoteJsonDefaults(sql)),
      close: async () => client.close(),
    }
  }
  return {
    dialect: 'sqlite',
    schemaName: undefined,
    main: () => open(fileUrl(root, url)),
    shadow: () => open(':memory:'),
    describeError,
  }
}

/** @throws UserError when the URL is not a file's */
function fileUrl(root: string, url: string): string {
  if (!url.startsWith('file:'))
    throw new UserError(`DATABASE_URL is '${shownUrl(url)}'; the schema is for SQLite.`, [
      'Set it to a file, for example file:./data/dev.db',
    ])
  const path = resolve(root, url.slice('file:'.length))
  mkdirSync(dirname(path), { recursive: true })
  return `file:${path}`
}

function resultOf({ columns, columnTypes, rows, rowsAffected }: LibsqlResult): ResultSet {
  const values = rows.map((row) => Array.from(row))
  const types = columns.map((_, index) =>
    typeOf(columnTypes[index] ?? '', values.find((row) => row[index] !== null)?.[index]),
  )
  return {
    columnNames: columns,
    columnTypes: types,
    rows: values.map((row) => row.map((value, index) => valueOf(value, types[index]))),
    affected: rowsAffected,
  }
}

/** Expressions have no declared type: there the first value tells. */
function typeOf(declared: string, value: unknown): number {
  if (typeof value === 'bigint') return ColumnType.Int64
  if (typeof value === 'number') return ColumnType.Double
  if (value instanceof ArrayBuffer) return ColumnType.Bytes
  if (/DATETIME/i.test(declared)) return ColumnType.DateTime
  return /INT/i.test(declared) ? ColumnType.Int64 : ColumnType.Text
}

const valueOf = (value: unknown, type: number | undefined): unknown =>
  type === ColumnType.Int64 && value !== null ? String(value) : value

function describeError(error: unknown): object {
  const message = error instanceof Error ? error.message : String(error)
  const table = /no such table: (\S+)/.exec(message)?.[1]
  if (table) return { kind: 'TableDoesNotExist', table, originalMessage: message }
  return {
    kind: 'sqlite',
    extendedCode: Number((error as { rawCode?: number }).rawCode ?? 1),
    message,
    originalMessage: message,
  }
}
