import { Prisma } from '../generated/prisma/client.js'
import type { ModelMeta, RelationMeta } from '../schema/meta.js'
import { MAX_NESTED_ROWS } from './limits.js'
import { isRelation, isVisible, modelMeta, type ColumnMeta } from './lookup.js'
import { invalid } from './problem.js'
import { isObject } from './reading.js'

export { relationInput } from './relation-input.js'

type Mode = 'create' | 'update' | 'replace'
type Data = Record<string, unknown>

/**
 * Brings validated input into one of Prisma's two forms. Without a nested write to a relation that holds
 * its foreign key here, foreign keys stay columns; with one, the other foreign keys become `connect`.
 * `replace` sets what is left out to null where null is allowed; other columns keep their value.
 * @param path where the input stands in the body, for messages
 * @throws Problem 400 for a foreign key given twice, in part or, in a create, not at all, and for too many nested rows
 */
export function writeData<T>(model: string, input: object, mode: Mode, path = ''): T {
  if (nestedRows(modelMeta(model), input as Data) > MAX_NESTED_ROWS)
    throw invalid(path, `More than ${MAX_NESTED_ROWS} rows in nested writes.`)
  return normalise(modelMeta(model), input as Data, mode, path === '' ? '' : `${path}.`) as T
}

/** Each is a statement or more of its own. */
function nestedRows(meta: ModelMeta, input: Data): number {
  let count = 0
  for (const [name, value] of Object.entries(input)) {
    const field = Object.hasOwn(meta.fields, name) ? meta.fields[name] : undefined
    if (!field || !isRelation(field) || !isObject(value)) continue
    for (const [action, rows] of Object.entries(value)) {
      const all = [rows].flat()
      count += all.length
      if (action !== 'create') continue
      for (const row of all) count += nestedRows(modelMeta(field.model), row as Data)
    }
  }
  return count
}

/** @param back the relation that leads back to the row this one hangs on; Prisma fills it in */
function normalise(meta: ModelMeta, input: Data, mode: Mode, path: string, back?: string): Data {
  const data = leftOut(meta, input, mode)
  for (const [name, value] of Object.entries(input)) {
    if (value === undefined) continue
    const field = Object.hasOwn(meta.fields, name) ? meta.fields[name] : undefined
    if (!field) throw invalid(path + name, 'Unknown field.')
    data[name] = isRelation(field)
      ? nested(field, value, `${path}${name}`)
      : value === null
        ? nullOf(field)
        : value
  }
  for (const [name, relation] of owningRelations(meta)) {
    if (name !== back) checkKey(meta, name, relation, data, mode, path, back)
  }
  return isNestedForm(meta, data) ? toNestedForm(meta, data, mode, path) : data
}

/** What columns hold that the input leaves out. */
function leftOut(meta: ModelMeta, input: Data, mode: Mode): Data {
  if (mode === 'create') return emptyLists(meta)
  return mode === 'replace' ? emptied(meta, input) : {}
}

/** Nullable columns that the caller can see and did not give; one he can't see is not his to clear. */
function emptied(meta: ModelMeta, input: Data): Data {
  const data: Data = {}
  for (const [name, field] of Object.entries(meta.fields)) {
    if (isRelation(field) || !field.nullable || field.readonly || field.immutable) continue
    const given = owningRelations(meta).some(
      ([relation, { fields }]) => input[relation] !== undefined && fields.includes(name),
    )
    if (isVisible(field) && !given) data[name] = nullOf(field)
  }
  return data
}

/** Prisma stores null for a list that is left out: no filter would find it empty. */
const emptyLists = (meta: ModelMeta): Data =>
  Object.fromEntries(
    Object.entries(meta.fields).flatMap(([name, field]) =>
      !isRelation(field) && field.list && !field.hasDefault ? [[name, []]] : [],
    ),
  )

/** Json knows two nulls: of the column where it may be null, else the JSON value. */
function nullOf(field: ColumnMeta): unknown {
  if (field.type !== 'Json') return null
  return field.nullable ? Prisma.DbNull : Prisma.JsonNull
}

