import type { SqlDriverAdapterFactory } from '@prisma/client/runtime/client'
import type { Aside, Result, Statement } from './aside.js'
import { takeTurn } from './turns.js'
import { searchOf, tablesOf, weightByKey, weightOf, type Size } from './weight.js'

type Adapter = Awaited<ReturnType<SqlDriverAdapterFactory['connect']>>
type Queryable = Pick<Adapter, 'queryRaw' | 'executeRaw'>
type Read = (sql: string, ...args: string[]) => Promise<Result>
type IsHeavy = (sql: string) => Promise<boolean>

/** Rows that a statement may look at in this process: they take a tenth of a second at most. */
const LIGHT = 200_000
/** How long a transaction may look for its rows: nothing else is answered meanwhile. */
const IN_TRANSACTION_MS = 1000

/**
 * Has what may take long run in a process beside this one, as SQLite would keep everybody waiting. Only reads outside
 * of a transaction can be done there; all else is tried there first, and not begun where that takes too long.
 * @param timeoutMs how long a read may take, 0 for no limit
 */
export function withLongReadsAside<Factory extends SqlDriverAdapterFactory>(
  factory: Factory,
  aside: Aside,
  timeoutMs: number,
): Factory {
  const tried = timeoutMs === 0 ? 0 : Math.min(timeoutMs, IN_TRANSACTION_MS)
  const connect = factory.connect.bind(factory)
  factory.connect = async () => {
    const adapter = await connect()
    const sizes = new Map<string, Sized>()
    const start = adapter.startTransaction.bind(adapter)
    const dispose = adapter.dispose.bind(adapter)
    guard(adapter, sizes, (statement) => aside.read(statement, tried), {
      read: (statement) => aside.read(statement, timeoutMs),
    })
    adapter.startTransaction = async (level) => {
      const transaction = await start(level)
      guard(transaction, sizes, (statement) => aside.read(statement, tried))
      return transaction
    }
    adapter.dispose = async () => {
      aside.close()
      await dispose()
    }
    return adapter
  }
  return factory
}

/**
 * @param attempt runs what would be a long read here, to see how long it takes
 * @param outside reads in place of it, outside of a transaction
 */
function guard(
  queryable: Queryable,
  sizes: Map<string, Sized>,
  attempt: (statement: Statement) => Promise<Result>,
  outside?: { read(statement: Statement): Promise<Result> },
): void {
  const query = queryable.queryRaw.bind(queryable)
  const execute = queryable.executeRaw.bind(queryable)
  const isHeavy = heaviness(
    (sql, ...args) => query({ sql, args, argTypes: args.map(() => TEXT) }),
    sizes,
  )
  const tryOut = async (statement: Statement): Promise<void> => {
    const search = searchOf(statement.sql)
    if (!search || !(await isHeavy(search.sql))) return
    const { sql, skipped } = search
    await attempt({
      sql,
      args: statement.args.slice(skipped),
      argTypes: statement.argTypes.slice(skipped),
    })
  }
  queryable.queryRaw = async (statement) => {
    await takeTurn()
    if (!statement.sql.startsWith('SELECT ')) await tryOut(statement)
    else if (await isHeavy(statement.sql)) {
      if (outside) return outside.read(statement)
      await attempt(statement)
    }
    return query(statement)
  }
  queryable.executeRaw = async (statement) => {
    await takeTurn()
    await tryOut(statement)
    return execute(statement)
  }
}

const TEXT: Statement['argTypes'][number] = { scalarType: 'string', arity: 'scalar' }

interface Sized {
  readonly rows: number
  readonly at: number
}

const SIZE_MS = 5000
const MAX_KNOWN = 1000

/** Tells statements apart by what they may have to look at, in tables as large as they are now. */
function heaviness(read: Read, sizes: Map<string, Sized>): IsHeavy {
  const size: Size = (table) => sizes.get(table)?.rows ?? 1
  const byKey = new Map<string, boolean>()
  const isByKey = async (sql: string): Promise<boolean> => {
    const known = byKey.get(sql)
    if (known !== undefined) return known
    if (byKey.size >= MAX_KNOWN) byKey.clear()
    const found = await usesKey(read, sql)
    byKey.set(sql, found)
    return found
  }
  return async (sql) => {
    for (const table of tablesOf(sql)) {
      const known = sizes.get(table)
      if (known && Date.now() - known.at < SIZE_MS) continue
      sizes.set(table, { rows: await rowsOf(read, table), at: Date.now() })
    }
    if (weightOf(sql, size) <= LIGHT) return false
    return weightByKey(sql, size) > LIGHT || !(await isByKey(sql))
  }
}

/** No fewer than there are: the last row's number. A view has none, and may read anything. */
async function rowsOf(read: Read, table: string): Promise<number> {
  try {
    const { rows } = await read(`SELECT MAX(rowid) FROM \`main\`.\`${table}\``)
    return Math.max(1, Number(rows[0]?.[0] ?? 0))
  } catch {
    return Infinity
  }
}

/** Whether SQLite finds the rows of a statement by all columns of a unique index. */
async function usesKey(read: Read, sql: string): Promise<boolean> {
  const { rows } = await read(`EXPLAIN QUERY PLAN ${sql}`)
  const [, table, index, columns = ''] = PLAN.exec(String(rows[0]?.[3])) ?? []
  if (table === undefined) return false
  if (index === undefined) return true
  const found = await read(
    `SELECT COUNT(*) FROM pragma_index_list(?) list, pragma_index_info(list.name) WHERE list.name = ? AND list."unique"`,
    table,
    index,
  )
  return Number(found.rows[0]?.[0]) === columns.split('=?').length - 1
}

const PLAN = /^SEARCH (\S+) USING (?:INTEGER PRIMARY KEY|(?:COVERING )?INDEX (\S+)) \(([^<>]*)\)$/
