import { z, type ZodType } from 'zod'
import type { ModelMeta } from '../schema/meta.js'
import { isRelation, isWritable, type ColumnMeta } from './lookup.js'
import { scalarInput } from './scalar-input.js'

/** A foreign key may be left out where its relation is given; writeData sees to it that one is. */
export const isRequired = (meta: ModelMeta, name: string, field: ColumnMeta): boolean =>
  !field.optional &&
  !Object.values(meta.fields).some(
    (other) => isRelation(other) && isWritable(other) && other.fields?.includes(name),
  )

/** What a column takes in a body: one value or a list, null where it may be. */
export function columnInput(field: ColumnMeta): ZodType {
  const value = valueInput(field)
  const schema = field.list ? z.array(value) : value
  return field.nullable ? schema.nullable() : schema
}

/** What one value of a column looks like in a body. */
export const valueInput = (field: ColumnMeta): ZodType =>
  field.type === 'Enum' ? z.enum(field.values) : scalarInput(field)
