import { pingDatabase } from '../db.js'
import { Problem } from './problem.js'
import type { ApiResponse, Endpoint } from './route.js'

const PING_TIMEOUT_MS = 2000
const PING_EVERY_MS = 1000

let lastPing: { readonly at: number; readonly answer: Promise<void> } | undefined

/** However often it is asked, the database is asked once a second. */
function databaseAnswers(): Promise<void> {
  if (!lastPing || Date.now() - lastPing.at >= PING_EVERY_MS) {
    lastPing = { at: Date.now(), answer: ping() }
  }
  return lastPing.answer
}

function ping(): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('no answer in time')), PING_TIMEOUT_MS)
    pingDatabase()
      .then(resolve, reject)
      .finally(() => clearTimeout(timer))
  })
}

// A cached answer would tell how things were.
const headers = { 'cache-control': 'no-store' }
const fine = (): ApiResponse => ({ status: 200, body: { status: 'ok' }, headers })

/** `/health`: the process lives. `/ready`: it can do its work. */
export const healthEndpoints: readonly Endpoint[] = [
  { method: 'GET', path: '/health', handler: fine },
  {
    method: 'GET',
    path: '/ready',
    handler: async () => {
      try {
        await databaseAnswers()
      } catch {
        const detail = 'The database does not answer.'
        throw new Problem(503, 'database_unavailable', { detail, headers })
      }
      return fine()
    },
  },
]
