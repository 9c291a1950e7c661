import { afterAll, describe } from 'vitest'
import { describeAttacks } from '../attacks/attacks.js'
import { signingIn } from '../attacks/signing-in/suite.js'
import { servers, type TestDatabase } from './servers.js'

const databases: TestDatabase[] = []

const newDatabase = async (): Promise<string> => {
  const database = await servers.postgresql.makeDatabase()
  databases.push(database)
  return database.url
}

describe.each(['express', 'fastify'] as const)('attacks on PostgreSQL', (framework) => {
  describeAttacks('postgresql', framework, newDatabase)
  describeAttacks('postgresql', framework, newDatabase, signingIn)
})

afterAll(() => Promise.all(databases.map((database) => database.remove())))
