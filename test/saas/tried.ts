import type { Row, Scene } from '../policies/scene.js'
import { nested } from './nested.js'

const UPDATES: Readonly<Record<string, readonly Row[]>> = {
  User: [{ name: 'x' }, { role: 'admin' }, { suspended: true }],
  Organization: [{ name: 'x' }, { billingEmail: 'x' }, { plan: 'TEAM' }, { ownerId: 'admin' }],
  Membership: [{ role: 'ADMIN' }, { active: true }, { role: 'GUEST', active: false }],
  Project: [
    { name: 'x' },
    { visibility: 'PUBLIC' },
    { budget: 1 },
    { organizationId: 'o2' },
    { leadId: 'both' },
    { leadId: 'suspended' },
    { leadId: null, archived: true },
  ],
  Invoice: [
    { customer: 'x' },
    { status: 'SENT' },
    { status: 'DRAFT' },
    { status: 'PAID' },
    { organizationId: 'o2' },
    { projectId: 'p4' },
  ],
  InvoiceLine: [{ text: 'x' }, { cost: '1' }, { invoiceId: 'i2' }, { invoiceId: 'i4' }],
}

const ORGANIZATIONS = ['o1', 'o2', 'o3']

/** New rows, as they will be. */
const CREATES: Readonly<Record<string, readonly Row[]>> = {
  User: [
    {
      ...{ id: 'new', email: 'new@example.org', name: 'new', role: 'user', suspended: false },
      createdAt: 'now',
    },
  ],
  Organization: ['owner', 'stranger', 'both'].map((ownerId) => ({
    ...{ id: 'new', name: 'new', slug: `new-${ownerId}`, plan: 'FREE', billingEmail: null },
    ...{ paymentId: null, ownerId },
  })),
  Membership: ORGANIZATIONS.flatMap((organizationId) =>
    ['stranger', 'billing', 'former', 'site'].map((userId) => ({
      ...{ organizationId, userId, role: 'ADMIN', active: true },
    })),
  ),
  Project: ORGANIZATIONS.flatMap((organizationId) =>
    [null, 5].map((budget) => ({
      ...{ id: 'new', name: 'new', visibility: 'INTERNAL', archived: false, budget },
      ...{ organizationId, leadId: null },
    })),
  ),
  Invoice: ORGANIZATIONS.flatMap((organizationId) =>
    ['DRAFT', 'SENT'].map((status) => ({
      ...{ id: 'new', number: `new-${status}`, status, customer: 'new', dueOn: null },
      ...{ createdAt: 'now', organizationId, projectId: null },
    })),
  ),
  InvoiceLine: ['i1', 'i2', 'i4'].flatMap((invoiceId) =>
    [null, '2'].map((cost) => ({
      ...{ id: 'new', text: 'new', quantity: 2, price: '3.5', cost, invoiceId },
    })),
  ),
}

/** Only the admin of the site says which plan it is. */
const UNSAID: Readonly<Record<string, readonly string[]>> = { Organization: ['plan'] }

/** What is written of each model of the example. */
export const tried: Scene['tried'] = (oracle, model) => ({
  updates: UPDATES[model]!,
  creates: CREATES[model]!,
  unsaid: UNSAID[model] ?? [],
  nested: nested(oracle, model, CREATES, UNSAID),
})
