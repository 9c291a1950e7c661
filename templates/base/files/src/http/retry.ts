import { setTimeout } from 'node:timers/promises'
import { isWriteConflict } from './database-errors.js'

const ATTEMPTS = 8
const DELAY_MS = 20
const LONGEST_MS = 500

/**
 * Runs a write, a transaction of its own, again after a while when another one came between.
 * @throws whatever the last attempt throws; nothing is written then
 */
export async function retrying<T>(write: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await write()
    } catch (error) {
      if (!isWriteConflict(error) || attempt === ATTEMPTS) throw error
      // Writes that met once are not to meet again.
      await setTimeout(Math.random() * Math.min(DELAY_MS * 2 ** attempt, LONGEST_MS))
    }
  }
}
