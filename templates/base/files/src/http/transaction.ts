import { setTimeout } from 'node:timers/promises'
import { prisma } from '../db.js'
import { env } from '../env.js'
import { Prisma } from '../generated/prisma/client.js'
import { withTransaction, type Context } from './context.js'
import { isWriteConflict } from './database-errors.js'

const ATTEMPTS = 5
const DELAY_MS = 20

type Work<T> = (context: Context) => Promise<T>

/**
 * Runs all of this in one transaction: the one that the call is in already, else a new one, again after a while
 * when another write came between.
 * @throws whatever the last attempt throws; nothing is written then
 */
export const transaction = <T>(context: Context, work: Work<T>): Promise<T> =>
  run(context, work, {})

/** The same, and what it has read is still so when it writes. */
export const serializable = <T>(context: Context, work: Work<T>): Promise<T> =>
  run(context, work, { isolationLevel: Prisma.TransactionIsolationLevel.Serializable })

function run<T>(
  context: Context,
  work: Work<T>,
  isolation: { readonly isolationLevel?: Prisma.TransactionIsolationLevel },
): Promise<T> {
  if (context.inTransaction) return work(context)
  const options = { timeout: env.REQUEST_TIMEOUT_MS, ...isolation }
  return retrying(() => prisma.$transaction((db) => work(withTransaction(context, db)), options))
}

/**
 * Runs a write of one statement, which is a transaction by itself, again when another write came between.
 * @throws whatever the last attempt throws
 */
export const statement = <T>(context: Context, work: Work<T>): Promise<T> =>
  context.inTransaction ? work(context) : retrying(() => work(context))

/** Whoever lost against another write tries again. */
async function retrying<T>(write: () => Promise<T>): Promise<T> {
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
