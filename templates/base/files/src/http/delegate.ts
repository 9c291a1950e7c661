import type { Db } from '../db.js'
import { modelMeta } from './lookup.js'

interface Count {
  readonly count: number
}

/** What every model of the Prisma client has. */
export interface Table {
  findMany(args: object): Promise<object[]>
  findUnique(args: object): Promise<object | null>
  count(args: object): Promise<number>
  groupBy(args: object): Promise<object[]>
  create(args: object): Promise<object>
  createMany(args: object): Promise<Count>
  update(args: object): Promise<object>
  updateMany(args: object): Promise<Count>
  delete(args: object): Promise<object>
  deleteMany(args: object): Promise<Count>
}

/** The model's part of the client, for code that serves every model. */
export const tableOf = (db: Db, model: string): Table =>
  (db as unknown as Readonly<Record<string, Table>>)[modelMeta(model).delegate] as Table
