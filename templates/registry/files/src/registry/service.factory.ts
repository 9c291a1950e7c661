import { prisma, type Db } from '../db.js'
import { writeMany } from '../http/bulk.js'
import { modelMeta } from '../http/lookup.js'
import type { ListQuery } from '../http/query.js'
import { writeData } from '../http/write.js'

/** What is done with a model in the database. `db` is a transaction's client where the call is part of one. */
export interface Service {
  list(
    query: ListQuery<object>,
  ): Promise<{ readonly rows: readonly object[]; readonly total: number }>
  count(where: object): Promise<number>
  get(where: object, selection: object): Promise<object | null>
  create(input: object, selection: object, db?: Db): Promise<object>
  createMany(rows: readonly object[]): Promise<{ readonly count: number }>
  update(where: object, input: object, selection: object, db?: Db): Promise<object>
  replace(where: object, input: object, selection: object, db?: Db): Promise<object>
  updateMany(where: object, input: object): Promise<number>
  delete(where: object, db?: Db): Promise<object>
  deleteMany(where: object): Promise<number>
}

/** The part of the Prisma client that every model has. */
interface Delegate {
  findMany(args: object): Promise<object[]>
  findUnique(args: object): Promise<object | null>
  count(args: object): Promise<number>
  create(args: object): Promise<object>
  createMany(args: object): Promise<{ readonly count: number }>
  update(args: object): Promise<object>
  updateMany(args: object): Promise<{ readonly count: number }>
  delete(args: object): Promise<object>
  deleteMany(args: object): Promise<{ readonly count: number }>
}

/** Makes the operations of one model. */
export function createService(model: string): Service {
  const { delegate } = modelMeta(model)
  const table = (db: Db = prisma): Delegate =>
    (db as unknown as Readonly<Record<string, Delegate>>)[delegate] as Delegate
  return {
    async list({ args, where }) {
      const [rows, total] = await Promise.all([table().findMany(args), table().count({ where })])
      return { rows, total }
    },
    count: (where) => table().count({ where }),
    get: (where, selection) => table().findUnique({ where, ...selection }),
    create: (input, selection, db) =>
      table(db).create({ data: writeData(model, input, 'create'), ...selection }),
    createMany: (rows) =>
      table().createMany({
        data: rows.map((row, index) => writeData(model, row, 'create', `data.${index}`)),
      }),
    update: (where, input, selection, db) =>
      table(db).update({ where, data: writeData(model, input, 'update'), ...selection }),
    replace: (where, input, selection, db) =>
      table(db).update({ where, data: writeData(model, input, 'replace'), ...selection }),
    updateMany(where, input) {
      const data = writeData(model, input, 'update', 'data')
      return writeMany(model, where, (db) => table(db).updateMany({ where, data }))
    },
    delete: (where, db) => table(db).delete({ where }),
    deleteMany: (where) => writeMany(model, where, (db) => table(db).deleteMany({ where })),
  }
}
