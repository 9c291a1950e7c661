import type { Db } from '../db.js'
import { modelMeta } from './lookup.js'

/** What this folder itself asks of a model of the Prisma client. */
interface Reader {
  findUnique(args: { where: object; select?: object }): Promise<object | null>
  count(args: { where: object }): Promise<number>
  groupBy(args: { by: string[]; where: object; orderBy: object }): Promise<object[]>
}

/** The model's part of the client, for code that serves every model. */
export const readerOf = (db: Db, model: string): Reader =>
  (db as unknown as Readonly<Record<string, Reader>>)[modelMeta(model).delegate] as Reader
