import { z, type ZodType } from 'zod'
import type { ScalarTypeMeta } from '../schema/meta.js'
import { check } from './value-limits.js'

/** A value of a JSON body, as Prisma takes it; what is not of the type or does not fit the column is refused. */
export function scalarInput<T>(column: ScalarTypeMeta): ZodType<T> {
  return z.unknown().transform((value, context) => {
    const { read, problem } = check(column, value)
    if (problem === undefined) return read as T
    context.addIssue(problem)
    return z.NEVER
  })
}
