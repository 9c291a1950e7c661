import { beforeAll, describe, expect, it } from 'vitest'
import type { Context } from '../contract.js'
import { clear, expectProblem, newAuthor, newPost } from './support.js'

/** Keys of every shape: several fields, no id, unusual types, unusual text. */
export function keys({ api }: Context): void {
  describe('keys', () => {
    beforeAll(() => clear(api))

    const lifeCycle = async (
      path: string,
      body: Record<string, unknown>,
      address: string,
      change: object,
    ) => {
      const made = await api.post(path, body)
      expect(made).toMatchObject({ status: 201, body: { data: body } })
      expect(made.headers.get('location')).toBe(address)
      expect(await api.get(address)).toMatchObject({ status: 200, body: made.body })
      expectProblem(await api.post(path, body), 409)
      expect(await api.patch(address, change)).toMatchObject({
        status: 200,
        body: { data: { ...body, ...change } },
      })
      expect((await api.delete(address)).status).toBe(204)
      expectProblem(await api.get(address), 404)
    }

    it('of two foreign keys', async () => {
      const post = await newPost(api, (await newAuthor(api)).id)
      const label = await api.make('/api/labels', { name: 'x' })
      const body = { postId: post.id, labelId: label.id, position: 1 }
      await lifeCycle('/api/post-labels', body, `/api/post-labels/${post.id}/${label.id}`, {
        position: 2,
      })
    })

    it('of a model without id: its unique', async () => {
      await lifeCycle('/api/countries', { code: 'PT', name: 'Portugal' }, '/api/countries/PT', {
        name: 'Portugal!',
      })
    })

    it('of a model without id: its unique of two fields', async () => {
      await api.make('/api/countries', { code: 'DE', name: 'Germany' })
      const body = { countryCode: 'DE', name: 'Köln / Süd', population: 1 }
      await lifeCycle('/api/cities', body, `/api/cities/DE/${encodeURIComponent('Köln / Süd')}`, {
        population: 2,
      })
    })

    it('of a date and an enum', async () => {
      const at = '2026-01-02T03:04:05.678Z'
      await lifeCycle(
        '/api/slots',
        { at, level: 'MEDIUM', note: 'a' },
        `/api/slots/${encodeURIComponent(at)}/MEDIUM`,
        { note: 'b' },
      )
    })

    it('of bytes', async () => {
      await lifeCycle(
        '/api/chunks',
        { hash: '+/8=', note: 'a' },
        `/api/chunks/${encodeURIComponent('+/8=')}`,
        { note: 'b' },
      )
    })

    it('of a big integer', async () => {
      await lifeCycle(
        '/api/counters',
        { number: '9007199254740993', note: 'a' },
        '/api/counters/9007199254740993',
        { note: 'b' },
      )
    })

    it('of a decimal', async () => {
      await lifeCycle('/api/amounts', { value: '12.5', note: 'a' }, '/api/amounts/12.5', {
        note: 'b',
      })
    })

    it('of a boolean', async () => {
      await lifeCycle('/api/switches', { on: false, note: 'a' }, '/api/switches/false', {
        note: 'b',
      })
    })

    it('of an enum', async () => {
      await lifeCycle('/api/settings', { level: 'MEDIUM', note: 'a' }, '/api/settings/MEDIUM', {
        note: 'b',
      })
    })

    it.each(['a/b', '..%2f', 'a b', 'ä', '%', '?x=1', '#', 'a,b', '"', 'null', 'undefined', '🦊'])(
      'of the text "%s"',
      async (path) => {
        const body = { path, note: 'a' }
        const made = await api.post('/api/pages', body)
        expect(made).toMatchObject({ status: 201, body: { data: body } })
        expect(await api.get(`/api/pages/${encodeURIComponent(path)}`)).toMatchObject({
          status: 200,
          body: { data: body },
        })
      },
    )

    it.each(['count', 'bulk', 'search'])(
      'of the text "%s", a route: found by a filter',
      async (path) => {
        const body = { path, note: 'a' }
        await api.make('/api/pages', body)
        expect((await api.post('/api/pages/search', { where: { path } })).body.data).toEqual([body])
      },
    )

    it('is never an empty text, which would be no address', async () => {
      expectProblem(await api.post('/api/pages', { path: '', note: 'a' }), 400, ['path'])
      expectProblem(await api.post('/api/countries', { code: '', name: 'a' }), 400, ['code'])
    })

    it.each([
      ['/api/post-labels/abc/x', ['labelId']],
      ['/api/slots/yesterday/LOW', ['at']],
      ['/api/slots/2026-01-01/mid', ['level']],
      ['/api/counters/1.5', ['number']],
      ['/api/amounts/x', ['value']],
      ['/api/switches/yes', ['on']],
      ['/api/settings/mid', ['level']],
      ['/api/chunks/!', ['hash']],
    ])('%s is malformed', async (path, paths) => {
      expectProblem(await api.get(path), 400, paths)
      expectProblem(await api.patch(path, {}), 400, paths)
      expectProblem(await api.delete(path), 400, paths)
    })

    it('with a part missing or too many is no address', async () => {
      for (const path of ['/api/post-labels/abc', '/api/cities/DE/a/b', '/api/countries/DE/x'])
        expectProblem(await api.get(path), 404)
    })

    it('that is no URL encoding is a 400', async () => {
      expectProblem(await api.get('/api/pages/%E0%A4%A'), 400)
    })
  })
}
