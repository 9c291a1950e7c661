import { deepStrictEqual } from 'node:assert/strict'
import type { Edit } from '../../support/app-edits.js'

export type Ask = (
  who: string | null,
  method: string,
  path: string,
  body?: unknown,
  // oxlint-disable-next-line typescript/no-explicit-any
) => Promise<{ readonly status: number; readonly body: any }>

type Attack = {
  readonly name: string
  /** What is there, made by whom it takes. */
  readonly given: (ask: Ask) => Promise<unknown>
  /** The one request. */
  readonly tried: readonly [who: string, method: string, path: string, body: unknown]
  readonly refused: number
}

const edit = (file: string, find: string, replace = ''): Edit => ({
  ...{ file: `src/policies/${file}.ts`, find, replace },
})

/** Asks neither for rows as they were, nor for each change alone, nor when all is done. */
export const UNDEFENDED: readonly Edit[] = [
  edit('plan', 'if (!(await isAllowed(access, meta, row, asked))) {', 'if (false) {'),
  edit('steps', '  await askAlone(access, steps)\n'),
  edit('steps', '  await askAll(access, done)\n'),
  edit('bulk', '    await askAlone(inside, steps)\n'),
  edit('bulk', 'await askAll(inside, new Map(', 'void (new Map('),
  edit('bulk', 'if (await isAllowed(inside, meta, row, asked)) continue', 'continue'),
]

const users = async (ask: Ask, ...ids: string[]): Promise<void> => {
  for (const id of ids) await made(ask(id, 'POST', '/users', { id }))
}

/** @throws Error when what an attack needs can't be made */
export async function made(answer: ReturnType<Ask>): Promise<void> {
  const { status, body } = await answer
  if (status >= 300) throw new Error(`${status} ${JSON.stringify(body)}`)
}

const project =
  (id: number) =>
  async (ask: Ask): Promise<void> => {
    await users(ask, `eve${id}`, `owner${id}`)
    await made(ask(`owner${id}`, 'POST', '/projects', { id, ownerId: `owner${id}` }))
  }

const poll =
  (id: number) =>
  (ask: Ask): Promise<void> =>
    made(ask('eve', 'POST', '/polls', { id }))

const vote = { voterId: 'eve' }

/** Eve is the chief of one guild, somebody else of the other. */
async function guilds(ask: Ask, own: number, other: number): Promise<void> {
  for (const [id, holder] of [
    [own, 'eve'],
    [other, 'else'],
  ] as const) {
    await made(ask(holder, 'POST', '/guilds', { id }))
    await made(ask(holder, 'POST', '/seats', { id, holder, guildId: id }))
  }
}

