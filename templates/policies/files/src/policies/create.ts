import { isRelation, modelMeta } from '../http/lookup.js'
import type { ModelMeta, RelationMeta } from '../schema/meta.js'
import { tableOf, type Row } from './table.js'
import { attach, isManyToMany, manyToMany, rowsOf } from './links.js'
import { allOf } from './rules.js'
import { checkForeignKeys, fieldRule, linkFields, reach, type Writing } from './writing.js'

/**
 * Creates a row and what is written along with it, each row by the rules of its model.
 * @param back the relation to the row that this one hangs on
 * @returns the fields of `linkFields`
 */
export async function createRow(
  to: Writing,
  meta: ModelMeta,
  data: Row,
  back?: string,
): Promise<Row> {
  const { access } = to
  const rule = access.grants.rows(meta.name, 'create')
  if (rule === false) throw access.grants.refusal(meta.name, 'create')
  const names = Object.keys(data).filter((name) => data[name] !== undefined)
  const fields = fieldRule(access, meta, names, 'create')
  const columns: Row = {}
  const later: [string, RelationMeta, Row][] = []
  for (const name of Object.keys(data)) {
    const field = meta.fields[name]
    const value = data[name]
    if (!field) throw new Error(`${meta.name} has no field ${name}.`)
    if (!isRelation(field)) columns[name] = value
    else if (value === undefined) continue
    else if (field.fields) Object.assign(columns, await owned(to, field, value as Row))
    else if (isManyToMany(field)) columns[name] = await manyToMany(to, field, value as Row)
    else later.push([name, field, value as Row])
  }
  await checkForeignKeys(access, meta, columns, {}, back)
  const row = await tableOf(access, meta.name).create({ data: columns, select: linkFields(meta) })
  for (const [, field, value] of later) await attach(to, field, row, value)
  to.check(meta, row, 'create', allOf(rule, fields))
  return row
}

/** The foreign key that a nested write to a relation of the row's own comes to. */
export async function owned(to: Writing, relation: RelationMeta, write: Row): Promise<Row> {
  const { fields = [], references = [], model } = relation
  if (write['disconnect'] === true) return Object.fromEntries(fields.map((key) => [key, null]))
  const meta = modelMeta(model)
  const [created] = rowsOf(write['create'])
  const [connected] = rowsOf(write['connect'])
  if (!created && !connected)
    throw new Error(`Only connect, create and disconnect are for one user.`)
  const target = created
    ? await createRow(to, meta, created)
    : await reach(to, model, connected as Row)
  return Object.fromEntries(fields.map((key, index) => [key, target[references[index] ?? '']]))
}
