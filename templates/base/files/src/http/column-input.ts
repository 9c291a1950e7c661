import { z, type ZodType } from 'zod'
import type { ModelMeta, ScalarTypeMeta } from '../schema/meta.js'
import { isRelation, type ColumnMeta } from './lookup.js'
import { misfit } from './value-limits.js'
import { expectedOf, readJson } from './values.js'

/** A foreign key may be left out where its relation is given; writeData sees to it that one is. */
export const isRequired = (meta: ModelMeta, name: string, field: ColumnMeta): boolean =>
  !field.optional &&
  !Object.values(meta.fields).some((other) => isRelation(other) && other.fields?.includes(name))

/** What a column takes in a body: one value or a list, null where it may be. */
export function columnInput(field: ColumnMeta): ZodType {
  const value = valueInput(field)
  const schema = field.list ? z.array(value) : value
  return field.nullable ? schema.nullable() : schema
}

/** What one value of a column looks like in a body. */
export const valueInput = (field: ColumnMeta): ZodType =>
  field.type === 'Enum' ? z.enum(field.values) : scalarInput(field)

/** A value of a JSON body, as Prisma takes it; what is not of the type or does not fit the column is refused. */
export function scalarInput<T>(column: ScalarTypeMeta): ZodType<T> {
  return z.unknown().transform((value, context) => {
    const { read, problem } = check(column, value)
    if (problem === undefined) return read as T
    context.addIssue(problem)
    return z.NEVER
  })
}

/** Reads a value of a JSON body; `problem` says what is wrong with it. */
export function check(
  column: ScalarTypeMeta,
  value: unknown,
): { readonly read?: unknown; readonly problem?: string | undefined } {
  const read = readJson(column, value)
  if (read === undefined) return { problem: `Expected ${expectedOf(column)}.` }
  return { read, problem: misfit(column, read) }
}
