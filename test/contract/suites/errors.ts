import { beforeAll, describe, expect, it } from 'vitest'
import type { Context } from '../contract.js'
import { clear, expectProblem, newAuthor, newPost } from './support.js'

/** What the database refuses, in the words of the API. */
export function errors({ api, app }: Context): void {
  describe('conflicts', () => {
    let author: { id: number; email: string }

    beforeAll(async () => {
      await clear(api)
      author = await newAuthor(api)
    })

    it('names the column of a unique', async () => {
      const post = await newPost(api, author.id)
      const body = { title: 'a', slug: post.slug, authorId: author.id }
      expectProblem(await api.post('/api/posts', body), 409, ['slug'])
      const other = await newPost(api, author.id)
      expectProblem(await api.patch(`/api/posts/${other.id}`, { slug: post.slug }), 409, ['slug'])
    })

    it('names every column of a key of several', async () => {
      const post = await newPost(api, author.id)
      const label = await api.make('/api/labels', { name: 'dup' })
      const body = { postId: post.id, labelId: label.id }
      await api.make('/api/post-labels', body)
      expectProblem(await api.post('/api/post-labels', body), 409, ['labelId', 'postId'])
    })

    it('names the foreign key of a second row in a one-to-one relation', async () => {
      const writer = await newAuthor(api)
      await api.make('/api/bios', { text: 'a', authorId: writer.id })
      expectProblem(await api.post('/api/bios', { text: 'b', authorId: writer.id }), 409, [
        'authorId',
      ])
    })

    it('refuses a foreign key that points nowhere', async () => {
      expectProblem(
        await api.post('/api/posts', { title: 'a', slug: 'nowhere', authorId: 999_999 }),
        409,
      )
      const post = await newPost(api, author.id)
      expectProblem(await api.patch(`/api/posts/${post.id}`, { authorId: 999_999 }), 409)
    })

    it('refuses to delete a row that others need', async () => {
      await newPost(api, author.id)
      expectProblem(await api.delete(`/api/authors/${author.id}`), 409)
      expectProblem(await api.delete('/api/authors/bulk', { where: { id: author.id } }), 409)
      expect((await api.get(`/api/authors/${author.id}`)).status).toBe(200)
    })

    it('lets exactly one of many writers have a unique value', async () => {
      const body = { name: 'contended' }
      const replies = await Promise.all(
        Array.from({ length: 8 }, () => api.post('/api/tags', body)),
      )
      const statuses = replies.map(({ status }) => status).sort()
      expect(statuses).toEqual([201, 409, 409, 409, 409, 409, 409, 409])
    })

    it('answers many readers and writers at once', async () => {
      const work = Array.from({ length: 30 }, (_, n) =>
        n % 3 === 0
          ? api.post('/api/labels', { name: `parallel-${n}` })
          : api.get('/api/posts?include=comments'),
      )
      const statuses = new Set((await Promise.all(work)).map(({ status }) => status))
      expect([...statuses].sort()).toEqual([200, 201])
    })

    it('says nothing of the database, of Prisma or of files', async () => {
      const replies = await Promise.all([
        api.post('/api/posts', { title: 'a', slug: 'nowhere', authorId: 999_999 }),
        api.post('/api/tags', { name: 'contended' }),
        api.delete(`/api/authors/${author.id}`),
      ])
      for (const { body } of replies)
        expect(JSON.stringify(body)).not.toMatch(
          /prisma|sqlite|postgres|constraint|invocation|node_modules|\.ts|stack|url_slug/i,
        )
    })

    it('had no failure of its own in all of this', () => {
      const failures = app()
        .log()
        .split('\n')
        .filter(
          (line) => line.includes('request failed') || /"level":(50|60|"error"|"fatal")/.test(line),
        )
      expect(failures).toEqual([])
    })
  })
}
