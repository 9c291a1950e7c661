import { isRelation } from '../http/lookup.js'
import { notFound } from '../http/problem.js'
import type { ModelMeta, RelationMeta } from '../schema/meta.js'
import { tableOf, type Row } from './table.js'
import { owned } from './create.js'
import { checkUnique, filterOf } from './filter.js'
import { keyOf, requireIdentity } from './identity.js'
import { attach, isManyToMany, manyToMany } from './links.js'
import { checkForeignKeys, linkFields, requireUpdate, type Writing } from './writing.js'

/**
 * Changes a row and what is written along with it, each row by the rules of its model: before and after the change.
 * @returns the fields of `linkFields`
 * @throws Problem 404 for a row that may not be read, 401 or 403 for one that may not be changed so
 */
export async function updateRow(
  to: Writing,
  meta: ModelMeta,
  unique: object,
  data: Row,
): Promise<Row> {
  const before = await find(to, meta, unique)
  const names = Object.keys(data).filter((name) => data[name] !== undefined)
  await requireUpdate(to, meta, before, names)
  const columns: Row = {}
  const later: [RelationMeta, Row][] = []
  for (const name of names) {
    const field = meta.fields[name]
    if (!field) throw new Error(`${meta.name} has no field ${name}.`)
    const value = data[name]
    if (!isRelation(field)) columns[name] = value
    else if (field.fields) Object.assign(columns, await owned(to, field, value as Row))
    else if (isManyToMany(field)) {
      const linked = linkedTo(meta, field, before)
      columns[name] = await manyToMany(to, field, value as Row, linked)
    } else later.push([field, value as Row])
  }
  await checkForeignKeys(to.access, meta, columns, before)
  const row = await tableOf(to.access, meta.name).update({
    where: keyOf(meta, before),
    data: columns,
    select: linkFields(meta),
  })
  for (const [field, value] of later) await attach(to, field, row, value)
  to.check(meta, row, 'update', to.access.grants.rows(meta.name, 'update'))
  return row
}

async function find({ access }: Writing, meta: ModelMeta, unique: object): Promise<Row> {
  const { grants } = access
  const rule = grants.rows(meta.name, 'read')
  checkUnique(grants, meta, unique)
  const where = { ...unique, AND: [filterOf(meta.name, rule)] }
  const select = linkFields(meta)
  const row = await tableOf(access, meta.name).findUnique({ where, select })
  if (row) return row
  const refusal = grants.refusal(meta.name, 'read')
  throw rule === false && refusal.status === 401 ? refusal : notFound(meta.name)
}

/** Rows at the other end of a many-to-many relation that are connected with a row. */
const linkedTo = (meta: ModelMeta, { inverse }: RelationMeta, row: Row): object => ({
  [inverse]: {
    some: Object.fromEntries(requireIdentity(meta).fields.map((name) => [name, row[name]])),
  },
})
