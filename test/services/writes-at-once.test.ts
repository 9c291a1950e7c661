import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTarget, type RunningApp, type Target } from '../contract/harness.js'
import { applyEdits, type Edit, SIGN_IN } from '../support/app-edits.js'
import { servers, type TestDatabase } from './servers.js'

const SCHEMA = `generator client {
  provider            = "prisma-client"
  output              = "../src/generated/prisma"
  moduleFormat        = "esm"
  importFileExtension = "js"
  runtime             = "nodejs"
}

datasource db {
  provider = "postgresql"
}

/// @@policy(read, create, update, rule: "isAuthenticated")
/// @@policy(update, rule: "usedById == null", fields: [usedById])
model Coupon {
  id       Int     @id
  usedById String?
}

/// @@policy(read, create, rule: "isAuthenticated")
/// @@policy(update, rule: "usedById == null || usedById == user.id")
model Ticket {
  id       Int     @id
  usedById String?
}

/// @@policy(read, create, update, rule: "isAuthenticated")
/// @@policy(delete, rule: "status == DRAFT")
model Invoice {
  id     Int    @id
  status Status @default(DRAFT)
}

enum Status {
  DRAFT
  SENT
}

/// @@policy(read, create, rule: "isAuthenticated")
model Poll {
  id    Int    @id
  votes Vote[]
}

/// @@policy(read, rule: "isAuthenticated")
/// @@policy(create, rule: "voterId == user.id && none(poll.votes, voterId == user.id)")
model Vote {
  id      Int    @id @default(autoincrement())
  voterId String
  pollId  Int
  poll    Poll   @relation(fields: [pollId], references: [id])
}

/// @@policy(read, create, rule: "isAuthenticated")
model Team {
  id    Int    @id
  seats Seat[]
}

/// @@policy(read, create, rule: "isAuthenticated")
/// @@policy(delete, rule: "!spare && some(team.seats, spare) || spare && some(team.seats, !spare)")
model Seat {
  id     Int     @id
  spare  Boolean
  teamId Int
  team   Team    @relation(fields: [teamId], references: [id])
}
`

type Kind = Pick<Target, 'framework' | 'mode'> & {
  readonly provider: 'postgresql' | 'mysql'
  readonly plugins?: readonly string[]
}

const databases: TestDatabase[] = []
afterAll(() => Promise.all(databases.map((database) => database.remove())))

async function start(kind: Kind, edits: readonly Edit[] = []): Promise<RunningApp> {
  const database = await servers[kind.provider].makeDatabase()
  databases.push(database)
  return startTarget({
    ...kind,
    databaseUrl: database.url,
    schema: SCHEMA.replace('"postgresql"', `"${kind.provider}"`),
    edit: (app) => applyEdits(app, [SIGN_IN, ...edits]),
  })
}

type Ask = (who: string, method: string, path: string, body?: unknown) => Promise<number>

const askOf =
  ({ url }: RunningApp): Ask =>
  async (who, method, path, body) => {
    const user = JSON.stringify({ id: who, via: 'JWT', claims: {} })
    const headers = { 'content-type': 'application/json', 'x-test-user': user }
    const content = body === undefined ? {} : { body: JSON.stringify(body) }
    const response = await fetch(`${url}/api${path}`, { method, headers, ...content })
    const text = await response.text()
    const type = response.headers.get('content-type') ?? ''
    if (response.status >= 400 && !type.startsWith('application/problem+json'))
      throw new Error(`${response.status} ${text}`)
    return response.status
  }

let lastId = 0

/** Makes a row and returns its id. */
async function make(ask: Ask, path: string, row: object = {}): Promise<number> {
  lastId += 1
  const status = await ask('maker', 'POST', path, { id: lastId, ...row })
  if (status !== 201) throw new Error(`${path}: ${status}`)
  return lastId
}

const many = (count: number, ask: (n: number) => Promise<number>): Promise<number[]> =>
  Promise.all(Array.from({ length: count }, (_, n) => ask(n)))

