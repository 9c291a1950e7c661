import { setTimeout } from 'node:timers/promises'
import { Prisma } from '../generated/prisma/client.js'

const ATTEMPTS = 5
const DELAY_MS = 20

/**
 * Runs a write that is one transaction, and again after a while when another write came between: the database has
 * undone it then, or chosen it to end a deadlock.
 * @throws whatever the last attempt throws
 */
export async function retrying<T>(write: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await write()
    } catch (error) {
      if (!isWriteConflict(error) || attempt === ATTEMPTS) throw error
      // Writes that met once are not to meet again.
      await setTimeout(Math.random() * DELAY_MS * 2 ** attempt)
    }
  }
}

const isWriteConflict = (error: unknown): boolean =>
  error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2034'
