import { beforeAll, describe, expect, it } from 'vitest'
import type { Client } from '../client.js'
import type { Context } from '../contract.js'
import { matches, type Row, type Where } from './oracle.js'
import { clear, expectProblem } from './support.js'
import { everythings, library } from './language-data.js'
import { jsonCases, wheresOf, randomWheres, TYPED, wildcards } from './language-cases.js'

/** The ids of all rows that a filter finds, by body and by query string. */
async function found(api: Client, path: string, where: Where): Promise<unknown> {
  const bodies = [
    await api.post(`/api/${path}/search`, { where, take: 100 }),
    await api.get(`/api/${path}?take=100&${asText('where', where).join('&')}`),
  ]
  return bodies.map(({ status, body }) => ({
    status,
    detail: body.detail,
    ids: body.data?.map((row: Row) => row['id']).sort(),
  }))
}

/** A filter as a query string writes it. */
function asText(path: string, value: unknown): string[] {
  if (Array.isArray(value) && /\[(in|notIn|has\w+)\]$/.test(path)) {
    return value.flatMap((item) => asText(`${path}[]`, item))
  }
  if (Array.isArray(value) && path.endsWith('[path]')) return asText(path, value.join('.'))
  // A text such as 5 or null would be read as JSON.
  if (/\[jsonOpt\]\[(?!path|string_)\w+\]$/.test(path)) value = JSON.stringify(value)
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).flatMap(([name, inner]) => asText(`${path}[${name}]`, inner))
  }
  return [`${path}=${encodeURIComponent(String(value))}`]
}

/** Every operator on every type: what is found is what the oracle finds, on every database. */
export function language({ api, provider, whole }: Context): void {
  const agree = async (path: string, rows: readonly Row[], wheres: readonly Where[]) => {
    for (const where of wheres) {
      const ids = rows.filter((row) => matches(row, where)).map((row) => row['id'])
      const expected = { status: 200, detail: undefined, ids: ids.toSorted() }
      const got = await found(api, path, where)
      expect(got, JSON.stringify(where)).toEqual([expected, expected])
    }
  }

  // Each filter is made from what the database can do: the same code in every kind of app.
  describe.runIf(whole)('the query language, by type', () => {
    let rows: readonly Row[] = []

    beforeAll(async () => {
      await clear(api)
      rows = await everythings(api)
    })

    it.each(TYPED)('%s', async (column) => {
      const wheres = wheresOf(column, rows)
      const counts = wheres.map((where) => rows.filter((row) => matches(row, where)).length)
      // Else the rows would not tell right from wrong.
      expect(counts.some((count) => count > 0 && count < rows.length)).toBe(true)
      await agree('everythings', rows, wheres)
    })

    it('takes wildcards as what they are, and ignores case', () =>
      agree('everythings', rows, wildcards))

    it('finds in JSON', () => agree('everythings', rows, jsonCases(provider)))

    it('writes what it finds', async () => {
      for (const where of randomWheres('everythings', 10)) {
        const ids = rows.filter((row) => matches(row, where)).map((row) => row['id'])
        const textDef = JSON.stringify(where).slice(0, 150)
        const reply = await api.patch('/api/everythings/bulk', { where, data: { textDef } })
        expect({ where, data: reply.body.data }).toEqual({ where, data: { count: ids.length } })
        const { body } = await api.post('/api/everythings/search', {
          where: { textDef },
          take: 100,
        })
        expect(body.data.map((row: Row) => row['id']).sort()).toEqual(ids.toSorted())
      }
    })
  })

  describe('the query language, across relations', () => {
    let rows: readonly Row[] = []

    beforeAll(async () => {
      await clear(api)
      rows = await library(api)
    })

    it('finds the same whatever is put together', () =>
      agree('posts', rows, randomWheres('posts', 150)))

    it('counts what it finds', async () => {
      for (const where of randomWheres('posts', 20)) {
        const count = rows.filter((row) => matches(row, where)).length
        const { body } = await api.get(`/api/posts/count?${asText('where', where).join('&')}`)
        expect({ where, data: body.data }).toEqual({ where, data: { count } })
      }
    })

    it('has no filter without values, nor one that is too long', async () => {
      for (const [where, path] of [
        [{ title: { in: [] } }, 'where.title.in'],
        [{ title: { notIn: [] } }, 'where.title.notIn'],
        [{ title: { contains: 'x'.repeat(5001) } }, 'where.title.contains'],
        [{ title: { contains: 'x', mode: 'insensitive' } }, 'where.title.mode'],
        [{ meta: { path: ['a'] } }, 'where.meta'],
        [{ meta: { path: ['-1'], equals: 1 } }, 'where.meta.path'],
        [{ meta: { string_contains: 'x' } }, 'where.meta.string_contains'],
      ] as const) {
        expectProblem(await api.post('/api/posts/search', { where }), 400, [path])
      }
      const long = { title: { contains: '%'.repeat(5000) } }
      expect((await api.post('/api/posts/search', { where: long })).status).toBe(200)
    })
  })

  describe('what databases can not do', () => {
    const ask = (meta: object) => api.post('/api/posts/search', { where: { meta } })

    it.runIf(provider === 'sqlite')('SQLite says no to what it can not ask of JSON', async () => {
      expectProblem(await ask({ array_contains: [1] }), 400, ['where.meta.array_contains'])
      expectProblem(await ask({ path: ['a'], gt: 1 }), 400, ['where.meta.gt'])
      expectProblem(await ask({ equals: { b: 1, a: 2 } }), 400, ['where.meta.equals'])
    })

    it.runIf(provider === 'mysql')('MySQL says no to what it can not ask of JSON', async () => {
      expectProblem(await ask({ equals: { a: [1, 2] } }), 400, ['where.meta.equals'])
      expectProblem(await ask({ array_ends_with: 1 }), 400, ['where.meta.array_ends_with'])
      expectProblem(await ask({ path: ['a'], gt: 1 }), 400, ['where.meta.gt'])
    })

    it('tells upper from lower case, but for MySQL', async () => {
      await clear(api)
      for (const name of ['pear', 'plum']) await api.make('/api/tags', { name })
      const { body } = await api.post('/api/tags/search', { where: { name: { in: ['PEAR'] } } })
      expect(body.meta.total).toBe(provider === 'mysql' ? 1 : 0)
    })
  })
}
