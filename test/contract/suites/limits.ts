import { beforeAll, describe, expect, it } from 'vitest'
import type { Context } from '../contract.js'
import { LIMITS } from './limit-values.js'
import { clear, expectProblem } from './support.js'

/** What a column can't hold is refused by name: nothing is cut, rounded or left to the database. */
export function limits({ api, provider }: Context): void {
  const columns = LIMITS[provider]

  describe.runIf(columns.length > 0)('limits of native types', () => {
    it.each(columns)('%s', async (column, fits, beyond) => {
      for (const value of fits) {
        const { id } = await api.make('/api/limits', { [column]: value })
        const kept = (await api.get(`/api/limits/${id}`)).body.data[column]
        expect(kept).toEqual(value)
      }
      for (const value of beyond) {
        const reply = await api.post('/api/limits', { [column]: value })
        expect({ value, status: reply.status }).toEqual({ value, status: 400 })
        expect(reply.body.errors).toEqual([
          {
            path: expect.stringMatching(new RegExp(`^${column}(\\.\\d+)?$`)),
            message: expect.any(String),
          },
        ])
      }
    })
  })

  if (provider === 'postgresql')
    it('XML that is not well formed is refused by the database alone, and is a 400 all the same', async () => {
      const xml = '<a>é</a>'
      expect(await api.make('/api/limits', { xml })).toMatchObject({ xml })
      expectProblem(await api.post('/api/limits', { xml: '<a>' }), 400)
    })

  describe.runIf(provider === 'postgresql')('types that the database does not compare', () => {
    const ask = (where: object) => api.post('/api/limits/search', { where })
    const xml = 'Can only be compared with null.'

    it.each([
      [{ xml: '<a/>' }, 'where.xml', xml],
      [{ xml: { equals: '<a/>' } }, 'where.xml.equals', xml],
      [{ xml: { not: '<a/>' } }, 'where.xml.not', xml],
      [{ xml: { lt: '<a/>' } }, 'where.xml.lt', /^No operator of this column/],
      [{ xml: { contains: 'a' } }, 'where.xml.contains', /^No operator of this column/],
      [{ jsonText: { array_contains: [1] } }, 'where.jsonText.array_contains', /Give a path/],
      [{ jsonText: { array_ends_with: 1 } }, 'where.jsonText.array_ends_with', /Give a path/],
      [{ jsonText: { lt: 1 } }, 'where.jsonText.lt', /Give a path/],
    ])('%j is refused by name', async (where, path, message) => {
      const reply = await ask(where)
      expectProblem(reply, 400, [path])
      expect(reply.body.errors[0].message).toMatch(message)
    })

    it('are asked for null, as a whole, and for what is within', async () => {
      await api.delete('/api/limits/bulk', { where: { id: { gte: 0 } } })
      await api.make('/api/limits', { xml: '<a/>', jsonText: { list: [1, null], n: 3 } })
      await api.make('/api/limits', { jsonText: [null] })
      for (const [where, total] of [
        [{ xml: null }, 1],
        [{ xml: { not: null } }, 1],
        [{ jsonText: { equals: [null] } }, 1],
        [{ jsonText: { path: ['n'], gt: 2 } }, 1],
        [{ jsonText: { path: ['list'], array_contains: [1] } }, 1],
        [{ jsonText: { path: ['list'], array_ends_with: null } }, 1],
        [{ jsonText: { path: ['list'], array_starts_with: null } }, 0],
      ] as const)
        expect([where, (await ask(where)).body.meta?.total]).toEqual([where, total])
    })

    it('order nothing', async () => {
      for (const column of ['xml', 'jsonText', '-xml'])
        expectProblem(await api.get(`/api/limits?orderBy=${column}`), 400, [
          `orderBy.${column.replace('-', '')}`,
        ])
      const document = (await api.get('/openapi.json')).body
      expect(JSON.stringify(document.paths['/api/limits'].get)).not.toContain('"-xml"')
    })
  })

  describe('limits of texts', () => {
    beforeAll(() => clear(api))

    it.each(['\0', 'a\0b', '\ud800', 'a\udc00b'])('%j is no text', async (text) => {
      expectProblem(await api.post('/api/tags', { name: text }), 400, ['name'])
      expectProblem(await api.post('/api/pages', { path: text, note: 'a' }), 400, ['path'])
      const tag = await api.make('/api/tags', {
        name: `before ${JSON.stringify(text)}`,
      })
      expectProblem(await api.patch(`/api/tags/${tag.id}`, { name: text }), 400, ['name'])
      expectProblem(await api.post('/api/tags/search', { where: { name: text } }), 400, [
        'where.name',
      ])
      expectProblem(
        await api.post('/api/tags/search', { where: { name: { contains: text } } }),
        400,
        ['where.name.contains'],
      )
    })

    it.each(['%00', 'a%00b'])('%s is no text in an address', async (text) => {
      expectProblem(await api.get(`/api/pages/${text}`), 400, ['path'])
      expectProblem(await api.get(`/api/tags?where[name]=${text}`), 400, ['where.name'])
    })
  })

  describe('limits of JSON', () => {
    const post = async (raw: string) => {
      const least = `"text":"a","int":1,"bigInt":"1","float":1,"decimal":"1","boolean":false,"dateTime":"2026-01-01","bytes":"","level":"LOW"`
      return api.send('POST', '/api/everythings', undefined, { raw: `{${least},"json":${raw}}` })
    }

    it.each([
      '"\\u0000"',
      '{"a":["\\u0000"]}',
      '{"\\u0000":1}',
      '["\\ud800"]',
      '{"\\udc00":1}',
      '1e999',
      '[-1e999]',
    ])('%s is not kept as it is', async (raw) => {
      expectProblem(await post(raw), 400, ['json'])
    })
  })
}
