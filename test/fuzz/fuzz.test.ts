import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { undefended, type RunningApp } from '../contract/harness.js'
import { COMBINATIONS, TWO } from '../examples/combinations.js'
import { servers, type TestDatabase } from '../services/servers.js'
import { deep } from '../support/deep.js'
import { fuzz } from './fuzz.js'
import { everything, policies, type Kind } from './subjects.js'

const number = (name: string, otherwise: number): number => Number(process.env[name] ?? otherwise)

/** `npm run test:deep` makes more of more apps, and others every time. */
const requests = number('FUZZ_REQUESTS', deep ? 20_000 : 500)
const seed = number('FUZZ_SEED', deep ? Date.now() % 1_000_000_000 : 1)
const from = number('FUZZ_FROM', 0)
const failures = number('FUZZ_FAILURES', 5)

const PROVIDERS =
  deep && process.env['TEST_POSTGRES_URL']
    ? (['sqlite', 'postgresql'] as const)
    : (['sqlite'] as const)

const KINDS = PROVIDERS.flatMap((provider) =>
  [everything, policies].flatMap((target, index) =>
    (deep ? COMBINATIONS : [TWO[index]!]).map((kind) => ({
      ...{ provider, ...kind, name: target.name, target },
    })),
  ),
)

describe.each(KINDS)('$provider, $framework, $mode, $name', ({ target, ...kind }) => {
  let app: RunningApp | undefined
  let database: TestDatabase | undefined

  beforeAll(async () => {
    if (kind.provider === 'postgresql') database = await servers.postgresql.makeDatabase()
    const where: Kind = { ...kind, ...(database ? { databaseUrl: database.url } : {}) }
    app = await target.start(where)
  })
  afterAll(async () => {
    await app?.stop()
    await database?.remove()
  })

  it(
    `withstands ${requests} requests of seed ${seed}`,
    { timeout: 60_000 + requests * 60 },
    async () => {
      const counts = await fuzz(app!, await target.subject(kind), {
        seed,
        from,
        requests,
        failures,
      })
      console.log(`${Object.values(kind).join(', ')}, seed ${seed}\n${counts.perKind()}`)
      if (deep) console.log(counts.perOperation(), '\nnever done:', counts.neverDone())
    },
  )
})

/** With a defence off it must be found out, else the fuzz proves nothing. */
describe('undefended', () => {
  const kind = { provider: 'sqlite', framework: 'fastify', mode: 'layered' } as const

  it.each([
    {
      name: 'columns that are not to be seen',
      file: 'src/policies/take-out.ts',
      find: 'for (const name of names) delete row[name]',
      replace: 'void names',
      told: /(email|salary) is not to be seen/,
    },
    {
      name: 'rows that are not to be written',
      file: 'src/policies/steps.ts',
      find: 'if (!allowed.has(keyText(meta, row))) throw',
      replace: 'if (false) throw',
      told: /is created|is changed into what it may not be/,
    },
  ])('finds $name', { timeout: 120_000 }, async ({ told, ...edit }) => {
    await undefended(policies.target(kind, [edit]), async (app) => {
      const run = fuzz(app, await policies.subject(), {
        seed: 1,
        from: 0,
        requests: 5000,
        failures: 1,
      })
      await expect(run).rejects.toThrow(told)
    })
  })
})
