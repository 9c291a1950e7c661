import { afterAll, beforeAll, describe, it } from 'vitest'
import type { RunningApp } from '../contract/harness.js'
import { servers, type TestDatabase } from '../services/servers.js'
import { fuzz } from './fuzz.js'
import { everything, policies, type Kind } from './subjects.js'

const long = process.env['FUZZ_LONG'] === '1'
const number = (name: string, otherwise: number): number => Number(process.env[name] ?? otherwise)

/** `npm run test:fuzz` makes more of more apps, and others every time. */
const requests = number('FUZZ_REQUESTS', long ? 20_000 : 750)
const seed = number('FUZZ_SEED', long ? Date.now() % 1_000_000_000 : 1)
const from = number('FUZZ_FROM', 0)

const ALL = (['express', 'fastify'] as const).flatMap((framework) =>
  (['registry', 'layered'] as const).map((mode) => ({ framework, mode })),
)
/** Each file of the emitted app is in one of these. */
const FEW = ALL.filter(({ framework, mode }) => (framework === 'express') === (mode === 'registry'))
const PROVIDERS =
  long && process.env['TEST_POSTGRES_URL']
    ? (['sqlite', 'postgresql'] as const)
    : (['sqlite'] as const)

const KINDS = PROVIDERS.flatMap((provider) =>
  (long ? ALL : FEW).flatMap((kind) =>
    [everything, policies].map((target) => ({ provider, ...kind, name: target.name, target })),
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
      const counts = await fuzz(app!, await target.subject(kind), { seed, from, requests })
      console.log(`${Object.values(kind).join(', ')}, seed ${seed}\n${counts.perKind()}`)
      if (long) console.log(counts.perOperation(), '\nnever done:', counts.neverDone())
    },
  )
})
