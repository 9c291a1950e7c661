import { z, type ZodType } from 'zod'
import type { Prisma } from '../generated/prisma/client.js'
import type { ScalarType } from '../schema/meta.js'
import { expectedOf, readJson } from './values.js'

/** Columns whose JSON form differs from what Prisma takes; the others are plain zod. */
export const scalars = {
  bigInt: () => scalar<bigint>('BigInt'),
  bytes: () => scalar<Uint8Array<ArrayBuffer>>('Bytes'),
  dateTime: () => scalar<Date>('DateTime'),
  decimal: () => scalar<string>('Decimal'),
  float: () => scalar<number>('Float'),
  json: () => scalar<Prisma.InputJsonValue>('Json'),
}

function scalar<T>(type: ScalarType): ZodType<T> {
  return z.unknown().transform((value, context) => {
    const read = readJson(type, value)
    if (read !== undefined) return read as T
    context.addIssue(`Expected ${expectedOf(type)}.`)
    return z.NEVER
  })
}
