import { afterAll, describe } from 'vitest'
import { scene } from '../saas/saas.js'
import { describeTable } from '../policies/table.js'
import { servers } from './servers.js'

const databases: { remove(): Promise<void> }[] = []

async function databaseFor(): Promise<string> {
  const database = await servers.postgresql.makeDatabase()
  databases.push(database)
  return database.url
}

/** Each with further plugins that make the same policies hold. */
const TARGETS = [
  { framework: 'express', mode: 'registry', plugins: [] },
  { framework: 'express', mode: 'layered', plugins: [] },
  { framework: 'fastify', mode: 'registry', plugins: [] },
  { framework: 'fastify', mode: 'layered', plugins: [] },
] as const

describe.each(TARGETS)('saas on PostgreSQL: $framework, $mode, $plugins', (target) => {
  describeTable(scene, { ...target, provider: 'postgresql' }, { share: 12, databaseFor })
})

afterAll(() => Promise.all(databases.map((database) => database.remove())))