const succeeded = (statuses: readonly number[]): number =>
  statuses.filter((status) => status < 300).length

/** What may be of some that come at once, and each loser is told by these. */
const REFUSED = new Set([403, 404, 409, 503])

const KINDS: readonly Kind[] = [
  { provider: 'postgresql', framework: 'express', mode: 'registry' },
  { provider: 'postgresql', framework: 'fastify', mode: 'layered', plugins: ['rls'] },
  { provider: 'mysql', framework: 'fastify', mode: 'layered' },
]

describe.each(KINDS)('writes at once on $provider, $plugins', (kind) => {
  let app: RunningApp
  let ask: Ask
  beforeAll(async () => {
    app = await start(kind)
    ask = askOf(app)
  })
  afterAll(() => app?.stop())

  const refusedAll = (statuses: readonly number[]): void => {
    const others = statuses.filter((status) => status >= 300 && !REFUSED.has(status))
    expect(others).toEqual([])
  }

  it.each(['coupons', 'tickets'])('one of many takes one of %s', async (path) => {
    for (let round = 0; round < 3; round++) {
      const id = await make(ask, `/${path}`)
      const statuses = await many(18, (n) =>
        ask(`user${n}`, 'PATCH', `/${path}/${id}`, { usedById: `user${n}` }),
      )
      refusedAll(statuses)
      expect(succeeded(statuses)).toBe(1)
    }
  })

  it('a draft is either sent or deleted', async () => {
    for (let round = 0; round < 12; round++) {
      const id = await make(ask, '/invoices')
      const statuses = await Promise.all([
        ask('a', 'DELETE', `/invoices/${id}`),
        ask('b', 'PATCH', `/invoices/${id}`, { status: 'SENT' }),
      ])
      refusedAll(statuses)
      expect(succeeded(statuses)).toBe(1)
    }
  })

  it('one vote counts of many, alone and in bulk', async () => {
    const id = await make(ask, '/polls')
    const vote = { voterId: 'a', pollId: id }
    const statuses = await many(20, (n) =>
      n % 5 === 0
        ? ask('a', 'POST', '/votes/bulk', { data: [vote] })
        : ask('a', 'POST', '/votes', vote),
    )
    refusedAll(statuses)
    expect(succeeded(statuses)).toBe(1)
  })

  it('one of the last two goes', async () => {
    for (let round = 0; round < 6; round++) {
      const teamId = await make(ask, '/teams')
      const seats = [
        await make(ask, '/seats', { teamId, spare: false }),
        await make(ask, '/seats', { teamId, spare: true }),
      ]
      const statuses = await Promise.all(seats.map((id) => ask('a', 'DELETE', `/seats/${id}`)))
      refusedAll(statuses)
      expect(succeeded(statuses)).toBe(1)
    }
  })

  it('those that have nothing to do with each other all succeed', async () => {
    const ids: number[] = []
    for (let n = 0; n < 10; n++) ids.push(await make(ask, '/polls'))
    const statuses = await many(10, (n) =>
      ask(`user${n}`, 'POST', '/votes', { voterId: `user${n}`, pollId: ids[n] }),
    )
    expect(succeeded(statuses)).toBe(10)
  })
})

describe('writes at once, undefended', () => {
  it('many votes count where a transaction is not isolated', async () => {
    const edit: Edit = {
      file: 'src/policies/table.ts',
      find: 'const options = { maxWait: limit, timeout: limit, isolationLevel }',
      replace: 'const options = { maxWait: limit, timeout: limit }; void isolationLevel',
    }
    const app = await start(KINDS[0]!, [edit])
    try {
      const ask = askOf(app)
      let most = 0
      for (let round = 0; round < 10 && most < 2; round++) {
        const pollId = await make(ask, '/polls')
        const statuses = await many(20, () => ask('a', 'POST', '/votes', { voterId: 'a', pollId }))
        most = Math.max(most, succeeded(statuses))
      }
      expect(most).toBeGreaterThan(1)
    } finally {
      await app.stop()
    }
  })
})
