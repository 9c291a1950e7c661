import { beforeEach, describe, expect, it } from 'vitest'
import type { Context } from '../contract.js'
import { clear, expectProblem, newAuthor, newPost } from './support.js'

/** Many rows at once. */
export function bulk({ api }: Context): void {
  describe('bulk', () => {
    beforeEach(() => clear(api))

    const count = async (path: string): Promise<number> =>
      (await api.get(`/api/${path}/count`)).body.data.count

    it('creates many rows', async () => {
      const author = await newAuthor(api)
      const data = [1, 2, 3].map((n) => ({
        title: `T${n}`,
        slug: `bulk-${n}`,
        authorId: author.id,
        size: String(n),
      }))
      expect(await api.send('POST', '/api/posts/bulk', { data })).toMatchObject({
        status: 201,
        body: { data: { count: 3 } },
      })
      expect(await count('posts')).toBe(3)
    })

    it('creates all of them or none', async () => {
      const data = [{ name: 'a' }, { name: 'b' }, { name: 'a' }]
      expectProblem(await api.send('POST', '/api/tags/bulk', { data }), 409)
      expect(await count('tags')).toBe(0)
    })

    it.each([
      [{}, ['data']],
      [{ data: [] }, ['data']],
      [{ data: {} }, ['data']],
      [{ data: [{ name: 'a' }], nonsense: 1 }, ['nonsense']],
      [{ data: [{ name: 'a' }, { name: 1 }] }, ['data.1.name']],
      [{ data: [{ name: 'a', nonsense: 1 }] }, ['data.0.nonsense']],
      [{ data: [{ name: 'a', posts: { connect: [] } }] }, ['data.0.posts']],
      [{ data: [{ name: 'a' }], skipDuplicates: true }, ['skipDuplicates']],
    ])('refuses to create %j', async (body, paths) => {
      expectProblem(await api.send('POST', '/api/tags/bulk', body), 400, paths)
    })

    it('creates at most a thousand rows', async () => {
      const rows = (length: number) => Array.from({ length }, (_, n) => ({ name: `t${n}` }))
      expectProblem(await api.send('POST', '/api/tags/bulk', { data: rows(1001) }), 400, ['data'])
      expect((await api.send('POST', '/api/tags/bulk', { data: rows(1000) })).status).toBe(201)
      expect(await count('tags')).toBe(1000)
    })

    it('goes by a filter that comes back to its own rows', async () => {
      const post = await newPost(api, (await newAuthor(api)).id)
      const write = async (text: string, parentId: number | null = null): Promise<number> => {
        const reply = await api.send('POST', '/api/comments', { text, postId: post.id, parentId })
        return reply.body.data.id
      }
      const first = await write('first')
      const second = await write('second', first)
      await write('third', second)
      const data = { text: 'answered' }
      const answered = { replies: { some: { text: { startsWith: 't' } } } }
      const changed = await api.patch('/api/comments/bulk', { where: answered, data })
      expect(changed.body).toEqual({ data: { count: 1 } })
      expect((await api.get(`/api/comments/${second}`)).body.data.text).toBe('answered')
      const under = { OR: [{ parent: { is: { text: 'answered' } } }, { text: 'nobody' }] }
      const deleted = await api.send('DELETE', '/api/comments/bulk', { where: under })
      expect(deleted.body).toEqual({ data: { count: 1 } })
      expect(await count('comments')).toBe(2)
      const none = await api.send('DELETE', '/api/comments/bulk', { where: under })
      expect(none.body).toEqual({ data: { count: 0 } })
    })

    it('goes by such a filter where two columns are the key', async () => {
      await api.send('POST', '/api/countries', { code: 'fr', name: 'France' })
      const names = ['Paris', 'Lyon']
      const cities = names.map((name) => ({ countryCode: 'fr', name }))
      await api.send('POST', '/api/cities/bulk', { data: cities })
      const neighbours = { country: { is: { cities: { some: { name: 'Paris' } } } } }
      const where = { AND: [neighbours, { name: 'Lyon' }] }
      const data = { population: 500_000 }
      const changed = await api.patch('/api/cities/bulk', { where, data })
      expect(changed.body).toEqual({ data: { count: 1 } })
      const deleted = await api.send('DELETE', '/api/cities/bulk', { where: neighbours })
      expect(deleted.body).toEqual({ data: { count: 2 } })
    })

    it('changes what a filter finds', async () => {
      const author = await newAuthor(api)
      const [a, b] = [
        await newPost(api, author.id, { views: 1 }),
        await newPost(api, author.id, { views: 2 }),
      ]
      const reply = await api.patch('/api/posts/bulk', {
        where: { views: { gt: 1 } },
        data: { published: true },
      })
      expect(reply).toMatchObject({ status: 200, body: { data: { count: 1 } } })
      expect((await api.get(`/api/posts/${a.id}`)).body.data.published).toBe(false)
      expect((await api.get(`/api/posts/${b.id}`)).body.data.published).toBe(true)
    })

    it('deletes what a filter finds', async () => {
      await api.send('POST', '/api/tags/bulk', {
        data: [{ name: 'a' }, { name: 'b' }, { name: 'c' }],
      })
      const reply = await api.delete('/api/tags/bulk', { where: { name: { in: ['a', 'b', 'x'] } } })
      expect(reply).toMatchObject({ status: 200, body: { data: { count: 2 } } })
      expect(await count('tags')).toBe(1)
      expect((await api.delete('/api/tags/bulk', { where: { name: 'a' } })).body).toEqual({
        data: { count: 0 },
      })
    })

    it.each([
      [undefined],
      [{}],
      [{ where: {} }],
      [{ where: null }],
      [{ where: { AND: [] } }],
      [{ where: { OR: [] } }],
      [{ where: { NOT: {} } }],
      [{ where: { AND: [{}] } }],
      [{ where: { name: {} } }],
      [{ where: { nonsense: 1 } }],
      [{ where: { name: 'a' }, nonsense: 1 }],
      [[]],
    ])('deletes nothing for %j', async (body) => {
      await api.make('/api/tags', { name: 'kept' })
      expectProblem(await api.delete('/api/tags/bulk', body), 400)
      expect(await count('tags')).toBe(1)
    })

    it.each([
      [{ data: { name: 'x' } }],
      [{ where: {}, data: { name: 'x' } }],
      [{ where: { name: 'kept' } }],
      [{ where: { name: 'kept' }, data: { nonsense: 1 } }],
      [{ where: { name: 'kept' }, data: { id: 7 } }],
      [{ where: { name: 'kept' }, data: { posts: { connect: [] } } }],
      [{ where: { name: 'kept' }, data: { name: null } }],
    ])('changes nothing for %j', async (body) => {
      await api.make('/api/tags', { name: 'kept' })
      expectProblem(await api.patch('/api/tags/bulk', body), 400)
      expect((await api.get('/api/tags')).body.data).toMatchObject([{ name: 'kept' }])
    })

    it('writes at most a thousand rows at once', async () => {
      const rows = (from: number) =>
        Array.from({ length: 600 }, (_, n) => ({ name: `t${from + n}` }))
      await api.send('POST', '/api/tags/bulk', { data: rows(0) })
      await api.send('POST', '/api/tags/bulk', { data: rows(600) })
      expectProblem(
        await api.delete('/api/tags/bulk', { where: { name: { startsWith: 't' } } }),
        400,
        ['where'],
      )
      expect(await count('tags')).toBe(1200)
      expect(
        (await api.delete('/api/tags/bulk', { where: { name: { startsWith: 't1' } } })).status,
      ).toBe(200)
      expect(
        (await api.delete('/api/tags/bulk', { where: { name: { startsWith: 't' } } })).status,
      ).toBe(200)
    })
  })
}
