import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { undefended, type RunningApp } from '../contract/harness.js'
import { TWO } from '../examples/combinations.js'
import { accountsTarget, provider, startAccounts } from './accounts/app.js'
import { devices } from './accounts/devices.js'
import { ending } from './accounts/ending.js'
import { google } from './accounts/google.js'
import { naming } from './accounts/naming.js'

const scenarios = [...google, ...ending, ...naming, ...devices]
const [first, second] = TWO as [(typeof TWO)[number], (typeof TWO)[number]]

afterAll(() => provider.stop())

describe.each([
  [first, 'schema.prisma'],
  [second, 'address-key.prisma'],
] as const)('accounts: %j, %s', (kind, schema) => {
  let app: RunningApp
  beforeAll(async () => {
    app = await startAccounts(kind, schema)
  })
  afterAll(() => app?.stop())

  it.each(scenarios)('not: $name', async ({ succeeds }) => {
    expect(await succeeds(app)).toBe(false)
  })
})

/** Each makes an app of its own. */
describe('accounts, undefended', () => {
  const defences = new Map(
    scenarios.map(({ defenceOff }) => [JSON.stringify(defenceOff), defenceOff]),
  )
  it.each([...defences])(
    '%s',
    async (defence, edits) => {
      const same = scenarios.filter(({ defenceOff }) => JSON.stringify(defenceOff) === defence)
      await undefended(await accountsTarget(first, 'schema.prisma', edits), async (app) => {
        for (const { name, succeeds } of same) expect(await succeeds(app), name).toBe(true)
      })
    },
    120_000,
  )
})
