import { describe, expect, it } from 'vitest'
import { api, type Reply } from './api.js'

/** What every list refuses. */
export function describeRefusals(name: string, path: string): void {
  describe(`${name}: refusing`, () => {
    it.each([
      [{ surprise: '1' }, 'surprise'],
      [{ 'where[surprise]': '1' }, 'where.surprise'],
      [{ orderBy: 'surprise' }, 'orderBy'],
      [{ include: 'surprise' }, 'include'],
      [{ select: 'surprise' }, 'select'],
      [{ take: 'many' }, 'take'],
    ])('answers %j with 400', async (query, place) => {
      expectProblem(await api.list(path, query as Record<string, string>), 400, place)
    })
  })
}

/** Checks an answer that is an RFC 9457 problem, and what it names. */
export function expectProblem(reply: Reply<unknown>, status: number, ...paths: string[]): void {
  expect(reply.type).toMatch(/^application\/problem\+json/)
  expect(reply.body).toMatchObject({ status })
  for (const path of paths)
    expect(reply.body.errors.map((error) => error.path)).toContainEqual(
      expect.stringContaining(path),
    )
}
