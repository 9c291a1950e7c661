import type { Context } from '../http/context.js'
import { tableOf, type Table } from '../http/delegate.js'
import {
  createRow,
  createRows,
  deleteRow,
  deleteRows,
  replaceRow,
  updateRow,
  updateRows,
} from '../http/operations.js'
import type { ListQuery } from '../http/query.js'

/** What is done with a model in the database. */
export interface Service {
  list(
    context: Context,
    query: ListQuery<object>,
  ): Promise<{ readonly rows: readonly object[]; readonly total: number }>
  count(context: Context, where: object): Promise<number>
  get(context: Context, where: object, selection: object): Promise<object | null>
  create(context: Context, input: object, selection: object): Promise<object>
  createMany(context: Context, rows: readonly object[]): Promise<number>
  update(context: Context, where: object, input: object, selection: object): Promise<object>
  replace(context: Context, where: object, input: object, selection: object): Promise<object>
  updateMany(context: Context, where: object, input: object): Promise<number>
  delete(context: Context, where: object): Promise<void>
  deleteMany(context: Context, where: object): Promise<number>
}

/** Makes the operations of one model. */
export function createService(model: string): Service {
  const table = ({ db }: Context): Table => tableOf(db, model)
  return {
    async list(context, { args, where }) {
      const [rows, total] = await Promise.all([
        table(context).findMany(args),
        table(context).count({ where }),
      ])
      return { rows, total }
    },
    count: (context, where) => table(context).count({ where }),
    get: (context, where, selection) => table(context).findUnique({ where, ...selection }),
    create: (context, input, selection) =>
      createRow(context, model, { input, selection }, (inside, args: object) =>
        table(inside).create(args),
      ),
    createMany: (context, rows) =>
      createRows(context, model, rows, (inside, args: object) => table(inside).createMany(args)),
    update: (context, where, input, selection) =>
      updateRow(context, model, { where, input, selection }, (inside, args: object) =>
        table(inside).update(args),
      ),
    replace: (context, where, input, selection) =>
      replaceRow(context, model, { where, input, selection }, (inside, args: object) =>
        table(inside).update(args),
      ),
    updateMany: (context, where, input) =>
      updateRows(context, model, { where, input }, (inside, args: object) =>
        table(inside).updateMany(args),
      ),
    delete: (context, where) =>
      deleteRow(context, model, where, (inside, args: object) => table(inside).delete(args)),
    deleteMany: (context, where) =>
      deleteRows(context, model, where, (inside, args: object) => table(inside).deleteMany(args)),
  }
}
