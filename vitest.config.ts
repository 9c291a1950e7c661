import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'
import { LongestFirst } from './test/support/longest-first.js'

type Options = { readonly globalSetup?: string[]; readonly seconds?: number }

const project = (
  name: string,
  include: readonly string[],
  { globalSetup = [], seconds = 5 }: Options = {},
) => ({
  test: {
    name,
    include: [...include],
    globalSetup,
    testTimeout: seconds * 1000,
    hookTimeout: 600_000,
  },
})

const built = 'test/support/build.ts'
const installed = 'test/contract/install.ts'
const tools = 'test/clients/install.ts'
const whole = { globalSetup: [built, installed], seconds: 600 }
const besideSource = [
  'src',
  'recipes',
  'templates/*',
  'plugins/*',
  'test/support',
  'test/proof',
  'test/corpus',
  'test/matrix',
  'test/mutants',
]

/**
 * All that needs no server and no browser; those are `test:services` and `test:e2e`. With TEST_DEEP=1, as
 * `npm run test:deep` sets it, all products of choices are tried, and what is random is tried long.
 */
export default defineConfig({
  test: {
    // A test that waits for an app or a command leaves its processor to another one.
    maxWorkers: availableParallelism() + 1,
    sequence: { sequencer: LongestFirst },
    projects: [
      project(
        'unit',
        besideSource.map((folder) =>
          folder.includes('*') ? `${folder}/*.test.ts` : `${folder}/**/*.test.ts`,
        ),
        { seconds: 30 },
      ),
      project('regen', ['test/regen/*.test.ts'], { seconds: 60 }),
      project('cli', ['test/cli/*.test.ts'], { globalSetup: [built], seconds: 60 }),
      project(
        'contract',
        [
          'test/contract/*.contract.ts',
          'test/attacks/*.attacks.ts',
          'test/policies/*.policies.ts',
          'test/saas/*.saas.ts',
        ],
        { globalSetup: [installed], seconds: 60 },
      ),
      project('database', ['test/database/*.test.ts'], { globalSetup: [installed], seconds: 60 }),
      project('fuzz', ['test/fuzz/*.test.ts'], { globalSetup: [installed], seconds: 60 }),
      project('search', ['test/search/*.test.ts'], { globalSetup: [installed], seconds: 60 }),
      project('examples', ['test/examples/*.test.ts'], whole),
      project('constructs', ['test/constructs/*.test.ts'], whole),
      project('clients', ['test/clients/*.test.ts'], {
        globalSetup: [built, installed, tools],
        seconds: 120,
      }),
      project('plop', ['test/plop/*.test.ts'], whole),
      project('plugins', ['test/plugins/*.test.ts'], whole),
      project('change', ['test/change/*.test.ts', 'test/upgrade/*.test.ts'], whole),
      project('pack', ['test/pack/*.test.ts'], { globalSetup: [built], seconds: 600 }),
    ],
  },
})