/** One request each, of parts that are refused one by one. */
export const attacks: readonly Attack[] = [
  {
    name: 'takes over a project as a member that he makes himself on the way',
    given: project(1),
    tried: [
      'eve1',
      'PATCH',
      '/users/eve1',
      {
        memberships: { create: [{ projectId: 1, admin: true }] },
        projects: { connect: [{ id: 1 }] },
      },
    ],
    refused: 403,
  },
  {
    name: 'does so along with a new project of his own',
    given: project(2),
    tried: [
      'eve2',
      'PATCH',
      '/users/eve2',
      {
        projects: {
          create: [{ id: 20, members: { create: [{ userId: 'eve2', admin: true }] } }],
          connect: [{ id: 2 }],
        },
        memberships: { create: [{ projectId: 2, admin: true }] },
      },
    ],
    refused: 403,
  },
  {
    name: 'votes twice in bulk',
    given: poll(1),
    tried: [
      'eve',
      'POST',
      '/votes/bulk',
      {
        data: [
          { ...vote, pollId: 1 },
          { ...vote, pollId: 1 },
        ],
      },
    ],
    refused: 403,
  },
  {
    name: 'votes twice along with a poll',
    given: () => Promise.resolve(),
    tried: ['eve', 'POST', '/polls', { id: 2, votes: { create: [vote, vote] } }],
    refused: 403,
  },
  {
    name: 'votes twice in a poll that is there',
    given: poll(3),
    tried: ['eve', 'PATCH', '/polls/3', { votes: { create: [vote, vote] } }],
    refused: 403,
  },
  {
    name: 'switches all slots on, where one may not be alone',
    given: (ask) =>
      made(ask('eve', 'POST', '/boards', { id: 1, slots: { create: [{ id: 1 }, { id: 2 }] } })),
    tried: ['eve', 'PATCH', '/slots/bulk', { where: { boardId: 1 }, data: { on: true } }],
    refused: 403,
  },
  {
    name: 'deletes the last two, each of which may go while the other one stays',
    given: (ask) => {
      const slots = { create: [{ id: 3 }, { id: 4, spare: true }] }
      return made(ask('eve', 'POST', '/boards', { id: 2, slots }))
    },
    tried: ['eve', 'DELETE', '/slots/bulk', { where: { boardId: 2 } }],
    refused: 403,
  },
  {
    name: 'moves the seat by which he is a chief to the guild of others',
    given: (ask) => guilds(ask, 1, 2),
    tried: ['eve', 'PATCH', '/seats/1', { guildId: 2 }],
    refused: 403,
  },
  {
    name: 'does so in bulk',
    given: (ask) => guilds(ask, 3, 4),
    tried: ['eve', 'PATCH', '/seats/bulk', { where: { id: 3 }, data: { guildId: 4 } }],
    refused: 403,
  },
  {
    name: 'does so from the other end',
    given: (ask) => guilds(ask, 5, 6),
    tried: ['eve', 'POST', '/guilds', { id: 7, seats: { connect: [{ id: 5 }] } }],
    refused: 403,
  },
  {
    name: 'reaches a hidden row by a key that the database completes',
    given: (ask) => made(ask('eve', 'POST', '/spaces', { tenant: 1, code: 5, hidden: true })),
    tried: ['eve', 'POST', '/papers', { id: 1, spaceCode: 5 }],
    refused: 409,
  },
  {
    name: 'reaches a hidden row by a column that another relation writes',
    given: async (ask) => {
      await made(ask('eve', 'POST', '/spaces', { tenant: 1, code: 6 }))
      await made(ask('eve', 'POST', '/spaces', { tenant: 2, code: 6, hidden: true }))
      await made(ask('eve', 'POST', '/shelves', { tenant: 2, number: 9 }))
      await made(ask('eve', 'POST', '/papers', { id: 2, tenant: 1, spaceCode: 6 }))
    },
    tried: ['eve', 'PATCH', '/shelves/2/9', { papers: { connect: [{ id: 2 }] } }],
    refused: 409,
  },
]

/** What is allowed still is: rows that hang on new ones, each part by itself. */
export async function allowed(ask: Ask): Promise<void> {
  await users(ask, 'ada')
  const nested = { create: [{ text: 'a' }, { text: 'b' }] }
  await made(ask('ada', 'POST', '/projects', { id: 90, ownerId: 'ada', tasks: nested }))
  const along = { create: [{ id: 91, tasks: nested }] }
  await made(ask('ada', 'PATCH', '/users/ada', { projects: along }))
  await made(ask('ada', 'POST', '/polls', { id: 90, votes: { create: [{ voterId: 'ada' }] } }))
  const slots = { create: [{ id: 90 }, { id: 91 }, { id: 92, spare: true }] }
  await made(ask('ada', 'POST', '/boards', { id: 90, slots }))
  const where = { boardId: 90, spare: false }
  const deleted = await ask('ada', 'DELETE', '/slots/bulk', { where: { ...where, id: 90 } })
  deepStrictEqual(deleted.body.data, { count: 1 })
  for (const id of [90, 91]) {
    await made(ask('ada', 'POST', '/guilds', { id }))
    await made(ask('ada', 'POST', '/seats', { id, holder: 'ada', guildId: id }))
  }
  await made(ask('ada', 'POST', '/seats', { id: 92, holder: 'bob', guildId: 90 }))
  await made(ask('ada', 'PATCH', '/seats/90', { label: 'the first', guildId: 90 }))
  await made(ask('ada', 'PATCH', '/seats/92', { guildId: 91 }))
  await made(ask('ada', 'POST', '/spaces', { tenant: 1, code: 9 }))
  await made(ask('ada', 'POST', '/papers', { id: 9, spaceCode: 9 }))
}
