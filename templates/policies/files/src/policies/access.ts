import type { Db } from '../db.js'
import type { User } from '../http/authenticate.js'
import { models } from '../schema/models.js'
import { grantsTo } from './grants.js'
import { readsOf } from './reads.js'
import type { Access, Table } from './table.js'
import { writesOf } from './writes.js'

/**
 * The database as one user may see and change it: rows that he may not read are not there, in filters and related
 * rows neither. Whatever is not read or written row by row, such as raw SQL, is refused.
 * @param inTransaction true where `db` is a transaction's
 */
export function accessTo(db: Db, user: User | null, inTransaction: boolean): Db {
  const access = { db, grants: grantsTo(user), inTransaction }
  const tables = new Map<string, Table>()
  return new Proxy({} as Db, {
    get(_, delegate) {
      if (isLanguage(delegate)) return undefined
      const table = tables.get(delegate) ?? boundTable(access, delegate)
      tables.set(delegate, table)
      return table
    },
  })
}

/** What the language asks of every object: whether it is a promise, how it is printed. */
const isLanguage = (name: string | symbol): name is symbol | 'then' =>
  typeof name === 'symbol' || name === 'then'

const byDelegate = new Map(Object.values(models).map((meta) => [meta.delegate, meta]))

function boundTable(access: Access, delegate: string): Table {
  const meta = byDelegate.get(delegate)
  if (!meta) throw new Error(`'${delegate}' is not for one user: it would pass the policies by.`)
  const reads = readsOf(access, meta)
  let writes: Partial<Table> | undefined
  return new Proxy({} as Table, {
    get(_, name) {
      if (isLanguage(name)) return undefined
      if (Object.hasOwn(reads, name)) return reads[name as keyof typeof reads]
      // Most requests only read.
      writes ??= writesOf(access, meta)
      if (Object.hasOwn(writes, name)) return writes[name as keyof Table]
      throw new Error(`${delegate}.${name} passes the policies by: use another operation.`)
    },
  })
}
