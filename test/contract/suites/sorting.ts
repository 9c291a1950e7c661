import { beforeAll, describe, expect, it } from 'vitest'
import type { Client } from '../client.js'
import type { Context } from '../contract.js'
import { everythings, library } from './language-data.js'
import { matches, sorted, type Row, type Where } from './oracle.js'
import { clear } from './support.js'

const POST_ORDERS = [
  [],
  ...['rating', 'price', 'size', 'publishedAt', 'body', 'editorId', 'views', 'level', 'published'],
  ...['title', 'author.name', 'author.bio.text', 'editor.name', 'editor.bio.text', 'editor.id'],
  ['rating', '-price', 'views'],
  ['-published', 'size', '-editor.name', 'body'],
  ['author.name', '-publishedAt'],
  ['editor.bio.text', 'editor.name', '-rating'],
  ['-views', '-id'],
].map((order) => (typeof order === 'string' ? [order] : order))

const EVERYTHING_ORDERS = ['textOpt', 'intOpt', 'bigIntOpt', 'floatOpt', 'decimalOpt', 'booleanOpt']
  .concat('dateTimeOpt', 'levelOpt', 'level', 'boolean', 'decimal')
  .map((column) => [column])

const turned = (order: readonly string[]): string[] =>
  order.map((key) => (key.startsWith('-') ? key.slice(1) : `-${key}`))

const idsOf = (rows: readonly Row[]): unknown[] => rows.map((row) => row['id'])

/** Follows `nextCursor` from the first page to the last. */
async function walk(api: Client, path: string, search: object, key = 'id'): Promise<unknown[]> {
  const seen: unknown[] = []
  let cursor: string | null = null
  do {
    const { status, body } = await api.post(`/api/${path}/search`, {
      ...search,
      ...(cursor === null ? {} : { cursor }),
    })
    expect({ status, detail: body.detail }).toEqual({ status: 200, detail: undefined })
    seen.push(...body.data.map((row: Row) => row[key]))
    cursor = body.meta.nextCursor
    expect(body.meta.hasMore).toBe(cursor !== null)
  } while (cursor !== null && seen.length < 200)
  return seen
}

/** The order of rows, null least, and the pages cut from it: the same on every database. */
export function sorting({ api, provider, whole }: Context): void {
  // SQLite has no enums: it sorts the texts that stand for them.
  const levels = provider === 'sqlite' ? ['HIGH', 'LOW', 'MEDIUM'] : ['LOW', 'MEDIUM', 'HIGH']

  const agree = async (path: string, rows: readonly Row[], order: readonly string[]) => {
    const ids = idsOf(sorted(rows, order, levels))
    const orderBy = order.length === 0 ? undefined : order
    const { body } = await api.post(`/api/${path}/search`, { orderBy, take: 100 })
    expect(idsOf(body.data)).toEqual(ids)
    for (const take of [1, 3]) expect(await walk(api, path, { orderBy, take })).toEqual(ids)
  }

  describe.runIf(whole)('sorting', () => {
    let posts: readonly Row[] = []
    let rows: readonly Row[] = []

    beforeAll(async () => {
      await clear(api)
      posts = await library(api)
      rows = await everythings(api)
    })

    it.each(POST_ORDERS.map((order) => ({ order })))('posts by $order', async ({ order }) => {
      await agree('posts', posts, order)
      await agree('posts', posts, turned(order))
    })

    it.each(EVERYTHING_ORDERS.map((order) => ({ order })))(
      'values by $order',
      async ({ order }) => {
        await agree('everythings', rows, order)
        await agree('everythings', rows, turned(order))
      },
    )

    it('goes on within a filter', async () => {
      const where: Where = { OR: [{ rating: null }, { views: { gte: 2 } }] }
      const ids = idsOf(
        sorted(
          posts.filter((row) => matches(row, where)),
          ['-rating'],
          levels,
        ),
      )
      expect(await walk(api, 'posts', { where, orderBy: '-rating', take: 2 })).toEqual(ids)
    })

    it('goes on by bytes where they are the key', async () => {
      const ranks = [null, 2, null, 1, null, 2]
      for (const [index, rank] of ranks.entries()) {
        const hash = Buffer.from([index % 2 === 0 ? 255 - index : index]).toString('base64')
        await api.make('/api/chunks', { hash, note: index === 2 ? 'other' : 'this', rank })
      }
      const all = (await api.post('/api/chunks/search', { orderBy: '-rank' })).body.data
      expect(all.map((row: Row) => row['rank'])).toEqual([2, 2, 1, null, null, null])
      const search = { where: { note: 'this' }, orderBy: '-rank', take: 1 }
      const hashes = (await walk(api, 'chunks', search, 'hash')) as string[]
      expect(hashes.map((hash) => Buffer.from(hash, 'base64')[0])).toEqual([1, 5, 3, 251, 255])
      const { hash } = all.find((row: Row) => row['note'] === 'other')
      const after = { ...search, cursor: encodeURIComponent(hash) }
      expect(await walk(api, 'chunks', after, 'hash')).toEqual(hashes.slice(-1))
    })

    it('passes over rows after a cursor', async () => {
      for (const orderBy of ['rating', '-editor.name', 'title']) {
        const ids = idsOf(sorted(posts, [orderBy], levels))
        const search = { orderBy, cursor: ids[4], skip: 3, take: 5 }
        const { body } = await api.post('/api/posts/search', search)
        expect(idsOf(body.data)).toEqual(ids.slice(8, 13))
      }
    })

    it('gives no rows past the end, nor after a row that is gone', async () => {
      const past = await api.get('/api/posts?orderBy=rating&skip=1000&take=5')
      const gone = await api.get('/api/posts?orderBy=rating&cursor=gone')
      for (const { body } of [past, gone]) {
        expect({ data: body.data, next: body.meta.nextCursor }).toEqual({ data: [], next: null })
      }
    })
  })
}
