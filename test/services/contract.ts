import { afterAll } from 'vitest'
import { describeContract } from '../contract/contract.js'
import { servers, type TestDatabase } from './servers.js'

/** Proves the contract on a database server, each app on an empty database of its own. */
export function describeOnServer(provider: keyof typeof servers): void {
  const databases: TestDatabase[] = []
  describeContract(provider, async () => {
    const database = await servers[provider].makeDatabase()
    databases.push(database)
    return database.url
  })
  afterAll(() => Promise.all(databases.map((database) => database.remove())))
}
