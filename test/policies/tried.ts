import { nested } from './changes-nested.js'
import type { Row, Scene } from './scene.js'

/** Changes of a row's own columns, foreign keys among them. */
const UPDATES: Readonly<Record<string, readonly Row[]>> = {
  Country: [{ name: 'Chile' }],
  Log: [{ text: 'x' }],
  Frozen: [{ text: 'x' }],
  Org: [{ plan: 'x' }],
  User: [
    { name: 'x' },
    { salary: 9 },
    { orgId: 1 },
    { bossId: 2 },
    { bossId: 77 },
    { bossId: null },
  ],
  Member: [{ role: 'owner' }, { role: 'member' }],
  Project: [
    { title: 'x' },
    { locked: true },
    { ownerId: 2 },
    { ownerId: 1 },
    { reviewerId: 4 },
    { reviewerId: null },
    { orgId: 2 },
    { orgId: 3 },
    { title: 'x', ownerId: 4, orgId: 3 },
  ],
  Task: [
    { title: 'x' },
    { hours: 6 },
    { hours: null },
    { projectId: 4 },
    { projectId: 1 },
    { parentId: 2 },
    { parentId: 4 },
    { assigneeId: 2 },
    { state: 'secret' },
  ],
  Tag: [{ level: 2 }, { name: 'red 2' }],
  Note: [
    { text: 'x' },
    { authorId: 2 },
    { memberOrg: 1, memberId: 1 },
    { memberOrg: null, memberId: null },
  ],
  Profile: [{ bio: 'x' }, { userId: 2 }],
}

const user = { name: 'new', email: 'new@example.org', salary: null, orgId: null, bossId: null }
const project = {
  title: 'new',
  public: false,
  locked: false,
  budget: null,
  reviewerId: null,
  tags: [],
}
const task = {
  title: 'new',
  done: false,
  limit: null,
  state: 'open',
  assigneeId: null,
  parentId: null,
}

/** New rows, as they will be. */
const CREATES: Readonly<Record<string, readonly Row[]>> = {
  Country: [{ id: 50, name: 'Chile' }],
  Log: [{ id: 50, text: 'x' }],
  Frozen: [{ id: 50, text: 'x' }],
  Org: [{ id: 50, name: 'x', plan: null }],
  User: [
    { ...user, id: 50 },
    { ...user, id: 51, orgId: 2, bossId: 3 },
  ],
  Member: [
    { orgId: 2, userId: 2, role: 'member' },
    { orgId: 3, userId: 4, role: 'owner' },
    { orgId: 1, userId: 3, role: 'owner' },
  ],
  Project: [1, 2, 3, 4].flatMap((ownerId) =>
    [1, 2, 3].map((orgId) => ({ ...project, id: 50, ownerId, orgId })),
  ),
  Task: [1, 3, 4, 5].flatMap((projectId) =>
    [null, 4].map((hours) => ({ ...task, id: 50, hours, projectId })),
  ),
  Tag: [{ id: 50, name: 'new', level: 1, floor: null }],
  Note: [1, 5].flatMap((authorId) =>
    [1, 2].map((memberId) => ({
      ...{ id: 50, text: 'new', level: 1, ceiling: null },
      ...{ authorId, memberOrg: 1, memberId },
    })),
  ),
  Profile: [2, 4].map((userId) => ({ id: 50, bio: 'new', userId })),
}

/** What is written of each model of the schema beside this file. */
export const tried: Scene['tried'] = (oracle, model) => ({
  updates: UPDATES[model]!,
  creates: CREATES[model]!,
  nested: nested(oracle, model),
})
