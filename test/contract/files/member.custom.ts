import { z } from 'zod'
import type { Context } from '../../http/context.js'
import { defineComputed, defineHooks, defineRoutes } from '../../http/custom.js'
import { Problem } from '../../http/problem.js'
import { noContent, ok } from '../../http/respond.js'

const trace = async ({ db }: Context, text: string): Promise<void> => {
  await db.trace.create({ data: { text } })
}

const refuse = (name: string): Problem => new Problem(409, 'refused', { detail: `Not ${name}.` })

defineHooks('Member', {
  async beforeCreate(data, context) {
    await trace(context, `beforeCreate ${data.first}`)
    data.nick ??= data.first.toLowerCase()
    if (data.nick === 'spy') data.secret = 'hidden'
    // @ts-expect-error there is no such column
    void data.frist
  },
  async afterCreate(row, context) {
    await trace(context, `afterCreate ${row.first} ${row.secret}`)
    if (row.last === 'Undone') throw refuse(row.last)
    if (row.nick === 'renamed')
      await context.db.member.update({ where: { id: row.id }, data: { nick: 'after' } })
  },
  async beforeUpdate(data, row, context) {
    await trace(context, `beforeUpdate ${row.first}`)
    if (data.first !== undefined) data.first = data.first.trim()
  },
  async afterUpdate(row, before, context) {
    await trace(context, `afterUpdate ${before.first} ${row.first}`)
    if (row.last === 'Undone') throw refuse(row.last)
  },
  async beforeDelete(row, context) {
    await trace(context, `beforeDelete ${row.first}`)
  },
  async afterDelete(row, context) {
    await trace(context, `afterDelete ${row.first}`)
    if (row.last === 'Kept') throw refuse(row.last)
  },
})

defineRoutes('Member', (route) => [
  route({
    method: 'GET',
    path: '/featured',
    summary: 'The member of the day',
    answer: z.strictObject({ data: z.strictObject({ first: z.string() }) }),
    handler: () => ok({ first: 'Ada' }),
  }),
  route({
    method: 'POST',
    path: '/:id/rename',
    summary: 'Rename a member',
    body: z.strictObject({ last: z.string().min(1) }),
    async handler({ db, request }, { last }) {
      const where = { id: Number(request.params['id']) }
      const row = await db.member.update({ where, data: { last } })
      return ok({ id: row.id, last: row.last })
    },
  }),
  route({
    method: 'DELETE',
    path: '/:id/nick',
    summary: 'Take the nickname of a member away',
    status: 204,
    async handler({ db, request }) {
      const where = { id: Number(request.params['id']) }
      await db.member.update({ where, data: { nick: null } })
      return noContent()
    },
  }),
])

export const computed = defineComputed('Member', (field) => ({
  fullName: field({
    type: z.string(),
    needs: ['first', 'last'],
    compute: ({ first, last }) => `${first} ${last}`,
  }),
  isSpy: field({
    type: z.boolean(),
    needs: ['secret'],
    compute: ({ secret }) => secret !== null,
  }),
  asked: field({
    type: z.string(),
    needs: [],
    compute: (_, { request }) => request.method,
  }),
}))

/** Never called: the compiler finds what is wrong. */
export const wrong = (): object =>
  defineComputed('Badge', (field) => ({
    // @ts-expect-error there is no such column
    needs: field({ type: z.string(), needs: ['titel'], compute: () => '' }),
    // @ts-expect-error it was not asked for
    row: field({ type: z.string(), needs: ['id'], compute: ({ title }) => title }),
    // @ts-expect-error it is of another type
    type: field({ type: z.number(), needs: ['title'], compute: ({ title }) => title }),
  }))
