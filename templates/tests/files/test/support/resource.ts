import { beforeAll, describe, expect, it } from 'vitest'
import { api, type Reply, type Row } from './api.js'
import type { Factory } from './factory.js'
import { describeRefusals, expectProblem } from './refusals.js'

interface ResourceOptions {
  /** Column to filter by. */
  readonly filter?: string
  /** Column to sort by, different in every row. */
  readonly sort?: string
  /** A change of a row. */
  readonly change?: Row
  /** A column with a value of the wrong type. */
  readonly wrong?: Row
  /** Columns that no two rows may share. */
  readonly conflict?: readonly string[]
  /** Columns that are written and never shown. */
  readonly writeonly?: readonly string[]
}

/** What every resource must do, tried on the rows of a factory. */
export function describeResource(name: string, factory: Factory, options: ResourceOptions): void {
  const { path } = factory
  const rows: Row[] = []
  // The last body is for tests that make a row of their own and remove it again.
  const spare = factory.count - 1

  beforeAll(async () => {
    for (let index = 0; index < spare; index++) rows.push(await factory.row(index))
  })

  describe(`${name}: reading`, () => {
    it('lists every row', async () => {
      const { status, body } = await api.list(path)
      expect({ status, meta: body.meta }).toEqual({
        status: 200,
        meta: { total: rows.length, skip: 0, take: 20, hasMore: false, nextCursor: null },
      })
      expect(body.data).toEqual(
        expect.arrayContaining(rows.map((row) => expect.objectContaining(row))),
      )
    })

    it('pages by skip and by cursor', async () => {
      const seen = await pageThrough(factory)
      const { body } = await api.list(path)
      expect(seen).toEqual(body.data)
    })

    const { filter, sort } = options
    if (filter !== undefined)
      it(`filters by ${filter}`, async () => {
        const value = rows[0]?.[filter]
        const { status, body } = await api.list(path, { [`where[${filter}]`]: String(value) })
        expect(status).toBe(200)
        expect(body.meta.total).toBe(rows.filter((row) => row[filter] === value).length)
        expect(body.data.map((row) => row[filter])).toEqual(body.data.map(() => value))
      })

    if (sort !== undefined)
      it(`sorts by ${sort}`, async () => {
        const up = await api.list(path, { orderBy: sort })
        const down = await api.list(path, { orderBy: `-${sort}` })
        const values = up.body.data.map((row) => row[sort])
        expect(values).toEqual(rows.map((row) => row[sort]).sort(compare))
        expect(down.body.data.map((row) => row[sort])).toEqual(values.toReversed())
      })

    it('reads a row by its address', async () => {
      for (const row of rows) {
        const address = factory.pathOf(row)
        if (address === null) return
        expect(await api.get(address)).toMatchObject({ status: 200, body: { data: row } })
      }
    })
  })

  describeRefusals(name, path)

  describe(`${name}: writing`, () => {
    it('refuses a body with an unknown key', async () => {
      const reply = await api.post(path, { ...(await factory.body(spare)), surprise: 1 })
      expectProblem(reply, 400, 'surprise')
    })

    const { wrong, conflict, change } = options
    if (wrong)
      it('refuses a value of the wrong type', async () => {
        const reply = await api.post(path, { ...(await factory.body(spare)), ...wrong })
        expectProblem(reply, 400, ...Object.keys(wrong))
      })

    if (conflict)
      it(`refuses a second row with the same ${conflict.join(' and ')}`, async () => {
        const first = await factory.body(0)
        const shared = Object.fromEntries(conflict.map((column) => [column, first[column]]))
        const reply = await api.post(path, { ...(await factory.body(spare)), ...shared })
        expectProblem(reply, 409)
      })

    it('creates a row, and deletes it where rows have an address', async () => {
      const body = await factory.body(spare)
      const reply = await api.post(path, body)
      expect(reply.status).toBe(201)
      expect(reply.body.data).toMatchObject(shownPart(body, options))
      for (const column of options.writeonly ?? [])
        expect(reply.body.data).not.toHaveProperty(column)
      await expectDeleted(factory, reply.body.data)
    })

    if (change)
      it(`changes ${Object.keys(change).join(', ')} and nothing else`, async () => {
        const body = await factory.body(spare)
        const { data } = (await api.post(path, body)).body
        const address = factory.pathOf(data) ?? path
        const expected = { ...shownPart(body, options), ...change }
        expect(await api.patch(address, change)).toMatchObject({
          status: 200,
          body: { data: expected },
        })
        expect(await api.get(address)).toMatchObject({ status: 200, body: { data: expected } })
        await expectDeleted(factory, data)
      })
  })
}

/** What an answer shows of a body. */
function shownPart(body: Row, { writeonly = [] }: ResourceOptions): Row {
  return Object.fromEntries(Object.entries(body).filter(([column]) => !writeonly.includes(column)))
}

/** Every row, by pages of one. */
async function pageThrough({ path, pathOf, count }: Factory): Promise<Row[]> {
  const seen: Row[] = []
  let cursor: string | null = null
  for (let skip = 0; skip < count; skip++) {
    const bySkip: Reply<Row[]> = await api.list(path, { take: '1', skip: String(skip) })
    const byCursor: Reply<Row[]> =
      cursor === null ? bySkip : await api.list(path, { take: '1', cursor })
    const [row] = bySkip.body.data
    if (!row) break
    expect(byCursor.body.data).toEqual([row])
    cursor = pathOf(row) === null ? null : byCursor.body.meta.nextCursor
    seen.push(row)
  }
  return seen
}

async function expectDeleted({ pathOf }: Factory, row: Row): Promise<void> {
  const address = pathOf(row)
  if (address === null) return
  expect((await api.delete(address)).status).toBe(204)
  expectProblem(await api.get(address), 404)
}

/** The order of numbers as numbers, of texts by their letters. */
function compare(a: unknown, b: unknown): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b
  return String(a) < String(b) ? -1 : 1
}
