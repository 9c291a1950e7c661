import { afterAll, describe } from 'vitest'
import { describePolicies } from '../policies/policies.js'
import { servers, type TestDatabase } from './servers.js'

const databases: TestDatabase[] = []

describe.each([
  ['postgresql', 'express'],
  ['postgresql', 'fastify'],
  ['mysql', 'fastify'],
] as const)('policies on %s', (provider, framework) => {
  describePolicies(provider, framework, async () => {
    const database = await servers[provider].makeDatabase()
    databases.push(database)
    return database.url
  })
})

afterAll(() => Promise.all(databases.map((database) => database.remove())))
