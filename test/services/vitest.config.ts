import { defineConfig } from 'vitest/config'

/** What needs a server: TEST_POSTGRES_URL and TEST_MYSQL_URL name one each, with the right to make databases. */
export default defineConfig({
  test: {
    include: ['test/services/**/*.test.ts'],
    globalSetup: [
      'test/support/build.ts',
      'test/contract/install.ts',
      'test/services/reachable.ts',
    ],
    testTimeout: 180_000,
    hookTimeout: 300_000,
    maxWorkers: 2,
  },
})
