import { afterAll, inject } from 'vitest'
import { createDatabase } from './database.js'

// Runs before each test file, and so before anything reads the environment.
const { url, remove } = await createDatabase(inject('databases'))
process.env['DATABASE_URL'] = url

afterAll(async () => {
  const { closeDatabase } = await import('../../src/db.js')
  await closeDatabase()
  await remove()
})
