import { z, type core, type ZodType } from 'zod'
import type { ModelMeta, RelationMeta } from '../schema/meta.js'
import { columnInput, isRequired, valueInput } from './column-input.js'
import { hasHooks } from './custom.js'
import { MAX_DEPTH, MAX_NESTED } from './limits.js'
import { isRelation, isVisible, isWritable, modelMeta, type ColumnMeta } from './lookup.js'

type Mode = 'create' | 'update'

/**
 * What a nested write to one relation may hold, if there is one: `connect` and `create`, in an update of a list or an
 * optional relation also `disconnect`, of a list `set`. Rows are named by Prisma's WhereUniqueInput.
 */
export function relationInput<T>(
  model: string,
  field: string,
  mode: Mode,
): core.$ZodOptional<core.$ZodType<T>> {
  const relation = modelMeta(model).fields[field]
  if (!relation || !isRelation(relation)) throw new Error(`${model}.${field} is not a relation.`)
  // Models refer to each other: built when first used, not when the file loads.
  const schema = z.lazy(() => relationSchema(relation, modelMeta(model), mode, 1)).optional()
  return schema as core.$ZodOptional as core.$ZodOptional<core.$ZodType<T>>
}

function relationSchema(
  relation: RelationMeta,
  owner: ModelMeta,
  mode: Mode,
  depth: number,
): ZodType {
  const target = modelMeta(relation.model)
  const row = rowSchema(target)
  const moving = movable(relation, owner, target, mode)
  const actions: Record<string, ZodType> = {}
  if (moving.create && target.creatable && depth <= MAX_DEPTH) {
    // A schema of many related models would else be built as a whole when one relation is written.
    const created = z.lazy(() => nestedRow(relation, depth))
    actions['create'] = many(relation, created)
  }
  if (moving.connect && row) {
    actions['connect'] = many(relation, row)
    if (mode === 'update' && relation.list) {
      actions['set'] = oneOrMore(row)
      actions['disconnect'] = oneOrMore(row)
    }
  }
  if (mode === 'update' && moving.connect && mayBeEmpty(relation)) {
    actions['disconnect'] = z.literal(true)
  }
  if (Object.keys(actions).length === 0)
    return z.never({ error: 'This relation is set elsewhere.' })
  const schema = z.strictObject(actions).partial()
  return relation.list
    ? schema.refine((value) => Object.keys(value).length > 0, 'Give at least one action.')
    : schema.refine((value) => Object.keys(value).length === 1, 'Give exactly one action.')
}

/** Writing a relation writes its foreign key, wherever that is: it must be one that a caller may write. */
function movable(relation: RelationMeta, owner: ModelMeta, target: ModelMeta, mode: Mode) {
  const inverse = target.fields[relation.inverse]
  const [meta, keys] = relation.fields
    ? [owner, relation.fields]
    : [target, inverse && isRelation(inverse) ? (inverse.fields ?? []) : []]
  const columns = keys.map((name) => meta.fields[name] as ColumnMeta | undefined)
  const fixed = columns.some((column) => column && !isWritable(column))
  const keyed = columns.some((column) => column?.immutable)
  // A key is given when its row is created: here in a create, on the other side by creating the row there.
  // A row with hooks of its own is written by its own routes, which run them.
  const creatable = !fixed && !hasHooks(target.name, 'Create')
  if (relation.fields) {
    const free = mode === 'create' || !keyed
    return { create: creatable && free, connect: !fixed && free }
  }
  const moves = keys.length > 0 && hasHooks(target.name, 'Update')
  return { create: creatable, connect: !fixed && !keyed && !moves }
}

const many = (relation: RelationMeta, row: ZodType): ZodType =>
  relation.list ? oneOrMore(row) : row

const oneOrMore = (row: ZodType): ZodType =>
  z.preprocess((value) => (Array.isArray(value) ? value : [value]), z.array(row).max(MAX_NESTED))

/** A to-one relation can be cut where the foreign key, here or on the other side, may be null. */
function mayBeEmpty(relation: RelationMeta): boolean {
  if (relation.list || !relation.nullable) return false
  if (relation.fields) return true
  const inverse = modelMeta(relation.model).fields[relation.inverse]
  return inverse !== undefined && isRelation(inverse) && inverse.nullable === true
}

/** One of the model's uniques; those with a hidden field would tell what the field holds. */
function rowSchema(target: ModelMeta): ZodType | undefined {
  const rows = target.uniques.flatMap((unique) => {
    const columns = unique.fields.flatMap((name) => {
      const field = target.fields[name]
      return field && !isRelation(field) && isVisible(field) ? [[name, valueInput(field)]] : []
    })
    if (columns.length < unique.fields.length) return []
    const values = z.strictObject(Object.fromEntries(columns))
    return [unique.fields.length === 1 ? values : z.strictObject({ [unique.name]: values })]
  })
  const [first, ...others] = rows
  return others.length === 0 ? first : z.union([first as ZodType, ...others])
}

/** The body of a new related row: everything but the way back to the row it hangs on. */
export function nestedRow(
  relation: Pick<RelationMeta, 'model' | 'inverse'>,
  depth: number,
): ZodType {
  const target = modelMeta(relation.model)
  const back = target.fields[relation.inverse]
  const given = back && isRelation(back) ? (back.fields ?? []) : []
  const shape: Record<string, ZodType> = {}
  for (const [name, field] of Object.entries(target.fields)) {
    if (name === relation.inverse || given.includes(name) || !isWritable(field)) continue
    if (isRelation(field)) {
      if (!modelMeta(field.model).writable) continue
      shape[name] = z.lazy(() => relationSchema(field, target, 'create', depth + 1)).optional()
    } else {
      shape[name] = isRequired(target, name, field)
        ? columnInput(field)
        : columnInput(field).optional()
    }
  }
  return z.strictObject(shape)
}
