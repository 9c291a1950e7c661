import type { Person } from '../policies/oracle.js'
import type { Row, World } from '../policies/scene.js'

const CREATED = '2026-01-01T00:00:00.000Z'

const user = (id: string, more: object = {}): Row => ({
  ...{ id, email: `${id}@example.org`, name: id, role: 'user', suspended: false },
  ...{ createdAt: CREATED, ...more },
})
const member = (organizationId: string, userId: string, role: string, active = true): Row => ({
  ...{ organizationId, userId, role, active },
})
const project = (
  id: string,
  organizationId: string,
  visibility: string,
  more: object = {},
): Row => ({
  ...{ id, name: id, visibility, archived: false, budget: null, organizationId, leadId: null },
  ...more,
})
const invoice = (id: string, organizationId: string, status: string, more: object = {}): Row => ({
  ...{ id, number: id, status, customer: 'someone', dueOn: null, createdAt: CREATED },
  ...{ organizationId, projectId: null, ...more },
})
const line = (id: string, invoiceId: string, cost: string | null = null): Row => ({
  ...{ id, text: id, quantity: 1, price: '10', cost, invoiceId },
})

const organization = (id: string, ownerId: string): Row => ({
  ...{ id, name: id, slug: id, plan: 'FREE', billingEmail: `bills@${id}.example.org` },
  ...{ paymentId: null, ownerId },
})

/** Two organisations with everything in them, one of which has nothing public, and one that has just begun. */
export const WORLD: World = {
  User: [
    ...['admin', 'billing', 'both', 'former', 'guest', 'key', 'member', 'other', 'owner'].map(
      (id) => user(id),
    ),
    user('site', { role: 'admin' }),
    user('stranger'),
    user('suspended', { suspended: true }),
  ],
  Organization: [
    organization('o1', 'owner'),
    organization('o2', 'other'),
    organization('o3', 'stranger'),
  ],
  Membership: [
    member('o1', 'admin', 'ADMIN'),
    member('o1', 'billing', 'BILLING'),
    member('o1', 'both', 'MEMBER'),
    member('o1', 'former', 'ADMIN', false),
    member('o1', 'guest', 'GUEST'),
    member('o1', 'key', 'ADMIN'),
    member('o1', 'member', 'MEMBER'),
    member('o1', 'suspended', 'ADMIN'),
    member('o2', 'both', 'ADMIN'),
  ],
  Project: [
    project('p1', 'o1', 'PRIVATE', { budget: 10 }),
    project('p2', 'o1', 'INTERNAL', { leadId: 'member', budget: 20 }),
    project('p3', 'o1', 'PUBLIC', { archived: true, leadId: 'guest' }),
    project('p4', 'o2', 'PRIVATE', { leadId: 'both' }),
    project('p5', 'o2', 'INTERNAL', { archived: true }),
    project('p6', 'o1', 'PRIVATE', { leadId: 'former' }),
  ],
  Invoice: [
    invoice('i1', 'o1', 'DRAFT', { projectId: 'p1' }),
    invoice('i2', 'o1', 'SENT', { projectId: 'p3', dueOn: CREATED }),
    invoice('i3', 'o1', 'PAID'),
    invoice('i4', 'o2', 'DRAFT', { projectId: 'p5' }),
  ],
  InvoiceLine: [line('l1', 'i1', '4.5'), line('l2', 'i2'), line('l3', 'i3', '1'), line('l4', 'i4')],
}

/** Who asks is who the row says: what the plugins know of him is his row. */
const person = (name: string, id: string, more: Partial<Person> = {}): Person => ({
  ...{ name, id, via: 'JWT' },
  claims: WORLD['User']!.find((row) => row['id'] === id)!,
  ...more,
})

export const PEOPLE: readonly (Person | null)[] = [
  null,
  person('a stranger', 'stranger'),
  person('the owner', 'owner'),
  person('an admin', 'admin'),
  person('one of the billing', 'billing'),
  person('a member', 'member'),
  person('a guest', 'guest'),
  person('one of two organisations', 'both'),
  person('a former admin', 'former'),
  person('a suspended admin', 'suspended', { suspended: true }),
  person('the key of an admin', 'key', { via: 'ApiKey' }),
  person('the admin of the site', 'site'),
]
