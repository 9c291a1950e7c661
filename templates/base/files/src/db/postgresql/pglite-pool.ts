import type { PGlite } from '@electric-sql/pglite'
import pg from 'pg'

/**
 * A `pg.Pool` of one connection over PGlite, so that Prisma's adapter for PostgreSQL drives the embedded
 * database as it drives a server. Whoever wants the connection waits in line.
 * @param close what `end()` does, once everybody in line is served
 */
export function poolOver(db: PGlite, close: () => Promise<void>): pg.Pool {
  const turn = takeTurns()
  const run = (query: Query | string, values?: unknown[]) => runQuery(db, query, values)
  const ignore = (): void => {}
  return Object.assign(new pg.Pool({ max: 1 }), {
    async query(query: Query | string, values?: unknown[]): Promise<Result> {
      const release = await turn()
      return run(query, values).finally(release)
    },
    async connect(): Promise<object> {
      const release = await turn()
      return { query: run, release, on: ignore, removeListener: ignore }
    },
    async end(): Promise<void> {
      const release = await turn()
      await close().finally(release)
    },
  })
}

type Query = {
  readonly text: string
  readonly values?: unknown[]
  readonly rowMode?: 'array'
  readonly types?: { getTypeParser: GetTypeParser }
}
type GetTypeParser = (oid: number, format: 'text') => (text: string) => unknown
type Result = { readonly fields: unknown[]; readonly rows: unknown[]; readonly rowCount: number }

/** @returns a function that waits for everybody before, and resolves to what ends the turn */
function takeTurns(): () => Promise<() => void> {
  let last = Promise.resolve()
  return async () => {
    let release = (): void => {}
    const previous = last
    last = new Promise((resolve) => (release = resolve))
    await previous
    return release
  }
}

async function runQuery(
  db: PGlite,
  query: Query | string,
  values: unknown[] = [],
): Promise<Result> {
  const {
    text,
    rowMode,
    types = pg.types,
    ...own
  } = typeof query === 'string' ? ({ text: query } as Query) : query
  const parameters = own.values ?? values
  const parsers = parsersOf(db, types.getTypeParser as GetTypeParser)
  // Only a plain text may hold several statements, as with a server.
  if (typeof query === 'string' && parameters.length === 0)
    return resultOf((await db.exec(text, { rowMode, parsers })).at(-1))
  const serializers = serializersOf(db)
  return resultOf(await db.query(text, parameters.map(toText), { rowMode, parsers, serializers }))
}

/** PGlite's own conversions give way to those the caller asks for. */
function parsersOf(
  db: PGlite,
  getTypeParser: GetTypeParser,
): Record<number, (text: string) => unknown> {
  const oids = Object.keys(db.parsers).map(Number)
  return Object.fromEntries(
    oids.map((oid) => [oid, (text: string) => getTypeParser(oid, 'text')(text)]),
  )
}

/** Parameters are text already. */
const serializersOf = (db: PGlite): Record<number, (value: unknown) => string> =>
  Object.fromEntries(Object.keys(db.serializers).map((oid) => [oid, String]))

function resultOf(
  result: { fields: unknown[]; rows: unknown[]; affectedRows?: number } | undefined,
): Result {
  const { fields = [], rows = [] } = result ?? {}
  return { fields, rows, rowCount: result?.affectedRows ?? rows.length }
}

/** A parameter in PostgreSQL's text form. */
function toText(value: unknown): string | null {
  if (value === null || value === undefined) return null
  if (Array.isArray(value)) return `{${value.map(toElement).join(',')}}`
  if (value instanceof Uint8Array) return `\\x${Buffer.from(value).toString('hex')}`
  if (value instanceof Date) return value.toISOString()
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

/** An element of an array in its text form, quoted. */
function toElement(value: unknown): string {
  if (Array.isArray(value)) return String(toText(value))
  const text = toText(value)
  return text === null ? 'NULL' : `"${text.replace(/["\\]/g, String.raw`\$&`)}"`
}
