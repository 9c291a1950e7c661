import { beforeAll, describe, expect, it } from 'vitest'
import type { Context } from '../contract.js'
import { clear, expectProblem, newAuthor, newPost, query } from './support.js'

/** Related rows written along with a row. */
export function nested({ api }: Context): void {
  describe('nested writes', () => {
    let author: { id: number }
    let tags: { id: number }[]

    beforeAll(async () => {
      await clear(api)
      author = await newAuthor(api, { name: 'Ada' })
      tags = [
        await api.make('/api/tags', { name: 'a' }),
        await api.make('/api/tags', { name: 'b' }),
        await api.make('/api/tags', { name: 'c' }),
      ]
    })

    const tagsOf = async (id: string): Promise<string> => {
      const { body } = await api.get(`/api/posts/${id}${query({ include: 'tags' })}`)
      return body.data.tags.map((tag: { name: string }) => tag.name).join('')
    }

    it('creates a row with the row it belongs to', async () => {
      const post = await api.make('/api/posts', {
        title: 'a',
        slug: 'with-author',
        author: { create: { email: 'new@example.com', name: 'New' } },
      })
      expect(post.author).toMatchObject({ email: 'new@example.com', name: 'New' })
      expect(post.authorId).toBe(post.author.id)
    })

    it('connects a row to the row it belongs to, by any unique', async () => {
      const one = await api.make('/api/posts', {
        title: 'a',
        slug: 'by-id',
        author: { connect: { id: author.id } },
      })
      expect(one.author.name).toBe('Ada')
      const email = (await api.get(`/api/authors/${author.id}`)).body.data.email
      const two = await api.make('/api/posts', {
        title: 'a',
        slug: 'by-email',
        author: { connect: { email } },
      })
      expect(two.author.name).toBe('Ada')
    })

    it('takes a foreign key beside a nested write', async () => {
      const post = await api.make('/api/posts', {
        title: 'a',
        slug: 'mixed',
        authorId: author.id,
        editor: { create: { email: 'editor@example.com', name: 'Editor' } },
        tags: { connect: { id: tags[0]!.id } },
      })
      expect(post).toMatchObject({ authorId: author.id, editor: { name: 'Editor' } })
    })

    it('takes a foreign key in one row of a list and a nested write in another', async () => {
      const posts = [
        { title: 'a', slug: 'new-writer', author: { create: { email: 'w@x.y', name: 'Writer' } } },
        { title: 'b', slug: 'known-writer', authorId: author.id, editorId: null },
      ]
      const tag = await api.make('/api/tags', { name: 'both forms', posts: { create: posts } })
      const { body } = await api.get(`/api/tags/${tag.id}${query({ include: 'posts.author' })}`)
      const writers = body.data.posts.map((post: { title: string; author: { name: string } }) => [
        post.title,
        post.author.name,
      ])
      expect(writers.sort()).toEqual([
        ['a', 'Writer'],
        ['b', 'Ada'],
      ])
    })

    it('refuses a foreign key and its relation together', async () => {
      const body = {
        title: 'a',
        slug: 'both',
        authorId: author.id,
        author: { connect: { id: author.id } },
      }
      expectProblem(await api.post('/api/posts', body), 400, ['authorId'])
    })

    it('creates children, and children of children', async () => {
      const post = await newPost(api, author.id, {
        comments: {
          create: [{ text: 'one' }, { text: 'two', author: { connect: { id: author.id } } }],
        },
        labels: { create: { position: 3, label: { create: { name: 'fresh' } } } },
      })
      const { body } = await api.get(
        `/api/posts/${post.id}${query({ include: 'comments.author,labels.label' })}`,
      )
      expect(body.data).toMatchObject({
        comments: [
          { text: 'one', author: null },
          { text: 'two', author: { name: 'Ada' } },
        ],
        labels: [{ position: 3, label: { name: 'fresh' } }],
      })
    })

    it('connects, disconnects and sets a many-to-many relation', async () => {
      const [a, b, c] = tags.map(({ id }) => ({ id })) as [
        { id: number },
        { id: number },
        { id: number },
      ]
      const post = await newPost(api, author.id, { tags: { connect: [a, b] } })
      expect(await tagsOf(post.id)).toBe('ab')
      const path = `/api/posts/${post.id}`
      expect(
        (await api.patch(path, { tags: { connect: { name: 'c' }, disconnect: [a] } })).status,
      ).toBe(200)
      expect(await tagsOf(post.id)).toBe('bc')
      expect((await api.patch(path, { tags: { set: [a] } })).status).toBe(200)
      expect(await tagsOf(post.id)).toBe('a')
      expect((await api.patch(path, { tags: { set: [] } })).status).toBe(200)
      expect(await tagsOf(post.id)).toBe('')
      expect((await api.patch(path, { tags: { create: { name: 'd' } } })).status).toBe(200)
      expect(await tagsOf(post.id)).toBe('d')
      expect(c.id).toBeGreaterThan(0)
    })

    it('cuts an optional relation', async () => {
      const post = await newPost(api, author.id, { editorId: author.id })
      const reply = await api.patch(`/api/posts/${post.id}`, { editor: { disconnect: true } })
      expect(reply.body.data).toMatchObject({ editorId: null, editor: null })
    })

    it('does not cut a required one', async () => {
      const post = await newPost(api, author.id)
      expectProblem(await api.patch(`/api/posts/${post.id}`, { author: { disconnect: true } }), 400)
    })

    it('writes a one-to-one relation from either side', async () => {
      const writer = await newAuthor(api, { bio: { create: { text: 'Writes.' } } })
      expect(writer.bio).toMatchObject({ text: 'Writes.', authorId: writer.id })
      const bio = await api.make('/api/bios', {
        text: 'Other',
        author: { create: { email: 'o@example.com', name: 'O' } },
      })
      expect(bio.author.name).toBe('O')
    })

    it('makes nothing when one part fails', async () => {
      const before = (await api.get('/api/authors/count')).body.data.count
      const reply = await api.post('/api/posts', {
        title: 'a',
        slug: 'by-id',
        author: { create: { email: 'never@example.com', name: 'Never' } },
      })
      expectProblem(reply, 409)
      expect((await api.get('/api/authors/count')).body.data.count).toBe(before)
    })

    it('answers a row to connect that is not there with 409', async () => {
      const body = { title: 'a', slug: 'nobody', author: { connect: { id: 999_999 } } }
      expectProblem(await api.post('/api/posts', body), 409)
    })

    it.each([
      [{ author: { update: { name: 'x' } } }, ['author', 'author.update']],
      [{ author: { delete: true } }, ['author', 'author.delete']],
      [{ author: { upsert: {} } }, ['author', 'author.upsert']],
      [{ author: { connectOrCreate: {} } }, ['author', 'author.connectOrCreate']],
      [{ author: {} }, undefined],
      [{ author: 1 }, ['author']],
      [{ author: { connect: { nonsense: 1 } } }, undefined],
      [{ author: { connect: {} } }, undefined],
      [{ author: { connect: { name: 'Ada' } } }, undefined],
      [{ tags: { deleteMany: {} } }, ['tags', 'tags.deleteMany']],
      [{ tags: { updateMany: {} } }, ['tags', 'tags.updateMany']],
      [{ tags: { create: { name: 'x', nonsense: 1 } } }, undefined],
      [{ comments: { create: { nonsense: 1 } } }, undefined],
      [{ comments: { create: { text: 1 } } }, undefined],
    ])('refuses %j in a change', async (change, paths) => {
      const post = await newPost(api, author.id)
      expectProblem(await api.patch(`/api/posts/${post.id}`, change), 400, paths)
    })

    it('refuses writes nested deeper than three relations', async () => {
      const deep = { text: '4', replies: { create: { text: '5' } } }
      const body = {
        title: 'a',
        slug: 'deep',
        authorId: author.id,
        comments: {
          create: {
            text: '1',
            replies: {
              create: { text: '2', replies: { create: { text: '3', replies: { create: deep } } } },
            },
          },
        },
      }
      expectProblem(await api.post('/api/posts', body), 400)
    })

    it('refuses more nested rows than one write may hold', async () => {
      const create = Array.from({ length: 101 }, (_, n) => ({ text: String(n) }))
      expectProblem(
        await api.post('/api/posts', {
          title: 'a',
          slug: 'many',
          authorId: author.id,
          comments: { create },
        }),
        400,
      )
    })
  })
}
