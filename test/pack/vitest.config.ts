import { defineConfig } from 'vitest/config'

/** The versions of Node that the whole suite does not run under. */
export default defineConfig({
  test: {
    include: ['test/pack/nodes.ts'],
    globalSetup: ['test/support/build.ts'],
    testTimeout: 600_000,
    hookTimeout: 600_000,
  },
})
