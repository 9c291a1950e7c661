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

function boundTable(access: Access, delegate: string): Table {
  const meta = Object.values(models).find((model) => model.delegate === delegate)
  if (!meta) throw new Error(`'${delegate}' is not for one user: it would pass the policies by.`)
  const table: Table = { ...readsOf(access, meta), ...writesOf(access, meta) }
  return new Proxy(table, {
    get(operations, name) {
      if (isLanguage(name)) return undefined
      if (Object.hasOwn(operations, name)) return operations[name as keyof Table]
      throw new Error(`${delegate}.${name} passes the policies by: use another operation.`)
    },
  })
}
