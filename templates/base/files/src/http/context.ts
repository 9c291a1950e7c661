import { prisma, type Db } from '../db.js'
import type { ApiRequest } from './route.js'

/** What a call works with, from the route down to the database. */
export interface Context {
  /** The database as this call sees it; within a transaction, that transaction. */
  readonly db: Db
  readonly request: ApiRequest
  /** True within a transaction: what is written is undone with it. */
  readonly inTransaction: boolean
}

/** The one place where a request becomes a call. */
export const contextOf = (request: ApiRequest): Context => ({
  db: prisma,
  request,
  inTransaction: false,
})

/** The same call within a transaction. */
export const withTransaction = (context: Context, db: Db): Context => ({
  ...context,
  db,
  inTransaction: true,
})
