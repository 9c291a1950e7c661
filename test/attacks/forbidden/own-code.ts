import { expect } from 'vitest'
import type { Caller, Request } from './world.js'

/** Something that own code does only where it sees columns that its caller may not read. */
type Case = { readonly what: string; readonly holds: (caller: Caller) => Promise<void> }

const UNREAD = /locked|weight|"code"/

/** A write of a safe that is locked, and of one that is not; its hooks refuse what is locked. */
const hooks = (what: string, of: (id: number) => Request): Case => ({
  what: `hooks of ${what}`,
  async holds(caller) {
    const before = await caller.dump()
    expect((await caller.send(of(1))).status).toBe(409)
    expect(await caller.dump()).toBe(before)
    const { status, text } = await caller.send(of(2))
    expect([200, 204]).toContain(status)
    expect(text).not.toMatch(UNREAD)
    expect(await caller.dump()).not.toBe(before)
  },
})

/** A new row that its maker may not read. */
const letter = (what: string, done: number, of: (text: string) => Request): Case => ({
  what: `hooks of ${what}`,
  async holds(caller) {
    expect((await caller.send(of('refuse'))).text).toMatch(/^409 .*refused/)
    expect((await caller.send(of('fine'))).status).toBe(done)
  },
})

const computed = (what: string, request: Request, text = '7 sesame'): Case => ({
  what: `computed fields of ${what}`,
  async holds(caller) {
    const answer = await caller.send(request)
    expect(answer.text).toMatch(/^20[01] /)
    expect(answer.text).toContain(`"heavy":"${text}"`)
    expect(answer.text).not.toMatch(UNREAD)
  },
})

export const OWN_CODE: readonly Case[] = [
  hooks('PATCH', (id) => ['PATCH', `/api/saves/${id}`, { label: 'new' }]),
  hooks('PUT', (id) => ['PUT', `/api/saves/${id}`, { label: 'new' }]),
  hooks('DELETE', (id) => ['DELETE', `/api/saves/${id}`]),
  hooks('a bulk PATCH', (id) => [
    'PATCH',
    '/api/saves/bulk',
    { where: { id }, data: { label: 'new' } },
  ]),
  hooks('a bulk DELETE', (id) => ['DELETE', '/api/saves/bulk', { where: { id } }]),
  letter('a POST of what may not be read', 204, (text) => ['POST', '/api/letters', { text }]),
  letter('a bulk POST of what may not be read', 201, (text) => [
    'POST',
    '/api/letters/bulk',
    { data: [{ text }] },
  ]),
  computed('a row', ['GET', '/api/saves/2']),
  computed('a list', ['GET', '/api/saves']),
  computed('a selection', ['GET', '/api/saves?select=heavy']),
  computed('a related row', ['GET', '/api/notes/1']),
  computed('a related row that is selected', ['GET', '/api/notes?select=safe.heavy']),
  computed('a new row', ['POST', '/api/saves', { label: 'new' }], '7 none'),
]
