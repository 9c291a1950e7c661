import { describe, expect, it } from 'vitest'
import type { Context } from '../contract.js'
import { expectProblem, query } from './support.js'

/** Lists and native types, where the database has them. */
export function lists({ api, provider }: Context): void {
  if (provider !== 'postgresql') return

  describe('lists', () => {
    const values = {
      tags: ['b', 'a', ''],
      numbers: [3, -1],
      bigs: ['9007199254740993'],
      prices: ['1.5', '0.001'],
      flags: [true, false],
      times: ['2026-01-01T00:00:00.000Z'],
      levels: ['HIGH', 'MEDIUM'],
    }

    it('come back as they went, in their order', async () => {
      expect(await api.make('/api/listings', values)).toEqual({
        id: expect.stringMatching(/^[\da-f-]{36}$/),
        ...values,
        defaults: ['a', 'b'],
      })
    })

    it('are empty when they are left out', async () => {
      expect(await api.make('/api/listings', {})).toMatchObject({
        tags: [],
        numbers: [],
        levels: [],
        defaults: ['a', 'b'],
      })
    })

    it('are replaced as a whole', async () => {
      const { id } = await api.make('/api/listings', values)
      const reply = await api.patch(`/api/listings/${id}`, { tags: ['c'], numbers: [] })
      expect(reply.body.data).toMatchObject({ tags: ['c'], numbers: [], flags: [true, false] })
    })

    it.each([
      [{ tags: 'a' }, ['tags']],
      [{ tags: ['a', 1] }, ['tags.1']],
      [{ tags: null }, ['tags']],
      [{ tags: { push: 'a' } }, ['tags']],
      [{ levels: ['mid'] }, ['levels.0']],
      [{ bigs: ['x'] }, ['bigs.0']],
    ])('refuse %j', async (body, paths) => {
      expectProblem(await api.post('/api/listings', body), 400, paths)
    })

    it.each([
      ['where[tags][has]=unique', 1],
      ['where[tags][hasSome]=unique,other', 1],
      ['where[tags][hasEvery]=unique,second', 1],
      ['where[tags][hasEvery]=unique,none', 0],
      ['where[levels][has]=LOW', 1],
      ['where[numbers][has]=77', 1],
    ])('are found by %s', async (text, total) => {
      const { body } = await api.get(`/api/listings/count?where[numbers][has]=77`)
      if (body.data.count === 0)
        await api.make('/api/listings', {
          tags: ['unique', 'second'],
          numbers: [77],
          levels: ['LOW'],
        })
      expect((await api.get(`/api/listings?${text}`)).body.meta.total).toBe(total)
    })

    it('cannot be sorted by', async () => {
      expectProblem(await api.get(`/api/listings${query({ orderBy: 'tags' })}`), 400, [
        'orderBy.tags',
      ])
    })
  })

  describe('native types', () => {
    const native = {
      code: 'abcde',
      uuid: '00000000-0000-4000-8000-00000000000a',
      small: 32767,
      day: '2026-03-04T00:00:00.000Z',
      exact: '12345678.91',
      data: { b: 1 },
    }

    it('come back as they went', async () => {
      expect(await api.make('/api/natives', native)).toMatchObject(native)
    })

    it.each([
      [{ code: 'abcdef' }, ['code']],
      [{ uuid: 'x' }, ['uuid']],
      [{ small: 32768 }, ['small']],
    ])('refuse %j', async (values, paths) => {
      const body = { ...native, uuid: '00000000-0000-4000-8000-00000000000b', ...values }
      expectProblem(await api.post('/api/natives', body), 400, paths)
    })

    it('refuses a malformed uuid in a filter', async () => {
      expectProblem(await api.get('/api/natives?where[uuid]=x'), 400, ['where.uuid'])
      expectProblem(await api.get('/api/listings/x'), 400, ['id'])
    })

    it('refuses a number that its column has no room for', async () => {
      const body = {
        ...native,
        uuid: '00000000-0000-4000-8000-00000000000c',
        exact: '123456789.00',
      }
      expectProblem(await api.post('/api/natives', body), 400)
    })
  })
}
