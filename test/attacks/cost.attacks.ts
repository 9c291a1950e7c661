import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { RunningApp } from '../contract/harness.js'
import { TWO } from '../examples/combinations.js'
import type { Edit } from '../support/app-edits.js'
import { deep } from '../support/deep.js'
import { schemaOf } from '../support/schema-of.js'
import { Expensives, random, type Expensive } from './cost/expensive.js'
import { askPatiently } from './cost/health.js'
import { models, startWorld } from './cost/world.js'

const number = (name: string, otherwise: number): number => Number(process.env[name] ?? otherwise)
/** Many more for a long run; each is the same after the same seed. */
const requests = number('COST_REQUESTS', deep ? 400 : 0)
const seed = number('COST_SEED', 1)
const long = requests > 0

/** How long `/health` may take, whatever else is asked. */
const HEALTH_MS = 1000

const search = (where: object): Expensive => ({
  method: 'POST',
  path: '/api/projects/search',
  body: { where },
})
const siblings = (text: string): object => ({
  team: { projects: { some: { team: { name: { contains: text } } } } },
})
/** Refused: fourteen times each project's team's projects' teams. */
const FOURTEEN = search({ OR: Array.from({ length: 14 }, (_, i) => siblings(`none ${i}`)) })
/** Within the budget, and yet too much where teams are large. */
const ONE = search(siblings('none'))

let app: RunningApp

/** Starts one app for all tests of a block. */
function world(kind: (typeof TWO)[number], edits: readonly Edit[] = [], env = {}): void {
  beforeAll(async () => {
    app = await startWorld(kind, edits, env)
  })
  afterAll(() => app?.stop())
}

const [EXPRESS, FASTIFY] = TWO as [(typeof TWO)[number], (typeof TWO)[number]]

describe('what one request may ask', () => {
  world(EXPRESS)

  it('is refused by its cost, at the place where it costs too much', async () => {
    const { status, body, waited } = await askPatiently(app, FOURTEEN, HEALTH_MS)
    expect(status).toBe(400)
    expect(body).toMatchObject({
      code: 'validation_failed',
      errors: [
        {
          path: 'where.OR.1.team.projects.some.team',
          message: expect.stringMatching(
            /^Brings what is asked to a cost of \d+, of 200 at most\.$/,
          ),
        },
      ],
    })
    expect(waited).toBeLessThan(HEALTH_MS)
  })

  it('is ended where it takes too long, and keeps nobody waiting', async () => {
    const { status, body, waited } = await askPatiently(app, ONE, HEALTH_MS)
    expect({ status, code: body.code }).toEqual({ status: 503, code: 'query_timeout' })
    expect(waited).toBeLessThan(HEALTH_MS)
  }, 120_000)

  it('is no more rows than can be read at once, below the list of one row', async () => {
    const tag = (id: number, method: Expensive['method'] = 'GET', body?: object): Expensive => ({
      ...{ method, path: `/api/tags/${id}?include=projects.tasks` },
      ...(body ? { body } : {}),
    })
    expect((await askPatiently(app, tag(1), HEALTH_MS)).status).toBe(200)
    const path = '/api/tags?include=projects.tasks'
    for (const request of [
      tag(21),
      tag(21, 'PATCH', { name: 'Changed' }),
      { method: 'POST', path, body: { id: 22, name: 'New' } } as const,
    ]) {
      const { status, body } = await askPatiently(app, request, HEALTH_MS)
      expect({ status, path: body.errors?.[0]?.path }).toEqual({
        status: 400,
        path: 'include.projects.tasks',
      })
    }
    const kept = await fetch(`${app.url}/api/tags/21`)
    expect(await kept.json()).toMatchObject({ data: { name: 'Of every project' } })
  })

  it('is not refused where it is many plain conditions, or deep ones', async () => {
    const plain = Array.from({ length: 40 }, (_, i) => ({ id: { gt: -i } }))
    const deep = {
      team: { name: { startsWith: 'Team' } },
      tasks: { some: { effort: { gt: 1 } }, none: { title: { endsWith: 'x' } } },
      tags: { some: { name: 'Tag 1' } },
      lead: { team: { is: { name: { not: 'None' } } } },
      OR: [{ notes: { contains: 'a' } }, { done: true }, { name: { in: ['Project 1'] } }],
    }
    for (const where of [{ AND: plain }, deep])
      expect((await askPatiently(app, search(where), HEALTH_MS)).status).not.toBe(400)
  })

  it.each(made(long ? requests : 8))('%# %j', async (request) => {
    const { status, waited } = await askPatiently(app, request, HEALTH_MS)
    expect([200, 400, 503]).toContain(status)
    expect(waited).toBeLessThan(HEALTH_MS)
  })
})

/** Each defence taken out: then it is seen that there is something to defend. */
describe.runIf(long)('without the budget', () => {
  world(FASTIFY, [
    {
      file: 'src/http/cost.ts',
      find: 'if (budget.cost <= env.QUERY_BUDGET) return',
      replace: 'if (budget.cost <= env.QUERY_BUDGET || budget.cost > 0) return',
    },
  ])

  it('the fourteen are asked for, and ended', async () => {
    expect((await askPatiently(app, FOURTEEN, HEALTH_MS)).status).toBe(503)
  })
})

describe.runIf(long)('without a process beside', () => {
  world(FASTIFY, [
    {
      file: 'src/db/driver.ts',
      find: 'withLongReadsAside(adapter, readAside(config), timeoutMs)',
      replace: 'adapter',
    },
  ])

  it('everybody waits', async () => {
    expect((await askPatiently(app, ONE, HEALTH_MS)).waited).toBeGreaterThan(HEALTH_MS)
  })
})

function made(count: number): readonly Expensive[] {
  const expensives = new Expensives(SCHEMA, random(seed))
  return Array.from({ length: count }, () => expensives.one())
}
const SCHEMA = await schemaOf(await models())
