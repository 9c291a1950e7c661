import { expect } from 'vitest'
import type { Client, Reply } from '../client.js'

/** A filter that every row of a resource meets, children before parents. */
const EVERY_ROW: readonly (readonly [path: string, where: object])[] = [
  ['comments', { id: { gte: 0 } }],
  ['post-labels', { position: { gte: -1000 } }],
  ['posts', { title: { not: ' ' } }],
  ['tags', { id: { gte: 0 } }],
  ['labels', { id: { gte: 0 } }],
  ['bios', { id: { gte: 0 } }],
  ['authors', { id: { gte: 0 } }],
  ['cities', { name: { not: ' ' } }],
  ['countries', { name: { not: ' ' } }],
  ['slots', { level: { in: ['LOW', 'MEDIUM', 'HIGH'] } }],
  ['chunks', { note: { not: ' ' } }],
  ['counters', { note: { not: ' ' } }],
  ['amounts', { note: { not: ' ' } }],
  ['switches', { note: { not: ' ' } }],
  ['settings', { note: { not: ' ' } }],
  ['pages', { note: { not: ' ' } }],
  ['order-lines', { line: { gte: 0 } }],
  ['orders', { id: { gte: 0 } }],
  ['classes', { id: { gte: 0 } }],
  ['everythings', { text: { not: ' ' } }],
  ['badges', { id: { gte: 0 } }],
  ['members', { id: { gte: 0 } }],
  ['teams', { id: { gte: 0 } }],
  ['traces', { id: { gte: 0 } }],
]

/** Deletes every row. Comments go first as one: a thread is deleted with its first comment. */
export async function clear(api: Client): Promise<void> {
  for (const [path, where] of EVERY_ROW) {
    const reply = await api.delete(`/api/${path}/bulk`, { where })
    if (reply.status !== 200)
      throw new Error(`${path}: ${reply.status} ${JSON.stringify(reply.body)}`)
  }
}

type Row = Readonly<Record<string, unknown>>

let serial = 0

/** A new author; what is left out is made up, different every time. */
export const newAuthor = (api: Client, values: Row = {}) => {
  serial += 1
  return api.make('/api/authors', {
    email: `author${serial}@example.com`,
    name: `Author ${serial}`,
    ...values,
  })
}

/** A new post of an author. */
export const newPost = (api: Client, authorId: number, values: Row = {}) => {
  serial += 1
  return api.make('/api/posts', {
    title: `Post ${serial}`,
    slug: `post-${serial}`,
    authorId,
    ...values,
  })
}

/** The names in `errors[].path` of a problem, sorted. */
const pathsOf = (reply: Reply): string[] =>
  (reply.body?.errors ?? []).map((error: { path: string }) => error.path).sort()

/**
 * Expects an error in the form of RFC 9457, whole.
 * @param paths what `errors` must name, exactly; left out: anything
 */
export function expectProblem(reply: Reply, status: number, paths?: readonly string[]): void {
  expect({ status: reply.status, type: reply.type, body: reply.body }).toMatchObject({ status })
  expect(reply.type).toMatch(/^application\/problem\+json/)
  expect(reply.body).toMatchObject({
    type: expect.stringMatching(/^urn:problem-type:|^about:blank$|^https?:/),
    title: expect.stringMatching(/./),
    status,
  })
  const known = new Set(['code', 'detail', 'errors', 'instance', 'status', 'title', 'type'])
  expect(Object.keys(reply.body).filter((key) => !known.has(key))).toEqual([])
  for (const error of reply.body.errors ?? [])
    expect(error).toEqual({ path: expect.any(String), message: expect.stringMatching(/./) })
  if (paths !== undefined) expect(pathsOf(reply)).toEqual([...paths].sort())
}

/** The query string of these parameters. */
export const query = (parameters: Readonly<Record<string, string>>): string =>
  `?${new URLSearchParams(parameters)}`

export const EMPTY_META = { total: 0, skip: 0, take: 20, hasMore: false, nextCursor: null }
