import { beforeAll, describe, expect, it } from 'vitest'
import type { Context } from '../contract.js'
import { clear, EMPTY_META, expectProblem, newAuthor, newPost, query } from './support.js'

/** Lists, single rows, order, count, search. */
export function reading({ api }: Context): void {
  describe('reading', () => {
    let ada: { id: number }
    let first: { id: string }

    beforeAll(async () => {
      await clear(api)
      ada = await newAuthor(api, { name: 'Ada', email: 'ada@example.com' })
      const bob = await newAuthor(api, { name: 'Bob', email: 'bob@example.com' })
      first = await newPost(api, ada.id, { title: 'Alpha', slug: 'alpha', views: 3 })
      await newPost(api, ada.id, { title: 'Gamma', slug: 'gamma', views: 1 })
      await newPost(api, bob.id, { title: 'Beta', slug: 'beta', views: 1, editorId: ada.id })
    })

    it('lists an empty table', async () => {
      expect(await api.get('/api/tags')).toMatchObject({
        status: 200,
        type: expect.stringMatching(/^application\/json/),
        body: { data: [], meta: EMPTY_META },
      })
    })

    it('gives a row whole, with the rows it belongs to', async () => {
      const { body } = await api.get(`/api/posts/${first.id}`)
      expect(body).toEqual({
        data: {
          id: first.id,
          title: 'Alpha',
          slug: 'alpha',
          body: null,
          views: 3,
          rating: null,
          price: null,
          size: null,
          published: false,
          level: 'LOW',
          meta: null,
          publishedAt: null,
          createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
          updatedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
          authorId: ada.id,
          author: { id: ada.id, email: 'ada@example.com', name: 'Ada', verified: false },
          editorId: null,
          editor: null,
        },
      })
    })

    it('lists rows in the form in which it gives one', async () => {
      const one = await api.get(`/api/posts/${first.id}`)
      const { body } = await api.get(`/api/posts${query({ 'where[id]': first.id })}`)
      expect(body).toEqual({ data: [one.body.data], meta: { ...EMPTY_META, total: 1 } })
    })

    it('answers a row that is not there with 404', async () => {
      expectProblem(await api.get('/api/posts/none'), 404)
      expectProblem(await api.get('/api/tags/123456'), 404)
    })

    it.each(['abc', '1.5', '99999999999', '0x1', '%20', '1e3', 'null'])(
      'answers a key that can be none (%s) with 400',
      async (id) => {
        expectProblem(await api.get(`/api/tags/${id}`), 400, ['id'])
      },
    )

    it.each([
      ['title', ['Alpha', 'Beta', 'Gamma']],
      ['-title', ['Gamma', 'Beta', 'Alpha']],
      ['views,-title', ['Gamma', 'Beta', 'Alpha']],
      ['-views,title', ['Alpha', 'Beta', 'Gamma']],
      ['author.name,title', ['Alpha', 'Gamma', 'Beta']],
      ['-author.email,-title', ['Beta', 'Gamma', 'Alpha']],
    ])('sorts by %s', async (orderBy, titles) => {
      const { body } = await api.get(`/api/posts${query({ orderBy })}`)
      expect(body.data.map((post: { title: string }) => post.title)).toEqual(titles)
    })

    it('counts all rows, and those that a filter finds', async () => {
      expect((await api.get('/api/posts/count')).body).toEqual({ data: { count: 3 } })
      expect((await api.get(`/api/posts/count${query({ 'where[views]': '1' })}`)).body).toEqual({
        data: { count: 2 },
      })
    })

    it('searches by a JSON body as it lists by a query string', async () => {
      const listed = await api.get(
        `/api/posts${query({ 'where[views]': '1', orderBy: '-title', take: '1', include: 'tags' })}`,
      )
      const found = await api.post('/api/posts/search', {
        where: { views: 1 },
        orderBy: '-title',
        take: 1,
        include: 'tags',
      })
      expect(found).toMatchObject({ status: 200, body: listed.body })
      expect(listed.body.meta).toEqual({
        total: 2,
        skip: 0,
        take: 1,
        hasMore: true,
        nextCursor: expect.any(String),
      })
    })

    it('searches by names in arrays too, and with an empty body for all', async () => {
      const found = await api.post('/api/posts/search', {
        orderBy: ['-views', 'title'],
        select: ['title'],
      })
      expect(found.body.data.map((post: { title: string }) => post.title)).toEqual([
        'Alpha',
        'Beta',
        'Gamma',
      ])
      expect((await api.post('/api/posts/search', {})).body.meta.total).toBe(3)
    })
  })
}
