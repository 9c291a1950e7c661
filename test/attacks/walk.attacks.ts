import { afterAll, describe, expect, it } from 'vitest'
import { undefended } from '../contract/harness.js'
import { TWO } from '../examples/combinations.js'
import { deep } from '../support/deep.js'
import { accountsTarget, provider, startAccounts } from './accounts/app.js'
import { ending } from './accounts/ending.js'
import { google } from './accounts/google.js'
import { naming } from './accounts/naming.js'
import { firstStray, report } from './accounts/walk.js'
import { QUICK } from './accounts/walk/outbox.js'

const number = (name: string, otherwise: number): number => Number(process.env[name] ?? otherwise)

/** `npm run test:deep` walks longer, and other ways every time. */
const seed = number('WALK_SEED', deep ? Date.now() % 1_000_000_000 : 301)
const walks = number('WALKS', deep ? 1000 : 16)
const [first, second] = TWO as [(typeof TWO)[number], (typeof TWO)[number]]

afterAll(() => provider.stop())

it.concurrent.each([
  [seed, first, 'schema.prisma'],
  [seed + walks, second, 'address-key.prisma'],
] as const)(
  `lets nobody be another in ${walks} walks of seed %i: %j, %s`,
  async (from, kind, schema) => {
    const app = await startAccounts(kind, schema, QUICK)
    try {
      const place = { app, addressIsKey: schema === 'address-key.prisma', every: deep ? 1 : 13 }
      const stray = await firstStray(place, { seed: from, walks })
      expect(report(stray)).toBe('')
    } finally {
      await app.stop()
    }
  },
  60_000 + walks * 5000,
)

/** With a defence off a walk must stray, else the walks prove nothing. */
describe('walks, undefended', () => {
  const defences = new Map(
    [...ending, ...naming, ...google].map(({ defenceOff }) => [
      JSON.stringify(defenceOff),
      defenceOff,
    ]),
  )
  it.each([...defences])(
    '%s',
    async (_, edits) => {
      const target = await accountsTarget(first, 'schema.prisma', [...QUICK, ...edits])
      await undefended(target, async (app) => {
        const stray = await firstStray({ app, addressIsKey: false }, { seed: 1, walks: 300 })
        console.log(`after ${stray?.walked} walks, ${report(stray)}`)
        expect(stray).not.toBe(null)
      })
    },
    1_800_000,
  )
})
