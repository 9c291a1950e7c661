import { prisma, type Db } from '../db.js'
import { env } from '../env.js'
import { modelMeta } from '../http/lookup.js'
import type { Grants } from './grants.js'

/** The database, and what one user may do in it. */
export interface Access {
  /** Without any policy. */
  readonly db: Db
  readonly grants: Grants
  readonly inTransaction: boolean
}

/** The part of the Prisma client that every model has. */
export interface Table {
  findMany(args: object): Promise<Row[]>
  findFirst(args: object): Promise<Row | null>
  findUnique(args: object): Promise<Row | null>
  count(args: object): Promise<number>
  groupBy(args: object): Promise<Row[]>
  create(args: object): Promise<Row>
  createMany(args: object): Promise<Count>
  update(args: object): Promise<Row>
  updateMany(args: object): Promise<Count>
  delete(args: object): Promise<Row>
  deleteMany(args: object): Promise<Count>
}

export type Row = Record<string, unknown>

export interface Count {
  readonly count: number
}

/** The model's part of the client, without any policy. */
export const tableOf = ({ db }: Pick<Access, 'db'>, model: string): Table =>
  (db as unknown as Readonly<Record<string, Table>>)[modelMeta(model).delegate] as Table

/** Runs all of this in one transaction: the one that the access is in already, else a new one. */
export function inTransaction<T>(access: Access, work: (access: Access) => Promise<T>): Promise<T> {
  if (access.inTransaction) return work(access)
  const options = { timeout: env.REQUEST_TIMEOUT_MS }
  return prisma.$transaction((db) => work({ ...access, db, inTransaction: true }), options)
}
