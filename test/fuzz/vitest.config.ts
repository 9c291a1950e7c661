import { defineConfig } from 'vitest/config'

/** The fuzz of `npm test`, with more requests, of every kind of app, and others every time. */
export default defineConfig({
  test: {
    include: ['test/fuzz/*.test.ts'],
    globalSetup: ['test/contract/install.ts'],
    env: { FUZZ_LONG: '1' },
    maxWorkers: 1,
    hookTimeout: 600_000,
  },
})
