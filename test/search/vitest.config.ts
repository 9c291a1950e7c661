import { defineConfig } from 'vitest/config'

/** The search of `npm test`, with more requests to more schemas, and others every time. */
export default defineConfig({
  test: {
    include: ['test/search/*.test.ts'],
    globalSetup: ['test/contract/install.ts'],
    env: { SEARCH_LONG: '1' },
    maxWorkers: 1,
    hookTimeout: 600_000,
  },
})
