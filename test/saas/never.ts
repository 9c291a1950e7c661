import { expect, it } from 'vitest'
import type { Caller } from '../policies/app.js'
import { PEOPLE } from './world.js'

type Attempt = readonly [who: string, what: string, method: string, path: string, body: unknown]

const self = (userId: string) => ({ organizationId: 'o1', userId, role: 'ADMIN' })

/** What no rule may ever let through, said by hand: a wrong rule would be wrong for the oracle, too. */
const NEVER: readonly Attempt[] = [
  ['a stranger', 'lets himself in', 'POST', '/memberships', self('stranger')],
  ['a former admin', 'lets himself in again', 'PATCH', '/memberships/o1/former', { active: true }],
  ['a member', 'promotes himself', 'PATCH', '/memberships/o1/member', { role: 'ADMIN' }],
  ['a member', 'makes himself admin of the site', 'PATCH', '/users/member', { role: 'admin' }],
  ['the key of an admin', 'lets a stranger in', 'POST', '/memberships', self('stranger')],
  ['an admin', 'takes the organisation', 'PATCH', '/organizations/o1', { ownerId: 'admin' }],
  ['one of the billing', 'sends an invoice', 'PATCH', '/invoices/i1', { status: 'SENT' }],
  ['one of the billing', 'changes what is sent', 'PATCH', '/invoices/i2', { customer: 'x' }],
  ['the owner', 'changes what is paid', 'PATCH', '/invoices/i3', { customer: 'x' }],
  ['an admin', 'drafts what is sent anew', 'PATCH', '/invoice-lines/l2', { text: 'x' }],
  ['a member', 'sees an invoice', 'GET', '/invoices/i1', undefined],
  ['a guest', 'sees what is internal', 'GET', '/projects/p2', undefined],
  ['a suspended admin', 'sees what is public', 'GET', '/projects/p3', undefined],
]

/** Tries what must never succeed. */
export function neverAllowed(caller: () => Caller): void {
  it.each(NEVER)('never: %s %s', async (name, _, method, path, body) => {
    const who = PEOPLE.find((person) => person?.name === name)!
    await caller().reset()
    const { status } = await caller().send(who, method, `/api${path}`, body)
    expect([401, 403, 404]).toContain(status)
  })
}
