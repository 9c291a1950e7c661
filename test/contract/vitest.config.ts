import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/contract/*.contract.ts'],
    globalSetup: ['test/contract/install.ts'],
    testTimeout: 30_000,
    hookTimeout: 300_000,
    // Each file runs four apps, one after the other.
    maxWorkers: 2,
  },
})
