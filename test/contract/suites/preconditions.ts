import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Context } from '../contract.js'
import { clear, expectProblem, newAuthor, newPost, query } from './support.js'

/** ETag, If-Match, If-None-Match. */
export function preconditions({ api }: Context): void {
  describe('preconditions', () => {
    let author: { id: number }
    let path: string
    let etag: string

    beforeAll(async () => {
      await clear(api)
      author = await newAuthor(api)
    })
    beforeEach(async () => {
      path = `/api/posts/${(await newPost(api, author.id)).id}`
      etag = (await api.get(path)).headers.get('etag')!
    })

    it('gives a strong ETag that stays while the row does', async () => {
      expect(etag).toMatch(/^"[^"]+"$/)
      expect((await api.get(path)).headers.get('etag')).toBe(etag)
    })

    it('gives another ETag after a change', async () => {
      const { headers } = await api.patch(path, { title: 'other' })
      expect(headers.get('etag')).not.toBe(etag)
      expect((await api.get(path)).headers.get('etag')).toBe(headers.get('etag'))
    })

    it('answers 304 to who has the row already', async () => {
      const reply = await api.get(path, { 'if-none-match': etag })
      expect({ status: reply.status, body: reply.body, etag: reply.headers.get('etag') }).toEqual({
        status: 304,
        body: undefined,
        etag,
      })
      expect((await api.get(path, { 'if-none-match': `"x", W/${etag}` })).status).toBe(304)
      expect((await api.get(path, { 'if-none-match': '"x"' })).status).toBe(200)
    })

    it('answers 200 to who has the row with fewer relations', async () => {
      const reply = await api.get(`${path}${query({ include: 'comments' })}`, {
        'if-none-match': etag,
      })
      expect(reply.status).toBe(200)
    })

    it.each(['PATCH', 'PUT', 'DELETE'])(
      'lets %s through when the row is as it was read',
      async (method) => {
        const body =
          method === 'DELETE'
            ? undefined
            : { title: 'x', slug: `slug-${method}`, authorId: author.id }
        const reply = await api.send(method, path, body, { headers: { 'if-match': etag } })
        expect(reply.status).toBe(method === 'DELETE' ? 204 : 200)
      },
    )

    it.each(['PATCH', 'PUT', 'DELETE'])(
      'refuses %s with 412 when the row has changed',
      async (method) => {
        await api.patch(path, { title: 'changed' })
        const body =
          method === 'DELETE'
            ? undefined
            : { title: 'x', slug: `late-${method}`, authorId: author.id }
        expectProblem(await api.send(method, path, body, { headers: { 'if-match': etag } }), 412)
        expect((await api.get(path)).body.data.title).toBe('changed')
      },
    )

    it('takes any of several, and * for whatever is there', async () => {
      expect((await api.patch(path, { title: 'a' }, { 'if-match': `"x", ${etag}` })).status).toBe(
        200,
      )
      expect((await api.patch(path, { title: 'b' }, { 'if-match': '*' })).status).toBe(200)
    })

    it('takes the ETag of a read with other relations', async () => {
      const wide = (await api.get(`${path}${query({ include: 'comments' })}`)).headers.get('etag')!
      expect((await api.patch(path, { title: 'a' }, { 'if-match': wide })).status).toBe(200)
    })

    it('refuses an ETag of the same row without what was changed', async () => {
      expectProblem(await api.patch(path, { title: 'a' }, { 'if-match': '"nonsense"' }), 412)
    })

    it('answers 404 for a row that is gone', async () => {
      await api.delete(path)
      expectProblem(await api.patch(path, { title: 'a' }, { 'if-match': etag }), 404)
      expectProblem(await api.delete(path, undefined, { 'if-match': etag }), 404)
    })

    it('lets exactly one of many writers through', async () => {
      const writers = Array.from({ length: 8 }, (_, n) =>
        api.patch(path, { title: `w${n}` }, { 'if-match': etag }),
      )
      const statuses = (await Promise.all(writers)).map(({ status }) => status)
      expect(statuses.sort()).toEqual([200, 412, 412, 412, 412, 412, 412, 412])
    })

    it('repeats a write that met another one', async () => {
      const writers = Array.from({ length: 4 }, (_, n) =>
        api.patch(path, { title: `w${n}` }, { 'if-match': '*' }),
      )
      const statuses = (await Promise.all(writers)).map(({ status }) => status)
      expect(statuses).toEqual([200, 200, 200, 200])
    })
  })
}
