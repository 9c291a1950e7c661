import { defineConfig } from 'vitest/config'

/** The same tests as in `npm test`, ten times as long: what is random gets its chance. */
export default defineConfig({
  test: {
    include: ['test/regen/property.test.ts', 'test/cli/crash.test.ts'],
    globalSetup: ['test/support/build.ts'],
    env: { SSOT_TEST_SEQUENCES: '20000', SSOT_TEST_KILLS: '200' },
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 600_000,
  },
})
