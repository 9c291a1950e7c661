import { z, type core } from 'zod'
import { MAX_BULK } from './limits.js'

/** Body of `POST /bulk`. */
export const createManyBody = <S extends core.$ZodType>(item: S) =>
  z.strictObject({ data: z.array(item).min(1).max(MAX_BULK) })

/** Body of `PATCH /bulk`; `where` is read by `readWhere`. */
export const updateManyBody = <S extends core.$ZodType>(item: S) =>
  z.strictObject({ where: z.unknown(), data: item })

/** Body of `DELETE /bulk`; `where` is read by `readWhere`. */
export const deleteManyBody = z.strictObject({ where: z.unknown() })
