import { defineConfig } from 'vitest/config'

/** In a browser: CHROMIUM names it, or `chromium` is on PATH. */
export default defineConfig({
  test: {
    include: ['test/e2e/*.test.ts'],
    globalSetup: ['test/support/build.ts', 'test/contract/install.ts'],
    testTimeout: 120_000,
    hookTimeout: 300_000,
    maxWorkers: 1,
  },
})
