import { afterAll, inject } from 'vitest'
import { createDatabase } from './database.js'

// Runs before each test file. The first of a worker makes its database, before anything reads the environment.
const worker = process.env['VITEST_POOL_ID'] ?? '1'
if (process.env['TEST_WORKER'] !== worker) {
  process.env['DATABASE_URL'] = await createDatabase(inject('databases'), worker)
  process.env['TEST_WORKER'] = worker
}

afterAll(async () => {
  const { removeRows } = await import('./api.js')
  await removeRows()
})
