import { describe, expect, it } from 'vitest'
import type { Context } from '../contract.js'
import { matches, type Row, type Where } from './oracle.js'
import { expectProblem, query } from './support.js'

const LISTS: readonly Row[] = [
  {
    tags: ['b', 'a', ''],
    numbers: [3, -1],
    bigs: ['9007199254740993'],
    prices: ['1.5', '0.001'],
    flags: [true, false],
    times: ['2026-01-01T00:00:00.000Z'],
    levels: ['HIGH', 'MEDIUM'],
  },
  { tags: ['b'], numbers: [], bigs: ['9007199254740992'], flags: [true], levels: ['HIGH'] },
  { tags: [], prices: ['1.5'], times: ['2026-01-01T00:00:00.001Z'] },
  {},
]

const NO_ID = '00000000-0000-4000-8000-000000000000'

/** Every operator on every list, with what the rows hold. */
const listCases = (rows: readonly Row[]): Where[] =>
  Object.keys(LISTS[0] ?? {}).flatMap((column) => {
    const lists: unknown[][] = rows.map((row) => row[column])
    const filters = [
      ...[true, false].map((isEmpty) => ({ isEmpty })),
      ...lists.map((equals) => ({ equals })),
      ...lists.flat().map((has) => ({ has })),
      ...lists.flatMap((list) => (list.length > 0 ? [{ hasEvery: list }, { hasSome: list }] : [])),
    ]
    return filters.flatMap((filter) => [{ [column]: filter }, { NOT: { [column]: filter } }])
  })

/** Lists and native types, where the database has them. */
export function lists({ api, provider }: Context): void {
  if (provider !== 'postgresql') return

  describe('lists', () => {
    const values = LISTS[0]

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

    it('are found by what they hold, and by holding nothing', async () => {
      await api.delete('/api/listings/bulk', { where: { id: { not: NO_ID } } })
      const rows: Row[] = []
      for (const list of LISTS) rows.push(await api.make('/api/listings', list))
      for (const where of listCases(rows)) {
        const ids = rows.filter((row) => matches(row, where)).map((row) => row['id'])
        const { status, body } = await api.post('/api/listings/search', { where, take: 100 })
        const found = body.data?.map((row: Row) => row['id']).sort()
        expect({ status, found }, JSON.stringify(where)).toEqual({
          status: 200,
          found: ids.toSorted(),
        })
      }
    })

    it.each([
      ['where[tags][has]=b', 2],
      ['where[tags][hasSome]=b,other', 2],
      ['where[tags][hasEvery][]=b&where[tags][hasEvery][]=', 1],
      ['where[tags][equals]=b', 1],
      ['where[tags][isEmpty]=true', 2],
      ['where[levels][has]=MEDIUM', 1],
      ['where[numbers][has]=3', 1],
    ])('are found by %s', async (text, total) => {
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
      day: '2026-03-04',
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
      expectProblem(await api.post('/api/natives', body), 400, ['exact'])
    })

    it('finds a day by its date', async () => {
      const day = '2024-02-29'
      const uuid = '00000000-0000-4000-8000-00000000000d'
      await api.make('/api/natives', { ...native, uuid, day })
      const list = await api.get(`/api/natives?where[day][gte]=${day}&where[day][lt]=2024-03-01`)
      expect(list.body.data).toMatchObject([{ uuid, day }])
      expectProblem(await api.get('/api/natives?where[day]=2024-02-29T10:00:00Z'), 400, [
        'where.day',
      ])
    })
  })
}
