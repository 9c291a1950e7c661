import type { EnumMeta, FieldMeta, ModelMeta, RelationMeta, ScalarMeta } from '../schema/meta.js'
import { models } from '../schema/models.js'
import { invalid } from './problem.js'

/** A field with values of its own, whoever may see it. */
export type ColumnMeta = ScalarMeta | EnumMeta

/** The entry of a model named by code; a name from a request never gets here. */
export function modelMeta(name: string): ModelMeta {
  const meta = Object.hasOwn(models, name) ? models[name] : undefined
  if (!meta) throw new Error(`There is no model '${name}' in schema/models.ts.`)
  return meta
}

/**
 * The field that a caller names. Hidden fields do not exist for callers: same answer as for a typo.
 * @throws Problem 400 naming the path
 */
export function visibleField(meta: ModelMeta, name: string, path: string): FieldMeta {
  const field = Object.hasOwn(meta.fields, name) ? meta.fields[name] : undefined
  if (!field || !isVisible(field)) throw invalid(path, `${meta.name} has no field of this name.`)
  return field
}

/** Whether callers may read it. */
export const isVisible = (field: FieldMeta): boolean => !field.hidden && !field.writeonly

/** Whether callers may write it, when a row is created if at no other time. */
export const isWritable = (field: FieldMeta): boolean => !field.hidden && !field.readonly

export const isRelation = (field: FieldMeta): field is RelationMeta => field.type === 'Relation'

/** Fields that find one row and may be shown: empty for views, and where the key is hidden. */
export function visibleKey(meta: ModelMeta): readonly string[] {
  const fields = meta.key?.fields ?? []
  const shown = fields.every((name) => {
    const field = meta.fields[name]
    return field !== undefined && isVisible(field)
  })
  return shown ? fields : []
}

/** Computes once per model, at first use. */
export function perModel<T>(compute: (meta: ModelMeta) => T): (model: string) => T {
  const known = new Map<string, T>()
  return (model) => {
    let value = known.get(model)
    if (value === undefined) {
      value = compute(modelMeta(model))
      known.set(model, value)
    }
    return value
  }
}
