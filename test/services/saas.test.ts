import { afterAll, describe } from 'vitest'
import { COMBINATIONS, TWO } from '../examples/combinations.js'
import { scene } from '../saas/saas.js'
import { describeTable } from '../policies/table.js'
import { deep } from '../support/deep.js'
import { servers } from './servers.js'

const databases: { remove(): Promise<void> }[] = []

async function databaseFor(): Promise<string> {
  const database = await servers.postgresql.makeDatabase()
  databases.push(database)
  return database.url
}

/** What answers is the same when the database enforces the policies as well. */
const TARGETS = [[], ['rls']].flatMap((plugins, index) =>
  (deep ? COMBINATIONS : [TWO[index]!]).map((combination) => ({ ...combination, plugins })),
)

describe.each(TARGETS)('saas on PostgreSQL: $framework, $mode, $plugins', (target) => {
  describeTable(
    scene,
    { ...target, provider: 'postgresql' },
    { share: deep ? 12 : 36, databaseFor },
  )
})

afterAll(() => Promise.all(databases.map((database) => database.remove())))
