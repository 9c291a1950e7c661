import { afterEach } from 'vitest'
import { describeRenames } from '../support/renames.js'
import { servers, type TestDatabase } from './servers.js'

const made: TestDatabase[] = []
afterEach(async () => {
  await Promise.all(made.splice(0).map((database) => database.remove()))
})

async function makeUrl(provider: keyof typeof servers): Promise<string> {
  const database = await servers[provider].makeDatabase()
  made.push(database)
  return database.url
}

describeRenames('a PostgreSQL server', 'postgresql', () => makeUrl('postgresql'))
describeRenames('a MySQL server', 'mysql', () => makeUrl('mysql'))
