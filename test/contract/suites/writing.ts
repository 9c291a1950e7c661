import { beforeAll, describe, expect, it } from 'vitest'
import type { Context } from '../contract.js'
import { clear, expectProblem, newAuthor, newPost } from './support.js'

/** Create, change, replace, delete. */
export function writing({ api }: Context): void {
  describe('writing', () => {
    let author: { id: number }

    beforeAll(async () => {
      await clear(api)
      author = await newAuthor(api, { name: 'Ada' })
    })

    it('creates a row from the least, and says where it is', async () => {
      const reply = await api.post('/api/posts', {
        title: 'Least',
        slug: 'least',
        authorId: author.id,
      })
      expect(reply).toMatchObject({
        status: 201,
        type: expect.stringMatching(/^application\/json/),
        body: {
          data: {
            title: 'Least',
            views: 0,
            level: 'LOW',
            published: false,
            author: { name: 'Ada' },
          },
        },
      })
      expect(reply.headers.get('location')).toBe(`/api/posts/${reply.body.data.id}`)
      const read = await api.get(reply.headers.get('location')!)
      expect(read.body).toEqual(reply.body)
      expect(read.headers.get('etag')).toBe(reply.headers.get('etag'))
    })

    it('takes null for what may be empty', async () => {
      const post = await newPost(api, author.id, {
        body: null,
        rating: null,
        meta: null,
        editorId: null,
      })
      expect(post).toMatchObject({ body: null, rating: null, meta: null, editorId: null })
    })

    it.each([
      [{ authorId: 1 }, ['slug', 'title']],
      [{ title: 1, slug: 'a', authorId: 1 }, ['title']],
      [{ title: null, slug: 'a', authorId: 1 }, ['title']],
      [{ title: 'a', slug: 'a', authorId: '1' }, ['authorId']],
      [{ title: 'a', slug: 'a', authorId: 1, views: 2 ** 31 }, ['views']],
      [{ title: 'a', slug: 'a', authorId: 1, views: 1.5 }, ['views']],
      [{ title: 'a', slug: 'a', authorId: 1, rating: 'x', price: 'x' }, ['price', 'rating']],
      [{ title: 'a', slug: 'a', authorId: 1, level: 'mid' }, ['level']],
      [{ title: 'a', slug: 'a', authorId: 1, nonsense: 1, more: 2 }, ['more', 'nonsense']],
      [{ title: 'a', slug: 'a', authorId: 1, constructor: 1 }, ['constructor']],
      [{ title: 'a', slug: 'a', authorId: 1, publishedAt: '2026-13-01' }, ['publishedAt']],
      [{ title: { set: 'a' }, slug: 'a', authorId: 1 }, ['title']],
      [{ title: 'a', slug: 'a', authorId: { increment: 1 } }, ['authorId']],
    ])('refuses %j, naming every mistake', async (body, paths) => {
      expectProblem(await api.post('/api/posts', body), 400, paths)
    })

    it('refuses a row without the row that it needs', async () => {
      expectProblem(await api.post('/api/posts', { title: 'a', slug: 'needs' }), 400, ['authorId'])
    })

    it.each(['id', 'updatedAt'])('refuses %s, which the server sets', async (column) => {
      const body = { title: 'a', slug: `forged-${column}`, authorId: author.id }
      expectProblem(await api.post('/api/posts', { ...body, [column]: '2001-01-01' }), 400, [
        column,
      ])
    })

    it('takes a value in place of a default', async () => {
      const createdAt = '2001-01-01T00:00:00.000Z'
      expect(await newPost(api, author.id, { createdAt })).toMatchObject({ createdAt })
    })

    it('refuses what only the server sets', async () => {
      const reply = await api.post('/api/authors', {
        email: 'v@example.com',
        name: 'V',
        verified: true,
      })
      expectProblem(reply, 400, ['verified'])
      expectProblem(await api.patch(`/api/authors/${author.id}`, { verified: true }), 400, [
        'verified',
      ])
    })

    it('changes what is given and nothing else', async () => {
      const post = await newPost(api, author.id, { views: 5, body: 'text' })
      const reply = await api.patch(`/api/posts/${post.id}`, { title: 'Changed', body: null })
      expect(reply.status).toBe(200)
      expect(reply.body.data).toEqual({
        ...post,
        title: 'Changed',
        body: null,
        updatedAt: expect.any(String),
      })
      expect(new Date(reply.body.data.updatedAt).getTime()).toBeGreaterThanOrEqual(
        new Date(post.updatedAt).getTime(),
      )
      expect((await api.get(`/api/posts/${post.id}`)).body).toEqual(reply.body)
    })

    it('changes nothing when nothing is given', async () => {
      const post = await newPost(api, author.id)
      const reply = await api.patch(`/api/posts/${post.id}`, {})
      expect(reply).toMatchObject({
        status: 200,
        body: { data: { title: post.title, slug: post.slug } },
      })
    })

    it('refuses to change a key', async () => {
      const post = await newPost(api, author.id)
      expectProblem(await api.patch(`/api/posts/${post.id}`, { id: 'other' }), 400, ['id'])
      expectProblem(await api.put(`/api/posts/${post.id}`, { ...post, id: 'other' }), 400)
    })

    it('refuses a change with wrong or unknown keys', async () => {
      const post = await newPost(api, author.id)
      const reply = await api.patch(`/api/posts/${post.id}`, {
        title: null,
        views: 'x',
        nonsense: 1,
      })
      expectProblem(reply, 400, ['nonsense', 'title', 'views'])
    })

    it('moves a row by its foreign key', async () => {
      const [post, bob] = [await newPost(api, author.id), await newAuthor(api, { name: 'Bob' })]
      const moved = await api.patch(`/api/posts/${post.id}`, {
        authorId: bob.id,
        editorId: author.id,
      })
      expect(moved.body.data).toMatchObject({ author: { name: 'Bob' }, editor: { name: 'Ada' } })
      const cut = await api.patch(`/api/posts/${post.id}`, { editorId: null })
      expect(cut.body.data).toMatchObject({ authorId: bob.id, editorId: null, editor: null })
    })

    it('replaces a row: what is left out becomes its default or empty', async () => {
      const post = await newPost(api, author.id, {
        body: 'text',
        rating: 4.5,
        views: 9,
        published: true,
      })
      const reply = await api.put(`/api/posts/${post.id}`, {
        title: 'New',
        slug: `${post.slug}-new`,
        authorId: author.id,
      })
      expect(reply).toMatchObject({
        status: 200,
        body: {
          data: { id: post.id, title: 'New', body: null, rating: null, authorId: author.id },
        },
      })
    })

    it('refuses a replacement that misses a column', async () => {
      const post = await newPost(api, author.id)
      expectProblem(await api.put(`/api/posts/${post.id}`, { title: 'New' }), 400)
      expect((await api.get(`/api/posts/${post.id}`)).body.data.title).toBe(post.title)
    })

    it('deletes a row once', async () => {
      const post = await newPost(api, author.id)
      const reply = await api.delete(`/api/posts/${post.id}`)
      expect({ status: reply.status, body: reply.body }).toEqual({ status: 204, body: undefined })
      expectProblem(await api.get(`/api/posts/${post.id}`), 404)
      expectProblem(await api.delete(`/api/posts/${post.id}`), 404)
    })

    it('answers writes to a row that is not there with 404', async () => {
      expectProblem(await api.patch('/api/posts/none', { title: 'x' }), 404)
      expectProblem(
        await api.put('/api/posts/none', { title: 'x', slug: 'none', authorId: author.id }),
        404,
      )
    })

    it('deletes along a relation where the schema says so', async () => {
      const post = await newPost(api, author.id)
      const comment = await api.make('/api/comments', { text: 'a', postId: post.id })
      const reply = await api.make('/api/comments', {
        text: 'b',
        postId: post.id,
        parentId: comment.id,
      })
      expect((await api.delete(`/api/posts/${post.id}`)).status).toBe(204)
      expectProblem(await api.get(`/api/comments/${reply.id}`), 404)
    })

    it('empties a foreign key where the schema says so', async () => {
      const editor = await newAuthor(api)
      const post = await newPost(api, author.id, { editorId: editor.id })
      expect((await api.delete(`/api/authors/${editor.id}`)).status).toBe(204)
      expect((await api.get(`/api/posts/${post.id}`)).body.data).toMatchObject({
        editorId: null,
        editor: null,
      })
    })
  })
}
