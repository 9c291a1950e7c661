import { z, type core, type ZodType } from 'zod'
import { createManyBody, updateManyBody } from '../http/bulk.js'
import { columnInput, isRequired } from '../http/column-input.js'
import { isRelation, isWritable, modelMeta, type ColumnMeta } from '../http/lookup.js'
import { relationInput } from '../http/write.js'
import type { ModelMeta } from '../schema/meta.js'
import type { RegistryEntry } from './registry.js'

/** A body as made from the model, before the entry adds to it. */
export type BodySchema = z.ZodObject<Record<string, core.$ZodType>>

export interface Validators {
  readonly create: ZodType<object>
  readonly createMany: ZodType<{ readonly data: readonly object[] }>
  readonly replace: ZodType<object>
  readonly update: ZodType<object>
  readonly updateMany: ZodType<{ readonly data: object; readonly where?: unknown }>
}

/** Makes the checks of every body that a model's routes take. */
export function createValidators(
  model: string,
  validation: RegistryEntry['validation'],
): Validators {
  const meta = modelMeta(model)
  const columns = Object.entries(meta.fields).filter(
    (entry): entry is [string, ColumnMeta] => !isRelation(entry[1]) && isWritable(entry[1]),
  )
  const row = shapeOf(columns, (_, field) => !field.optional)
  const body = shapeOf(columns, (name, field) => isRequired(meta, name, field))
  const kept = columns.filter(([, field]) => !field.immutable)
  const change = shapeOf(kept, () => false)
  const create = z.strictObject({ ...body, ...relationsOf(meta, 'create') })
  const update = z.strictObject({ ...change, ...relationsOf(meta, 'update') })
  const fixed = columns
    .filter(([, field]) => field.immutable)
    .map(([name]) => [name, true] as const)
  const replace = create.omit(Object.fromEntries(fixed)) as BodySchema
  return {
    create: validation?.create?.(create) ?? create,
    createMany: createManyBody(z.strictObject(row)),
    replace: validation?.create?.(replace) ?? replace,
    update: validation?.update?.(update) ?? update,
    updateMany: updateManyBody(z.strictObject(change)),
  }
}

function shapeOf(
  columns: readonly [string, ColumnMeta][],
  isNeeded: (name: string, field: ColumnMeta) => boolean,
): Record<string, ZodType> {
  const entries = columns.map(([name, field]) => {
    const schema = columnInput(field)
    return [name, isNeeded(name, field) ? schema : schema.optional()]
  })
  return Object.fromEntries(entries)
}

function relationsOf(meta: ModelMeta, mode: 'create' | 'update'): Record<string, core.$ZodType> {
  const names = Object.entries(meta.fields).flatMap(([name, field]) =>
    isRelation(field) && isWritable(field) && modelMeta(field.model).writable ? [name] : [],
  )
  return Object.fromEntries(names.map((name) => [name, relationInput(meta.name, name, mode)]))
}
