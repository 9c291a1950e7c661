import { Problem } from './problem.js'

/** What the driver adapter says of an error: its own word for it, and the code of the database. */
interface Cause {
  readonly kind?: unknown
  readonly originalCode?: unknown
}

/** What it means: a rule of the database, a write that came between, a lock that stayed, a limit of time, no connection. */
type Meaning = 'refused' | 'conflict' | 'locked' | 'cancelled' | 'lost'

const MEANINGS: ReadonlyMap<string, Meaning> = new Map([
  // SQLSTATE of PostgreSQL; 25P03 and 25P04 are limits of whole transactions.
  ['42501', 'refused'],
  ['40001', 'conflict'],
  ['40P01', 'conflict'],
  ['55P03', 'locked'],
  ['57014', 'cancelled'],
  ['25P03', 'cancelled'],
  ['25P04', 'cancelled'],
  // Numbers of MariaDB and MySQL: a changed row and a deadlock; a lock; the limit of either, and KILL QUERY.
  ['1020', 'conflict'],
  ['1213', 'conflict'],
  ['1205', 'locked'],
  ['3572', 'locked'],
  ['1969', 'cancelled'],
  ['3024', 'cancelled'],
  ['1317', 'cancelled'],
  // The server shuts down, or has ended this connection.
  ['1053', 'lost'],
  ['1927', 'lost'],
  // Numbers of their driver: the socket was closed, so was the connection before, there was none to be had.
  ['45009', 'lost'],
  ['45013', 'lost'],
  ['45028', 'lost'],
  // Numbers of SQLite: a transaction that read before another process wrote; busy, locked; an interrupt.
  ['517', 'conflict'],
  ['5', 'locked'],
  ['6', 'locked'],
  ['261', 'locked'],
  ['773', 'locked'],
  ['9', 'cancelled'],
])

/** What the database itself refused or gave up, as an answer; undefined for any other error. */
export function problemOfDatabase(error: unknown): Problem | undefined {
  const headers = { 'retry-after': '1' }
  switch (meaningOf(error)) {
    case 'refused':
      return new Problem(403, 'not_allowed', { detail: 'The database does not allow this.' })
    case 'conflict':
    case 'locked':
      return new Problem(503, 'write_conflict', {
        detail: 'Another write came between: try again.',
        headers,
      })
    case 'cancelled':
      return new Problem(503, 'query_timeout', {
        detail: 'The database took too long: ask for less, or try again later.',
        headers,
      })
    case 'lost':
      return unavailable()
    default:
      return undefined
  }
}

/** The database can't be reached, or was lost. */
export const unavailable = (): Problem =>
  new Problem(503, 'database_unavailable', {
    detail: 'The database does not answer: try again later.',
    headers: { 'retry-after': '1' },
  })

/**
 * True when the database has undone a write because another one came between, or chosen it to end a deadlock: it may
 * succeed when it is tried again. One that has waited for a lock in vain has had its time.
 */
export const isWriteConflict = (error: unknown): boolean => meaningOf(error) === 'conflict'

function meaningOf(error: unknown): Meaning | undefined {
  if (!(error instanceof Error)) return undefined
  const { code, cause } = causeOf(error)
  if (code === 'P2034' || cause?.kind === 'TransactionWriteConflict') return 'conflict'
  if (isLostSocket(error, code)) return 'lost'
  return MEANINGS.get(String(cause?.originalCode))
}

/**
 * The adapter for MariaDB and MySQL passes on errors of the socket: as one of Prisma with their code, or after a
 * commit as its driver marks them. Other sockets, of a plugin for one, are not the database's.
 */
function isLostSocket(error: Error, code: unknown): boolean {
  const { fatal, sqlState } = error as { fatal?: unknown; sqlState?: unknown }
  const isDatabase =
    error.name.startsWith('PrismaClient') || (fatal === true && sqlState === 'HY000')
  return isDatabase && (code === 'ECONNRESET' || code === 'EPIPE' || code === 'ETIMEDOUT')
}

/**
 * An error of Prisma has that of the driver adapter in its `meta`; what a commit ends with is passed on as the driver
 * adapter throws it.
 */
function causeOf(error: Error): { readonly code?: unknown; readonly cause: Cause | undefined } {
  if (error.name === 'DriverAdapterError') return { cause: error.cause as Cause | undefined }
  const { code, meta } = error as { code?: unknown; meta?: { driverAdapterError?: Error } }
  return { code, cause: meta?.driverAdapterError?.cause as Cause | undefined }
}
