import { defineConfig } from 'vitest/config'

/** Groups run one after the other, so that tests with time limits do not compete with whole apps. */
const project = (
  order: number,
  name: string,
  include: readonly string[],
  options: { readonly globalSetup?: string[]; readonly seconds?: number } = {},
) => {
  const { globalSetup = [], seconds = 5 } = options
  return {
    test: {
      name,
      include: [...include],
      globalSetup,
      testTimeout: seconds * 1000,
      hookTimeout: 600_000,
      sequence: { groupOrder: order },
    },
  }
}

const built = 'test/support/build.ts'
const installed = 'test/contract/install.ts'
const tools = 'test/clients/install.ts'
const besideSource = [
  'src',
  'recipes',
  'templates/*',
  'plugins/*',
  'test/support',
  'test/proof',
  'test/corpus',
  'test/matrix',
]

/** All that needs no server and no browser; those are `test:services` and `test:e2e`. */
export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      project(
        0,
        'unit',
        besideSource.map((folder) =>
          folder.includes('*') ? `${folder}/*.test.ts` : `${folder}/**/*.test.ts`,
        ),
        { seconds: 20 },
      ),
      project(0, 'regen', ['test/regen/*.test.ts'], { seconds: 60 }),
      project(1, 'cli', ['test/cli/*.test.ts'], { globalSetup: [built], seconds: 60 }),
      project(
        2,
        'contract',
        [
          'test/contract/*.contract.ts',
          'test/attacks/*.attacks.ts',
          'test/policies/*.policies.ts',
          'test/saas/*.saas.ts',
        ],
        {
          globalSetup: [installed],
          seconds: 30,
        },
      ),
      project(2, 'database', ['test/database/*.test.ts'], {
        globalSetup: [installed],
        seconds: 60,
      }),
      project(2, 'fuzz', ['test/fuzz/*.test.ts'], { globalSetup: [installed], seconds: 60 }),
      project(2, 'search', ['test/search/*.test.ts'], { globalSetup: [installed], seconds: 60 }),
      project(3, 'examples', ['test/examples/*.test.ts'], {
        globalSetup: [built, installed],
        seconds: 600,
      }),
      project(4, 'constructs', ['test/constructs/*.test.ts'], {
        globalSetup: [built, installed],
        seconds: 600,
      }),
      project(5, 'clients', ['test/clients/*.test.ts'], {
        globalSetup: [built, installed, tools],
        seconds: 120,
      }),
      project(6, 'plop', ['test/plop/*.test.ts'], {
        globalSetup: [built, installed],
        seconds: 600,
      }),
      project(7, 'plugins', ['test/plugins/*.test.ts'], {
        globalSetup: [built, installed],
        seconds: 600,
      }),
      project(8, 'change', ['test/change/*.test.ts', 'test/upgrade/*.test.ts'], {
        globalSetup: [built, installed],
        seconds: 600,
      }),
      project(9, 'pack', ['test/pack/*.test.ts'], { globalSetup: [built], seconds: 600 }),
    ],
  },
})
