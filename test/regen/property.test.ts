import * as fc from 'fast-check'
import { describe, it } from 'vitest'
import { deep } from '../support/deep.js'
import { edits } from './edits.js'
import { schemaChanges, type Example, type Source } from './generated.js'
import { History, type Side, type Step, type Switch } from './history.js'

const SEQUENCES = deep ? 20_000 : 400

const start: fc.Arbitrary<Source> = fc.record({
  example: fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom<Example>('minimal', 'blog') },
    { weight: 1, arbitrary: fc.constantFrom<Example>('ecommerce', 'ai-chat') },
  ),
  framework: fc.constantFrom('express' as const, 'fastify' as const),
  mode: fc.constantFrom('registry' as const, 'layered' as const),
  changed: fc.constant(new Set<number>()),
  version: fc.nat(2),
})

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 9, arbitrary: edits.map((edit) => ({ do: 'edit' as const, edit })) },
  {
    weight: 3,
    arbitrary: fc.nat(schemaChanges.length - 1).map((which) => ({ do: 'change' as const, which })),
  },
  {
    weight: 3,
    arbitrary: fc
      .constantFrom<Switch>('mode', 'framework', 'version', 'version')
      .map((which) => ({ do: 'switch' as const, which })),
  },
  {
    weight: 3,
    arbitrary: fc
      .constantFrom<Side>('ours', 'theirs', 'both')
      .map((side) => ({ do: 'generate' as const, side })),
  },
)

/** As long as they are likely to be short: most mistakes show in the tenth step only. */
const histories = fc.noBias(fc.array(step, { minLength: 4, maxLength: 16, size: 'max' }))

describe('regeneration', () => {
  it(
    `keeps every edit through ${SEQUENCES} histories of an app`,
    { timeout: 120_000 + SEQUENCES * 300 },
    async () => {
      await fc.assert(
        fc.asyncProperty(start, histories, async (source, steps) => {
          const history = new History(source)
          await history.generate('both')
          for (const next of steps) await history.go(next)
          await history.generate('ours')
        }),
        { numRuns: SEQUENCES },
      )
    },
  )
})
