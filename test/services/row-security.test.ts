import { afterEach } from 'vitest'
import { describeRowSecurity } from '../support/row-security.js'
import { servers, type TestDatabase } from './servers.js'

const made: TestDatabase[] = []
afterEach(async () => {
  await Promise.all(made.splice(0).map((database) => database.remove()))
})

describeRowSecurity('a PostgreSQL server', async () => {
  const database = await servers.postgresql.makeDatabase()
  made.push(database)
  return database.url
})
