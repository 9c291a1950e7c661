import { z, type core } from 'zod'
import { prisma, type Db } from '../db.js'
import { readerOf } from './delegate.js'
import { MAX_BULK } from './limits.js'
import { invalid } from './problem.js'
import { retrying } from './retry.js'

/** Body of `POST /bulk`. */
export const createManyBody = <S extends core.$ZodType>(item: S) =>
  z.strictObject({ data: z.array(item).min(1).max(MAX_BULK) })

/** Body of `PATCH /bulk`; `where` is read by `readWhere`. */
export const updateManyBody = <S extends core.$ZodType>(item: S) =>
  z.strictObject({ where: z.unknown(), data: item })

/** Body of `DELETE /bulk`; `where` is read by `readWhere`. */
export const deleteManyBody = z.strictObject({ where: z.unknown() })

/**
 * Runs a bulk update or delete in one transaction, unless too many rows match.
 * @returns the number of rows written
 * @throws Problem 400 saying how many rows match
 */
export function writeMany(
  model: string,
  where: object,
  write: (db: Db) => Promise<{ readonly count: number }>,
): Promise<number> {
  return retrying(() =>
    prisma.$transaction(async (db) => {
      const matching = await readerOf(db, model).count({ where })
      if (matching > MAX_BULK) {
        throw invalid('where', `Matches ${matching} rows; at most ${MAX_BULK} are written at once.`)
      }
      const { count } = await write(db)
      return count
    }),
  )
}
