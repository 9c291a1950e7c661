import { beforeAll, describe, expect, it } from 'vitest'
import type { Context } from '../contract.js'
import { clear, newAuthor, newPost, query } from './support.js'

/** What `where` can say, by query string and by JSON. */
export function filters({ api }: Context): void {
  describe('filters', () => {
    beforeAll(async () => {
      await clear(api)
      const ada = await newAuthor(api, { name: 'Ada' })
      const bob = await newAuthor(api, { name: 'Bob' })
      const [news, tips] = [
        await api.make('/api/tags', { name: 'news' }),
        await api.make('/api/tags', { name: 'tips' }),
      ]
      await newPost(api, ada.id, {
        title: 'One apple',
        views: 10,
        rating: 1.5,
        price: '9.99',
        size: '9007199254740993',
        published: true,
        level: 'LOW',
        publishedAt: '2026-01-01T00:00:00Z',
        meta: { kind: 'fruit', deep: { n: 1 } },
        tags: { connect: [{ id: news.id }, { id: tips.id }] },
      })
      const two = await newPost(api, ada.id, {
        title: 'Two pears',
        views: 20,
        rating: 2.5,
        price: '19.99',
        size: '5',
        level: 'MEDIUM',
        publishedAt: '2026-02-01T00:00:00Z',
        meta: { kind: 'nut' },
        editorId: bob.id,
        tags: { connect: [{ id: news.id }] },
      })
      await newPost(api, bob.id, {
        title: 'Three',
        views: 30,
        level: 'HIGH',
        body: 'comma, inside',
      })
      await api.make('/api/comments', { text: 'Nice', postId: two.id, authorId: bob.id })
    })

    const titles = (body: { data: { title: string }[] }): string =>
      body.data.map((post) => post.title.split(' ')[0]).join(' ')

    it.each([
      ['where[title]=Three', 'Three'],
      ['where[title][equals]=Three', 'Three'],
      ['where[title][not]=Three', 'One Two'],
      ['where[title][contains]=ea', 'Two'],
      ['where[title][startsWith]=T', 'Two Three'],
      ['where[title][endsWith]=apple', 'One'],
      ['where[title][in]=Three,One apple', 'One Three'],
      ['where[title][in][]=Three&where[title][in][]=One apple', 'One Three'],
      ['where[title][notIn]=Three,One apple', 'Two'],
      ['where[body][equals]=comma, inside', 'Three'],
      ['where[views]=20', 'Two'],
      ['where[views][gt]=20', 'Three'],
      ['where[views][gte]=20', 'Two Three'],
      ['where[views][lt]=20', 'One'],
      ['where[views][lte]=20', 'One Two'],
      ['where[views][gte]=15&where[views][lt]=30', 'Two'],
      ['where[views][in]=10,30', 'One Three'],
      ['where[views][not][gt]=15', 'One'],
      ['where[rating][gt]=1.5', 'Two'],
      ['where[rating]=null', 'Three'],
      ['where[rating][not]=null', 'One Two'],
      ['where[price][gt]=10', 'Two'],
      ['where[price]=9.99', 'One'],
      ['where[size]=9007199254740993', 'One'],
      ['where[size][lt]=9007199254740993', 'Two'],
      ['where[published]=true', 'One'],
      ['where[published][not]=true', 'Two Three'],
      ['where[level]=MEDIUM', 'Two'],
      ['where[level][in]=LOW,HIGH', 'One Three'],
      ['where[level][not]=LOW', 'Two Three'],
      ['where[publishedAt][gte]=2026-01-15', 'Two'],
      ['where[publishedAt]=2026-01-01T01:00:00%2B01:00', 'One'],
      ['where[publishedAt]=null', 'Three'],
      ['where[author][name]=Bob', 'Three'],
      ['where[author][is][name]=Bob', 'Three'],
      ['where[author][isNot][name]=Bob', 'One Two'],
      ['where[editor]=null', 'One Three'],
      ['where[editor][isNot]=null', 'Two'],
      ['where[editor][name]=Bob', 'Two'],
      ['where[tags][some][name]=tips', 'One'],
      ['where[tags][none][name]=tips', 'Two Three'],
      ['where[tags][every][name]=news', 'Two Three'],
      ['where[comments][some][author][name]=Bob', 'Two'],
      ['where[AND][0][views][gt]=5&where[AND][1][views][lt]=25', 'One Two'],
      ['where[OR][0][title]=Three&where[OR][1][views]=10', 'One Three'],
      ['where[NOT][title]=Three', 'One Two'],
      ['where[NOT][OR][0][views]=10&where[NOT][OR][1][views]=20', 'Three'],
      ['where[published]=false&where[author][name]=Ada', 'Two'],
    ])('%s', async (text, expected) => {
      const { status, body } = await api.get(
        `/api/posts?orderBy=views&${text.replaceAll(' ', '%20')}`,
      )
      expect({ status, detail: body.detail }).toEqual({ status: 200, detail: undefined })
      expect(titles(body)).toBe(expected)
      expect(body.meta.total).toBe(body.data.length)
    })

    it.each([
      [{ title: 'Three' }, 'Three'],
      [{ title: { in: ['Three', 'One apple'] } }, 'One Three'],
      [{ views: { gte: 10, lt: 30 } }, 'One Two'],
      [{ rating: null }, 'Three'],
      [{ rating: { not: null } }, 'One Two'],
      [{ price: { lt: '10' } }, 'One'],
      [{ price: 9.99 }, 'One'],
      [{ size: '9007199254740993' }, 'One'],
      [{ published: true }, 'One'],
      [{ publishedAt: { gt: '2026-01-01T00:00:00.000Z' } }, 'Two'],
      [{ editor: null }, 'One Three'],
      [{ author: { is: { name: 'Ada' } }, views: { not: { equals: 10 } } }, 'Two'],
      [{ tags: { some: {} } }, 'One Two'],
      [{ tags: { none: {} } }, 'Three'],
      [{ OR: [{ title: 'Three' }, { AND: [{ views: 10 }, { published: true }] }] }, 'One Three'],
      [{ NOT: [{ views: 10 }, { views: 20 }] }, 'Three'],
      [{ meta: { path: ['kind'], equals: 'fruit' } }, 'One'],
      [{ meta: { path: ['deep', 'n'], equals: 1 } }, 'One'],
      [{ meta: { path: ['kind'], string_contains: 'u' } }, 'One Two'],
    ])('%j', async (where, expected) => {
      const { status, body } = await api.post('/api/posts/search', { where, orderBy: 'views' })
      expect({ status, detail: body.detail }).toEqual({ status: 200, detail: undefined })
      expect(titles(body)).toBe(expected)
    })

    it('takes a quotation mark as a quotation mark', async () => {
      const { status, body } = await api.get(
        `/api/posts${query({ 'where[title]': `' OR 1=1 --` })}`,
      )
      expect({ status, total: body.meta.total }).toEqual({ status: 200, total: 0 })
    })
  })
}
