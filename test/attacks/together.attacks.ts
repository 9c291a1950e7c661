import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTarget, type RunningApp, type Target } from '../contract/harness.js'
import { applyEdits, type Edit, SIGN_IN } from '../support/app-edits.js'
import { allowed, attacks, made, UNDEFENDED, type Ask } from './together/attacks.js'

const schema = await readFile(new URL('together/schema.prisma', import.meta.url), 'utf8')

/** Nothing may depend on which relation comes first. */
const reversed = schema.replace(/( {2}memberships .*\n)( {2}projects .*\n)/, '$2$1')

type Kind = Pick<Target, 'framework' | 'mode' | 'provider'> & { readonly schema: string }

const start = (kind: Kind, edits: readonly Edit[] = []): Promise<RunningApp> =>
  startTarget({
    ...kind,
    schema: kind.schema.replace('provider = "sqlite"', `provider = "${kind.provider}"`),
    edit: (app) => applyEdits(app, [SIGN_IN, ...edits]),
  })

const askOf =
  (app: RunningApp): Ask =>
  async (who, method, path, body) => {
    const id = JSON.stringify(who === null ? null : { id: who, via: 'JWT', claims: {} })
    const headers = { 'content-type': 'application/json', 'x-test-user': id }
    const content = body === undefined ? {} : { body: JSON.stringify(body) }
    const response = await fetch(`${app.url}/api${path}`, { method, headers, ...content })
    const text = await response.text()
    return { status: response.status, body: text === '' ? undefined : JSON.parse(text) }
  }

const KINDS: readonly Kind[] = [
  { framework: 'express', mode: 'registry', provider: 'sqlite', schema },
  { framework: 'fastify', mode: 'layered', provider: 'postgresql', schema: reversed },
]

describe.each(KINDS)('together: $provider, $framework, $mode', (kind) => {
  let app: RunningApp
  let ask: Ask
  beforeAll(async () => {
    app = await start(kind)
    ask = askOf(app)
  })
  afterAll(() => app?.stop())

  it.each(attacks)('nobody $name', async ({ given, tried, refused }) => {
    await given(ask)
    expect((await ask(...tried)).status).toBe(refused)
  })

  it('allows what may be done one by one', async () => {
    await expect(allowed(ask)).resolves.toBeUndefined()
  })

  it('answers alike for a hidden row and one that is not there', async () => {
    await made(ask('eve', 'POST', '/spaces', { tenant: 1, code: 7, hidden: true }))
    const [hidden, missing] = await Promise.all(
      [7, 77].map(async (spaceCode) => {
        const { status, body } = await ask('eve', 'POST', '/papers', { id: spaceCode, spaceCode })
        return { status, ...body, instance: '' }
      }),
    )
    expect(hidden).toEqual(missing)
  })

  it('lets one of many that come at once have what one may have', async () => {
    await made(ask('eve', 'POST', '/polls', { id: 50 }))
    const votes = Array.from({ length: 12 }, () =>
      ask('eve', 'POST', '/votes', { voterId: 'eve', pollId: 50 }),
    )
    const statuses = (await Promise.all(votes)).map(({ status }) => status)
    expect(statuses.sort()).toEqual([201, ...Array.from({ length: 11 }, () => 403)])
  })
})

describe('together, undefended', () => {
  let app: RunningApp
  beforeAll(async () => {
    app = await start(KINDS[0]!, UNDEFENDED)
  })
  afterAll(() => app?.stop())

  it.each(attacks)('somebody $name', async ({ given, tried }) => {
    const ask = askOf(app)
    await given(ask)
    expect((await ask(...tried)).status).toBeLessThan(300)
  })
})
