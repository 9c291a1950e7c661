import { beforeAll, describe, expect, it } from 'vitest'
import type { Context } from '../contract.js'
import { clear, expectProblem, query } from './support.js'

/** `skip`, `take`, `cursor` and what `meta` says. */
export function paging({ api }: Context): void {
  describe('paging', () => {
    beforeAll(async () => {
      await clear(api)
      const data = Array.from({ length: 105 }, (_, n) => ({
        name: `tag ${String(n).padStart(3, '0')}`,
      }))
      await api.send('POST', '/api/tags/bulk', { data })
    })

    const page = async (parameters: Record<string, string>) => {
      const { status, body } = await api.get(
        `/api/tags${query({ orderBy: 'name', ...parameters })}`,
      )
      expect(status).toBe(200)
      return {
        names: body.data.map((tag: { name: string }) => tag.name) as string[],
        meta: body.meta,
      }
    }

    it('gives 20 rows when nothing is said', async () => {
      const { names, meta } = await page({})
      expect(names).toHaveLength(20)
      expect(meta).toEqual({
        total: 105,
        skip: 0,
        take: 20,
        hasMore: true,
        nextCursor: expect.any(String),
      })
    })

    it('gives up to 100 rows', async () => {
      const { names, meta } = await page({ take: '100' })
      expect(names).toHaveLength(100)
      expect(meta).toMatchObject({ take: 100, hasMore: true })
    })

    it('skips', async () => {
      expect(await page({ skip: '100', take: '10' })).toEqual({
        names: ['tag 100', 'tag 101', 'tag 102', 'tag 103', 'tag 104'],
        meta: { total: 105, skip: 100, take: 10, hasMore: false, nextCursor: null },
      })
    })

    it('gives an empty page past the end', async () => {
      expect(await page({ skip: '1000' })).toEqual({
        names: [],
        meta: { total: 105, skip: 1000, take: 20, hasMore: false, nextCursor: null },
      })
    })

    it('knows the last full page from the one before', async () => {
      expect((await page({ skip: '100', take: '5' })).meta).toMatchObject({
        hasMore: false,
        nextCursor: null,
      })
      expect((await page({ skip: '99', take: '5' })).meta).toMatchObject({ hasMore: true })
    })

    it('walks through all rows by cursor, each once', async () => {
      const seen: string[] = []
      let cursor: string | null = null
      do {
        const { names, meta } = await page({ take: '25', ...(cursor === null ? {} : { cursor }) })
        seen.push(...names)
        cursor = meta.nextCursor
        expect(meta.hasMore).toBe(cursor !== null)
      } while (cursor !== null)
      expect(seen).toEqual(
        Array.from({ length: 105 }, (_, n) => `tag ${String(n).padStart(3, '0')}`),
      )
    })

    it('walks backwards by the opposite order', async () => {
      const { names, meta } = await page({ orderBy: '-name', take: '2' })
      expect(names).toEqual(['tag 104', 'tag 103'])
      expect((await page({ orderBy: '-name', take: '2', cursor: meta.nextCursor })).names).toEqual([
        'tag 102',
        'tag 101',
      ])
    })

    it('gives an empty page after a row that is gone', async () => {
      const { status, body } = await api.get(`/api/tags${query({ cursor: '999999' })}`)
      expect({ status, data: body.data }).toEqual({ status: 200, data: [] })
    })

    it.each([
      { take: '0' },
      { take: '-1' },
      { take: '-1000000' },
      { take: '101' },
      { take: '1e2' },
      { take: '1000000000' },
      { take: 'NaN' },
      { take: '' },
      { take: '2.5' },
      { take: ' 5' },
      { skip: '-1' },
      { skip: 'x' },
      { skip: '99999999999999999999' },
    ] as Record<string, string>[])('refuses %j', async (parameters) => {
      expectProblem(await api.get(`/api/tags${query(parameters)}`), 400, Object.keys(parameters))
    })

    it.each([{ take: '5' }, { take: null }, { take: 1.5 }, { skip: true }, { take: [5] }])(
      'refuses %j in a search',
      async (body) => {
        expectProblem(await api.post('/api/tags/search', body), 400, Object.keys(body))
      },
    )

    it.each(['abc', '1/2', '', '%'])('refuses the cursor "%s"', async (cursor) => {
      expectProblem(await api.get(`/api/tags${query({ cursor })}`), 400, ['cursor'])
    })

    it('pages by the cursor of a key of two fields', async () => {
      await api.make('/api/countries', { code: 'A/ä', name: 'Odd' })
      for (const name of ['x,1', 'y/2', 'z 3'])
        await api.make('/api/cities', { countryCode: 'A/ä', name })
      const first = await api.get(`/api/cities${query({ take: '1' })}`)
      const second = await api.get(
        `/api/cities${query({ take: '1', cursor: first.body.meta.nextCursor })}`,
      )
      const third = await api.get(
        `/api/cities${query({ take: '1', cursor: second.body.meta.nextCursor })}`,
      )
      const names = [first, second, third].map(({ body }) => body.data[0].name)
      expect({ names, last: third.body.meta }).toEqual({
        names: ['x,1', 'y/2', 'z 3'],
        last: { total: 3, skip: 0, take: 1, hasMore: false, nextCursor: null },
      })
    })
  })
}
