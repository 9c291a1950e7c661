import { beforeAll, describe, expect, it } from 'vitest'
import type { Context } from '../contract.js'
import { clear, expectProblem, query } from './support.js'

/** Names that mean something in JavaScript, SQL or Prisma are names like any other. */
export function names({ api }: Context): void {
  describe('names', () => {
    beforeAll(() => clear(api))

    it('of columns: constructor, toString, delete', async () => {
      const order = await api.make('/api/orders', { constructor: 'a', toString: 1, delete: true })
      expect(order).toEqual({ id: order.id, constructor: 'a', toString: 1, delete: true })
      const plain = await api.make('/api/orders', {})
      expect(plain).toEqual({ id: plain.id, constructor: null, toString: null, delete: false })
      const sorted = await api.get(
        `/api/orders${query({ orderBy: '-toString', 'where[delete]': 'true', select: 'toString' })}`,
      )
      expect(sorted.body.data).toEqual([{ id: order.id, toString: 1 }])
    })

    it('of a filter: where and select as columns', async () => {
      const order = await api.make('/api/orders', {})
      const line = await api.make('/api/order-lines', {
        orderId: order.id,
        line: 1,
        where: 'shelf',
      })
      expect(line).toMatchObject({ where: 'shelf', order: { id: order.id } })
      expect((await api.get('/api/order-lines?where[where]=shelf')).body.meta.total).toBe(1)
      const row = await api.make('/api/classes', { select: 4 })
      expect((await api.get(`/api/classes?where[select]=4&select=select`)).body.data).toEqual([
        { id: row.id, select: 4 },
      ])
    })

    it('of a model: Class, with default, class and hasOwnProperty', async () => {
      const row = await api.make('/api/classes', { default: 'a', class: 'b', hasOwnProperty: 'c' })
      expect(row).toEqual({
        id: row.id,
        default: 'a',
        class: 'b',
        hasOwnProperty: 'c',
        select: null,
      })
      const reply = await api.patch(`/api/classes/${row.id}`, { hasOwnProperty: null })
      expect(reply.body.data).toMatchObject({ default: 'a', hasOwnProperty: null })
    })

    it('of a filter, where every object has them', async () => {
      for (const found of [
        await api.post('/api/orders/search', { where: { constructor: 'a' } }),
        await api.get('/api/orders?where[constructor]=a'),
        await api.get('/api/orders?where[constructor][startsWith]=a&where[toString]=1'),
      ])
        expect(found.body.data).toMatchObject([{ constructor: 'a' }])
    })

    it('of columns in the database stay there', async () => {
      await api.make('/api/authors', { email: 'mapped@example.com', name: 'M' })
      expectProblem(await api.get('/api/authors?where[email_address]=mapped@example.com'), 400, [
        'where.email_address',
      ])
      expectProblem(
        await api.post('/api/authors', { email: 'mapped@example.com', name: 'N' }),
        409,
        ['email'],
      )
    })

    it('of enum values are those of the schema, not of the database', async () => {
      expect((await api.get('/api/posts?where[level]=MEDIUM')).status).toBe(200)
      expectProblem(await api.get('/api/posts?where[level]=mid'), 400, ['where.level'])
    })
  })
}
