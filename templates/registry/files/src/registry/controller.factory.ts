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
import type { OperationKind, Route } from '../http/route.js'
import type { Service } from './service.factory.js'
import type { Validators } from './validator.factory.js'

export type Controller = Readonly<Record<OperationKind, Route['handler']>>

/** Makes the handlers of one model: from requests to its service and back. */
export function createController(model: string, service: Service, check: Validators): Controller {
  return {
    async list(context) {
      const query = await readListQuery<object>(model, context)
      const { rows, total } = await service.list(context, query)
      return page(model, rows, total, query, context)
    },
    async search(context) {
      const query = await readSearchQuery<object>(model, context)
      const { rows, total } = await service.list(context, query)
      return page(model, rows, total, query, context)
    },
    async count(context) {
      const where = readCountQuery<object>(model, context.request)
      return ok({ count: await service.count(context, where) })
    },
    async get(context) {
      const where = readId<object>(model, context.request.params)
      const selection = await readSelection<object>(model, context, where)
      return one(model, await service.get(context, where, selection), context)
    },
    async create(context) {
      const input = readBody(check.create, context.request.body)
      const selection = await readSelection<object>(model, context, null)
      return created(model, await service.create(context, input, selection), context)
    },
    async createMany(context) {
      refuseQuery(context.request)
      const { data } = readBody(check.createMany, context.request.body)
      return createdMany(await service.createMany(context, data))
    },
    update: changing(model, check.update, service.update),
    replace: changing(model, check.replace, service.replace),
    async updateMany(context) {
      refuseQuery(context.request)
      const { where, data } = readBody(check.updateMany, context.request.body)
      return ok({ count: await service.updateMany(context, readWhere(model, where), data) })
    },
    async delete(context) {
      refuseQuery(context.request)
      const where = readId<object>(model, context.request.params)
      await ifMatch(model, where, context, (inside) => service.delete(inside, where))
      return noContent()
    },
    async deleteMany(context) {
      refuseQuery(context.request)
      const { where } = readBody(deleteManyBody, context.request.body)
      return ok({ count: await service.deleteMany(context, readWhere(model, where)) })
    },
  }
}

const changing =
  (model: string, body: Validators['update'], write: Service['update']): Route['handler'] =>
  async (context) => {
    const { request } = context
    const where = readId<object>(model, request.params)
    const input = readBody(body, request.body)
    const selection = await readSelection<object>(model, context, where)
    const row = await ifMatch(model, where, context, (inside) =>
      write(inside, where, input, selection),
    )
    return one(model, row, context)
  }
