import { beforeAll, describe, expect, it } from 'vitest'
import type { Context } from '../contract.js'
import { clear, expectProblem, newAuthor, newPost, query } from './support.js'

const KEY = 'very-secret-key'

/**
 * A column that is hidden, or written and never read, never leaves the server, and nothing that it answers tells what
 * is in it.
 */
export function hidden({ api, app }: Context): void {
  describe('hidden columns', () => {
    let author: { id: number }
    let post: { id: string }

    beforeAll(async () => {
      await clear(api)
      author = await newAuthor(api, {
        name: 'Ada',
        apiKey: KEY,
        salary: 5000,
      })
      post = await newPost(api, author.id, { editorId: author.id })
      await api.make('/api/bios', { text: 'a', authorId: author.id })
      await api.make('/api/comments', { text: 'a', postId: post.id, authorId: author.id })
    })

    const leaks = (value: unknown): boolean =>
      /passwordHash|apiKey|salary|very-secret/.test(JSON.stringify(value) ?? '')

    it.each([
      ['its own row', () => `/api/authors/${author.id}`],
      [
        'its own row, with relations',
        () => `/api/authors/${author.id}?include=posts.author,bio.author,comments.author`,
      ],
      ['a list', () => '/api/authors'],
      ['a list sorted by something else', () => '/api/authors?orderBy=name'],
      ['a row that includes it', () => `/api/posts/${post.id}`],
      [
        'a row that includes it twice',
        () => `/api/posts/${post.id}?include=author.posts.author,editor.edited.editor`,
      ],
      ['a selection through a relation', () => `/api/posts/${post.id}?select=author`],
      ['a list of children', () => '/api/comments?include=author,post.author'],
      ['one to one', () => '/api/bios'],
    ])('are not in %s', async (_what, path) => {
      const reply = await api.get(path())
      expect(reply.status).toBe(200)
      expect(leaks(reply.body)).toBe(false)
    })

    it('are not there to be written', async () => {
      const path = `/api/authors/${author.id}`
      const values = { email: 'h@example.com', name: 'H', passwordHash: 'very-secret-hash' }
      const unknown = ['passwordHash']
      expectProblem(await api.post('/api/authors', values), 400, unknown)
      expectProblem(await api.patch(path, values), 400, unknown)
      expectProblem(await api.put(path, values), 400, unknown)
      const posts = { title: 'n', slug: 'nested-hidden', author: { create: values } }
      expectProblem(await api.post('/api/posts', posts), 400, ['author.create.passwordHash'])
    })

    it('are written where they may be, and not in the answer of a write', async () => {
      const made = await api.post('/api/authors', {
        email: 'w@example.com',
        name: 'W',
        apiKey: 'very-secret-w',
      })
      expect(made.status).toBe(201)
      const path = `/api/authors/${made.body.data.id}`
      const changed = await api.patch(path, { apiKey: 'very-secret-other', salary: 1 })
      expect(changed.status).toBe(200)
      const replaced = await api.put(path, { email: 'w@example.com', name: 'W2' })
      expect(replaced.status).toBe(200)
      const nested = await api.post('/api/posts', {
        title: 'n',
        slug: 'nested-secret',
        author: {
          create: {
            email: 'n@example.com',
            name: 'N',
            apiKey: 'very-secret-n',
          },
        },
      })
      expect(nested.status).toBe(201)
      for (const reply of [made, changed, replaced, nested]) expect(leaks(reply.body)).toBe(false)
    })

    const columns = ['passwordHash', 'apiKey', 'salary']

    it.each(columns)('%s cannot be filtered by, directly', async (column) => {
      const unknown = await api.get('/api/authors?where[nonsense]=1')
      for (const text of [
        `where[${column}]=1`,
        `where[${column}][startsWith]=very`,
        `where[${column}][not]=null`,
        `where[NOT][${column}]=1`,
        `where[OR][0][${column}]=1`,
        `where[AND][0][NOT][${column}][gt]=1`,
      ]) {
        const reply = await api.get(`/api/authors?${text}`)
        expectProblem(reply, 400)
        expect(reply.body.errors[0].path).toContain(column)
        // The same words as for a column that is not there: nobody learns which names exist.
        expect(reply.body.errors[0].message).toBe(unknown.body.errors[0].message)
        expectProblem(await api.get(`/api/authors/count?${text}`), 400)
      }
    })

    it.each(columns)('%s cannot be filtered by, through relations', async (column) => {
      for (const text of [
        `where[author][${column}]=1`,
        `where[author][is][${column}]=1`,
        `where[author][isNot][${column}]=1`,
        `where[comments][some][author][${column}]=1`,
        `where[author][posts][some][author][${column}]=1`,
      ])
        expectProblem(await api.get(`/api/posts?${text}`), 400)
      const where = { tags: { none: { posts: { some: { author: { [column]: { gt: 'a' } } } } } } }
      expectProblem(await api.post('/api/posts/search', { where }), 400)
    })

    it.each(columns)('%s cannot be sorted by, selected or included', async (column) => {
      expectProblem(await api.get(`/api/authors${query({ orderBy: column })}`), 400, [
        `orderBy.${column}`,
      ])
      expectProblem(await api.get(`/api/authors${query({ orderBy: `-${column}` })}`), 400)
      expectProblem(await api.get(`/api/posts${query({ orderBy: `author.${column}` })}`), 400, [
        `orderBy.author.${column}`,
      ])
      expectProblem(await api.get(`/api/authors${query({ select: `id,${column}` })}`), 400, [
        `select.${column}`,
      ])
      expectProblem(await api.get(`/api/posts${query({ select: `author.${column}` })}`), 400, [
        `select.author.${column}`,
      ])
      expectProblem(await api.get(`/api/authors${query({ include: column })}`), 400)
      expectProblem(await api.post('/api/authors/search', { select: [column] }), 400)
    })

    it('are no cursor and no address', async () => {
      expectProblem(await api.get(`/api/authors${query({ cursor: KEY })}`), 400, ['cursor'])
      expectProblem(await api.get('/api/authors/some-key'), 400, ['id'])
    })

    it('cannot be used to find a row to connect', async () => {
      const body = { title: 'x', slug: 'by-secret', author: { connect: { apiKey: KEY } } }
      const reply = await api.post('/api/posts', body)
      expectProblem(reply, 400)
      expect(JSON.stringify(reply.body)).not.toContain(KEY)
      expectProblem(
        await api.patch(`/api/posts/${post.id}`, {
          editor: { connect: { id: author.id, apiKey: KEY } },
        }),
        400,
      )
    })

    it('are no condition of a bulk write', async () => {
      expectProblem(await api.delete('/api/authors/bulk', { where: { apiKey: KEY } }), 400)
      expectProblem(
        await api.patch('/api/authors/bulk', { where: { salary: { gt: 1 } }, data: { name: 'x' } }),
        400,
      )
      expect((await api.get(`/api/authors/${author.id}`)).body.data.name).toBe('Ada')
    })

    it('are not named or quoted by a conflict', async () => {
      const reply = await api.post('/api/authors', {
        email: 'dup@example.com',
        name: 'D',
        apiKey: KEY,
      })
      expectProblem(reply, 409)
      expect(JSON.stringify(reply.body)).not.toMatch(/apiKey|very-secret/)
    })

    it('do not change the ETag that anybody sees', async () => {
      const path = `/api/authors/${author.id}`
      const before = (await api.get(path)).headers.get('etag')
      await api.patch(path, { salary: 6000 })
      expect((await api.get(path)).headers.get('etag')).toBe(before)
    })

    it('are kept when a row is replaced without them', async () => {
      const path = `/api/authors/${author.id}`
      const { email } = (await api.get(path)).body.data
      expect((await api.put(path, { email, name: 'Ada' })).status).toBe(200)
      // The unique is still taken, so the value is still there.
      expectProblem(
        await api.post('/api/authors', { email: 'again@example.com', name: 'D', apiKey: KEY }),
        409,
      )
    })

    it('are not in the log', () => {
      expect(app().log()).not.toMatch(/very-secret-(hash|key|other|n|w)/)
    })
  })
}
