import { afterEach } from 'vitest'
import { describeOwners } from '../support/owners.js'
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

describeOwners('a PostgreSQL server', 'postgresql', () => makeUrl('postgresql'))
describeOwners('a MySQL server', 'mysql', () => makeUrl('mysql'))
