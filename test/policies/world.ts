import type { Person } from './oracle.js'
import type { Row, World } from './scene.js'

const user = (id: number, more: object): Row => ({
  id,
  ...{ name: `user ${id}`, email: `u${id}@example.org`, salary: null, orgId: null, bossId: null },
  ...more,
})
const project = (id: number, more: object): Row => ({
  id,
  ...{ title: `project ${id}`, public: false, locked: false, budget: null, reviewerId: null },
  ...{ orgId: 1, tags: [], ...more },
})
const task = (id: number, more: object): Row => ({
  id,
  ...{ title: `task ${id}`, done: false, hours: null, limit: null, state: 'open' },
  ...{ assigneeId: null, parentId: null, ...more },
})
const note = (id: number, more: object): Row => ({
  id,
  ...{
    text: `note ${id}`,
    level: 1,
    ceiling: null,
    authorId: null,
    memberOrg: null,
    memberId: null,
  },
  ...more,
})

/** Rows in which each rule holds for some and not for others, with nulls wherever there may be any. */
export const WORLD: World = {
  Country: [{ id: 1, name: 'Peru' }],
  Log: [{ id: 1, text: 'begun' }],
  Frozen: [{ id: 1, text: 'as it is' }],
  Org: [
    { id: 1, name: 'one', plan: 'pro' },
    { id: 2, name: 'two', plan: null },
    { id: 3, name: 'empty', plan: null },
  ],
  User: [
    user(1, { orgId: 1, salary: 100 }),
    user(2, { orgId: 1, bossId: 1, salary: 50 }),
    user(3, { orgId: 2, bossId: 1 }),
    user(4, { bossId: 3, salary: 7 }),
    user(5, { orgId: 2, name: 'nobody' }),
  ],
  Member: [
    { orgId: 1, userId: 1, role: 'owner' },
    { orgId: 1, userId: 2, role: 'member' },
    { orgId: 2, userId: 1, role: 'member' },
    { orgId: 2, userId: 3, role: 'owner' },
  ],
  Project: [
    project(1, { ownerId: 1, public: true, tags: [1, 2] }),
    project(2, { ownerId: 1, locked: true, reviewerId: 4, tags: [2, 4] }),
    project(3, { ownerId: 2, reviewerId: 1, budget: '12.5' }),
    project(4, { ownerId: 3, orgId: 2, tags: [1, 3] }),
    project(5, { ownerId: 4, orgId: 3, public: true }),
    project(6, { ownerId: 3, orgId: 2, reviewerId: 5 }),
  ],
  Task: [
    task(1, { projectId: 1, hours: 3, limit: 5 }),
    task(2, { projectId: 1, state: 'secret', parentId: 1, done: true }),
    task(3, { projectId: 1, assigneeId: 2, hours: 1, parentId: 1 }),
    task(4, { projectId: 3, assigneeId: 4, state: 'secret' }),
    task(5, { projectId: 4, hours: 2, assigneeId: 1, parentId: 3 }),
    task(6, { projectId: 4, state: 'secret', done: true, parentId: 5 }),
    task(7, { projectId: 5, assigneeId: 3, hours: 8 }),
    task(8, { projectId: 2, done: true }),
  ],
  Tag: [
    { id: 1, name: 'red', level: null, floor: null },
    { id: 2, name: 'blue', level: 1, floor: 1 },
    { id: 3, name: 'green', level: 3, floor: null },
    { id: 4, name: 'black', level: 9, floor: 2 },
  ],
  Note: [
    note(1, { authorId: 1, ceiling: 1 }),
    note(2, { authorId: 5, ceiling: 4 }),
    note(3, { memberOrg: 1, memberId: 2 }),
    note(4, { level: 3, ceiling: 2, memberOrg: 2, memberId: 1, authorId: 2 }),
    note(5, { ceiling: 2 }),
    note(6, { authorId: 3 }),
  ],
  Profile: [
    { id: 1, bio: 'first', userId: 1 },
    { id: 2, bio: 'third', userId: 3 },
  ],
}

const person = (name: string, id: number, claims: Row, via: Person['via'] = 'JWT'): Person => ({
  name,
  id: String(id),
  via,
  claims,
})

/** Who asks; null is nobody. */
export const PEOPLE: readonly (Person | null)[] = [
  null,
  person('an owner with levels', 1, { orgId: 1, level: 3, tags: ['black'], banned: false }),
  person('a member', 2, { orgId: 1, level: '1', tags: [] }),
  person('an owner of two', 3, { orgId: 2, role: 'manager', banned: false }),
  person('one without an organisation', 4, { orgId: null, tags: ['red', 3, null] }),
  person('a banned one', 5, { orgId: 2, level: 9, banned: true, roles: ['guest'] }),
  person('an admin', 1, { role: 'admin', orgId: undefined }),
  person('one of two roles', 2, { roles: ['admin', 'manager'], orgId: 2, level: 2 }),
  person('a key', 2, { orgId: 1 }, 'ApiKey'),
  person('one with claims of other types', 3, {
    orgId: [1],
    level: 'high',
    role: ['admin'],
    tags: 'red',
  }),
  person('one with odd claims', 4, {
    orgId: { not: 0 },
    level: null,
    banned: 'no',
    roles: 'admin',
  }),
  person('one who is not in the database', 99, { orgId: 3, tags: ['green'], banned: false }),
]
