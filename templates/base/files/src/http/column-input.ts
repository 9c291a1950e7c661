import { z, type ZodType } from 'zod'
import type { ModelMeta } from '../schema/meta.js'
import { isRelation, type ColumnMeta } from './lookup.js'
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
export function valueInput(field: ColumnMeta): ZodType {
  if (field.type === 'Enum') return z.enum(field.values)
  if (field.type === 'String') {
    const text = field.format === 'uuid' ? z.guid() : z.string()
    return field.maxLength === undefined ? text : text.check(z.maxLength(field.maxLength))
  }
  if (field.type === 'Int') {
    const { min, max } = field
    return z
      .int32()
      .check(...(min === undefined ? [] : [z.gte(min)]), ...(max === undefined ? [] : [z.lte(max)]))
  }
  const { type } = field
  return z.unknown().transform((value, context) => {
    const read = readJson(type, value)
    if (read === undefined) context.addIssue(`Expected ${expectedOf(type)}.`)
    return read
  })
}
