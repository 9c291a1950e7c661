import { defineConfig } from 'vitest/config'

/** The package as users get it, under each version of Node that they may have. */
export default defineConfig({
  test: {
    include: ['test/pack/*.nodes.ts'],
    globalSetup: ['test/support/build.ts'],
    testTimeout: 600_000,
    hookTimeout: 600_000,
    // They wait for npm most of the time.
    maxWorkers: 3,
  },
})
