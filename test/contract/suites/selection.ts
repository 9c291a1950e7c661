import { beforeAll, describe, expect, it } from 'vitest'
import type { Context } from '../contract.js'
import { clear, expectProblem, newAuthor, newPost, query } from './support.js'

/** `include` and `select`. */
export function selection({ api }: Context): void {
  describe('selection', () => {
    let author: { id: number }
    let post: { id: string }

    beforeAll(async () => {
      await clear(api)
      author = await newAuthor(api, { name: 'Ada', email: 'ada@example.com' })
      const tag = await api.make('/api/tags', { name: 'news' })
      post = await newPost(api, author.id, {
        title: 'One',
        slug: 'one',
        tags: { connect: { id: tag.id } },
      })
      const comment = await api.make('/api/comments', {
        text: 'First',
        postId: post.id,
        authorId: author.id,
      })
      await api.make('/api/comments', { text: 'Reply', postId: post.id, parentId: comment.id })
    })

    const get = async (parameters: Record<string, string>) =>
      (await api.get(`/api/posts/${post.id}${query(parameters)}`)).body.data

    it('leaves to-many relations out unless they are asked for', async () => {
      expect(Object.keys(await get({}))).not.toEqual(expect.arrayContaining(['tags']))
      expect(await get({})).toMatchObject({ author: { name: 'Ada' }, editor: null })
    })

    it('includes to-many relations beside the to-one ones', async () => {
      expect(await get({ include: 'tags,comments' })).toMatchObject({
        author: { name: 'Ada' },
        tags: [{ id: expect.any(Number), name: 'news' }],
        comments: [{ text: 'First' }, { text: 'Reply' }],
      })
    })

    it('includes relations of relations', async () => {
      expect(await get({ include: 'comments.replies,comments.author' })).toMatchObject({
        comments: [
          { text: 'First', author: { name: 'Ada' }, replies: [{ text: 'Reply' }] },
          { text: 'Reply', author: null, replies: [] },
        ],
      })
    })

    it('selects columns, and the key with them', async () => {
      expect(await get({ select: 'title' })).toEqual({ id: post.id, title: 'One' })
    })

    it('selects relations whole or in part', async () => {
      expect(await get({ select: 'title,author.name,tags' })).toEqual({
        id: post.id,
        title: 'One',
        author: { name: 'Ada' },
        tags: [{ id: expect.any(Number), name: 'news' }],
      })
    })

    it('selects in lists and searches', async () => {
      const listed = await api.get(`/api/posts${query({ select: 'slug,author.email' })}`)
      const expected = [{ id: post.id, slug: 'one', author: { email: 'ada@example.com' } }]
      expect(listed.body.data).toEqual(expected)
      const found = await api.post('/api/posts/search', { select: ['slug', 'author.email'] })
      expect(found.body.data).toEqual(expected)
    })

    it('selects in the answer of a write', async () => {
      const path = `/api/posts/${post.id}${query({ select: 'title' })}`
      expect((await api.patch(path, { title: 'One' })).body.data).toEqual({
        id: post.id,
        title: 'One',
      })
      const made = await api.post(`/api/tags${query({ include: 'posts' })}`, { name: 'fresh' })
      expect(made.body.data).toEqual({ id: expect.any(Number), name: 'fresh', posts: [] })
    })

    it.each([
      [{ include: 'tags', select: 'title' }, ['select']],
      [{ include: 'title' }, ['include.title']],
      [{ include: '' }, ['include']],
      [{ include: 'author.posts.author.posts.author' }, undefined],
      [{ select: 'author.posts.author.posts.title' }, undefined],
      [{ include: 'author.nothing' }, ['include.author.nothing']],
      [{ select: 'nothing' }, ['select.nothing']],
      [{ select: 'author.nothing' }, ['select.author.nothing']],
      [{ select: '__proto__' }, undefined],
      [{ include: 'constructor' }, ['include.constructor']],
      [{ include: 'hasOwnProperty' }, ['include.hasOwnProperty']],
      [{ include: '_count' }, ['include._count']],
    ] as [Record<string, string>, string[] | undefined][])(
      'refuses %j',
      async (parameters, paths) => {
        expectProblem(await api.get(`/api/posts/${post.id}${query(parameters)}`), 400, paths)
        expectProblem(await api.get(`/api/posts${query(parameters)}`), 400, paths)
      },
    )

    it('refuses more rows by inclusion than an answer may hold', async () => {
      const parameters = { take: '100', include: 'comments.replies.replies' }
      expectProblem(await api.get(`/api/posts${query(parameters)}`), 400)
    })
  })
}
