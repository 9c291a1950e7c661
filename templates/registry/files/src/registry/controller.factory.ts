import { readBody } from '../http/body.js'
import { deleteManyBody } from '../http/bulk.js'
import { readId } from '../http/id.js'
import { ifMatch } from '../http/precondition.js'
import {
  readCountQuery,
  readListQuery,
  readSearchQuery,
  readSelection,
  readWhere,
  refuseQuery,
} from '../http/query.js'
import { created, createdMany, noContent, ok, one, page } from '../http/respond.js'
import { retrying } from '../http/retry.js'
import type { Handler, OperationKind } from '../http/route.js'
import type { Service } from './service.factory.js'
import type { Validators } from './validator.factory.js'

export type Controller = Readonly<Record<OperationKind, Handler>>

/** Makes the handlers of one model: from requests to its service and back. */
export function createController(model: string, service: Service, check: Validators): Controller {
  return {
    async list(request) {
      const query = await readListQuery<object>(model, request)
      const { rows, total } = await service.list(query)
      return page(model, rows, total, query)
    },
    async search(request) {
      const query = await readSearchQuery<object>(model, request)
      const { rows, total } = await service.list(query)
      return page(model, rows, total, query)
    },
    count: async (request) => ok({ count: await service.count(readCountQuery(model, request)) }),
    async get(request) {
      const where = readId<object>(model, request.params)
      return one(model, await service.get(where, readSelection(model, request)), request)
    },
    async create(request) {
      const input = readBody(check.create, request.body)
      const shape = readSelection<object>(model, request)
      return created(model, await retrying(() => service.create(input, shape)), request)
    },
    async createMany(request) {
      refuseQuery(request)
      const { data } = readBody(check.createMany, request.body)
      return createdMany(await retrying(() => service.createMany(data)))
    },
    update: changing(model, check.update, service.update),
    replace: changing(model, check.replace, service.replace),
    async updateMany(request) {
      refuseQuery(request)
      const { where, data } = readBody(check.updateMany, request.body)
      return ok({ count: await service.updateMany(readWhere(model, where), data) })
    },
    async delete(request) {
      refuseQuery(request)
      const where = readId<object>(model, request.params)
      await ifMatch(model, where, request, (db) => service.delete(where, db))
      return noContent()
    },
    async deleteMany(request) {
      refuseQuery(request)
      const { where } = readBody(deleteManyBody, request.body)
      return ok({ count: await service.deleteMany(readWhere(model, where)) })
    },
  }
}

const changing =
  (model: string, body: Validators['update'], write: Service['update']): Handler =>
  async (request) => {
    const where = readId<object>(model, request.params)
    const input = readBody(body, request.body)
    const selection = readSelection<object>(model, request)
    const row = await ifMatch(model, where, request, (db) => write(where, input, selection, db))
    return one(model, row, request)
  }
