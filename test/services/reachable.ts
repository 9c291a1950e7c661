import { servers } from './servers.js'

/** Before any file runs: a server that is missing is a failure, never a reason to skip. */
export default async function setup(): Promise<void> {
  for (const server of Object.values(servers)) {
    const database = await server.makeDatabase()
    await database.remove()
  }
}
