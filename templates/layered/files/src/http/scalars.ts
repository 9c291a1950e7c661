import { z, type ZodString } from 'zod'
import type { Prisma } from '../generated/prisma/client.js'
import type { Limits } from '../schema/meta.js'
import { scalarInput } from './scalar-input.js'
import { check } from './value-limits.js'

/** Columns whose check is more than plain zod: their JSON form, or what fits into the database. */
export const scalars = {
  bigInt: (limits?: Limits) => scalarInput<bigint>({ type: 'BigInt', ...limits }),
  bytes: (limits?: Limits) => scalarInput<Uint8Array<ArrayBuffer>>({ type: 'Bytes', ...limits }),
  dateTime: (limits?: Limits) => scalarInput<Date>({ type: 'DateTime', ...limits }),
  decimal: (limits?: Limits) => scalarInput<string>({ type: 'Decimal', ...limits }),
  float: (limits?: Limits) => scalarInput<number>({ type: 'Float', ...limits }),
  json: () => scalarInput<Prisma.InputJsonValue>({ type: 'Json' }),
  text,
}

/** A string schema, so that zod's own checks can follow: `scalars.text({ maxLength: 20 }).trim()`. */
function text(limits?: Limits): ZodString {
  const column = { type: 'String', ...limits } as const
  return z.string().superRefine((value, context) => {
    const { problem } = check(column, value)
    if (problem !== undefined) context.addIssue(problem)
  })
}