/** Only the rows that a nested write creates need to be brought into form. */
function nested(relation: RelationMeta, value: unknown, path: string): unknown {
  if (!isObject(value) || value['create'] === undefined) return value
  const target = modelMeta(relation.model)
  const create = (row: unknown, at: string) =>
    normalise(target, row as Data, 'create', `${at}.`, relation.inverse)
  const rows = value['create']
  return {
    ...value,
    create: Array.isArray(rows)
      ? alike(
          target,
          rows.map((row, index) => create(row, `${path}.create.${index}`)),
          `${path}.create`,
        )
      : create(rows, `${path}.create`),
  }
}

/** Prisma takes one of its two forms for all rows of a list. */
function alike(meta: ModelMeta, rows: readonly Data[], path: string): readonly Data[] {
  if (!rows.some((row) => isNestedForm(meta, row))) return rows
  return rows.map((row, index) => toNestedForm(meta, row, 'create', `${path}.${index}.`))
}

type OwningRelation = RelationMeta & { readonly fields: readonly string[] }

const owningRelations = (meta: ModelMeta): [string, OwningRelation][] =>
  Object.entries(meta.fields).filter(
    (entry): entry is [string, OwningRelation] =>
      isRelation(entry[1]) && entry[1].fields !== undefined,
  )

function checkKey(
  meta: ModelMeta,
  name: string,
  relation: OwningRelation,
  data: Data,
  mode: Mode,
  path: string,
  back: string | undefined,
): void {
  if (data[name] !== undefined) {
    const field = relation.fields.find((key) => data[key] !== undefined)
    if (field !== undefined) throw invalid(path + field, `Give ${field} or ${name}, not both.`)
    return
  }
  if (mode === 'update' || relation.nullable) return
  const backField = back === undefined ? undefined : meta.fields[back]
  const filledIn = backField && isRelation(backField) ? (backField.fields ?? []) : []
  for (const key of relation.fields) {
    const field = meta.fields[key]
    const needed = field && !isRelation(field) && !field.optional && !filledIn.includes(key)
    const kept = mode === 'replace' && field && !isRelation(field) && field.immutable
    if (needed && !kept && data[key] === undefined) {
      throw invalid(path + key, `Give ${key} or ${name}.`)
    }
  }
}

const isNestedForm = (meta: ModelMeta, data: Data): boolean =>
  owningRelations(meta).some(([name]) => data[name] !== undefined)

/** Prisma takes foreign keys as columns or as nested writes, never both in one input. */
function toNestedForm(meta: ModelMeta, data: Data, mode: Mode, path: string): Data {
  const owning = owningRelations(meta)
  const result = { ...data }
  const keys = new Set(owning.flatMap(([, { fields }]) => fields))
  for (const key of keys) delete result[key]
  const used = new Set<string>()
  for (const [name, relation] of owning) {
    const given = relation.fields.filter((key) => data[key] !== undefined)
    if (data[name] !== undefined || given.length === 0) continue
    const write = connectBy(relation, data, mode)
    if (write === undefined) continue
    if (write) result[name] = write
    for (const key of given) used.add(key)
  }
  for (const key of keys) {
    if (data[key] !== undefined && !used.has(key)) {
      throw invalid(path + key, 'Beside a nested write give this relation as a nested write too.')
    }
  }
  return result
}

/** The nested write that says the same as the foreign key; null for nothing to do, undefined for none. */
function connectBy(relation: OwningRelation, data: Data, mode: Mode): object | null | undefined {
  const values = relation.fields.map((key) => data[key])
  if (values.every((value) => value === null))
    return mode === 'create' ? null : { disconnect: true }
  if (values.some((value) => value === null || value === undefined)) return undefined
  const references = relation.references ?? []
  const unique = modelMeta(relation.model).uniques.find(
    ({ fields }) =>
      fields.length === references.length && references.every((name) => fields.includes(name)),
  )
  if (!unique) return undefined
  const row = Object.fromEntries(references.map((name, index) => [name, values[index]]))
  return { connect: references.length === 1 ? row : { [unique.name]: row } }
}
