import { afterAll, describe } from 'vitest'
import { oneKind } from '../examples/combinations.js'
import { describePolicies } from '../policies/policies.js'
import { servers, type TestDatabase } from './servers.js'

const databases: TestDatabase[] = []

// Each kind of app but the one that is tried on SQLite.
describe.each([
  ['postgresql', oneKind(0)],
  ['mysql', oneKind(2)],
] as const)('policies on %s', (provider, kinds) => {
  describePolicies(provider, kinds, async () => {
    const database = await servers[provider].makeDatabase()
    databases.push(database)
    return database.url
  })
})

afterAll(() => Promise.all(databases.map((database) => database.remove())))
