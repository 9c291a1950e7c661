import { servers, type TestDatabase } from '../services/servers.js'

/**
 * A database on a server; none where the app brings its own and no server is named.
 * @throws Error when a server is needed and none is named, or the one that is named does not answer
 */
export async function makeDatabase(provider: string): Promise<TestDatabase | undefined> {
  if (provider === 'mysql') return servers.mysql.makeDatabase()
  if (provider === 'postgresql' && process.env['TEST_POSTGRES_URL'])
    return servers.postgresql.makeDatabase()
  return undefined
}
