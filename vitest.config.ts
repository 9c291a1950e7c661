import { defineConfig } from 'vitest/config'
import { built, installed, project, scheduling, whole } from './test/support/projects.js'

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
 * What needs no server, no browser and no long wait: those are `test:services`, `test:e2e`, `test:apps` and `test:nodes`.
 * With TEST_DEEP=1, as `npm run test:deep` sets it, all products of choices are tried, and what is random is tried long.
 */
export default defineConfig({
  test: {
    ...scheduling,
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
      project('database', ['test/database/{owners,renames}.test.ts'], {
        globalSetup: [installed],
        seconds: 60,
      }),
      project('fuzz', ['test/fuzz/*.test.ts'], { globalSetup: [installed], seconds: 60 }),
      project('search', ['test/search/*.test.ts'], { globalSetup: [installed], seconds: 60 }),
      project('examples', ['test/examples/{minimal,saas,doctor,output}.test.ts'], whole),
      project('plugins', ['test/plugins/generation.test.ts'], { seconds: 60 }),
    ],
  },
})
