import { writableFilter } from '../http/keys.js'
import { invalid } from '../http/problem.js'
import type { ModelMeta } from '../schema/meta.js'
import { inTransaction, tableOf, type Access, type Count, type Row } from './table.js'
import { createRow } from './create.js'
import { filterOf, readable } from './filter.js'
import { allowedRows, filtersOfRows, requireIdentity, selecting } from './identity.js'
import { allOf } from './rules.js'
import { checkForeignKeys, fieldRule, owningRelations, writing } from './writing.js'

/** Creates all of these rows or none, each by the rules. */
export async function createBulk(
  access: Access,
  meta: ModelMeta,
  rows: readonly Row[],
): Promise<Count> {
  const { grants } = access
  const rule = grants.rows(meta.name, 'create')
  if (rule === false) throw grants.refusal(meta.name, 'create')
  const names = new Set(rows.flatMap((row) => Object.keys(row)))
  const free = allOf(rule, fieldRule(access, meta, names, 'create')) === true
  const known = owningRelations(meta).every(([, { model }]) => grants.rows(model, 'read') === true)
  if (free && known) return tableOf(access, meta.name).createMany({ data: rows })
  return writing(access, createRow, async (to) => {
    for (const row of rows) await createRow(to, meta, row)
    await to.finish()
    return { count: rows.length }
  })
}

/** Changes the rows that a filter finds and the rules allow, before and after the change. */
export async function updateBulk(
  access: Access,
  meta: ModelMeta,
  where: object | undefined,
  data: Row,
): Promise<Count> {
  const { grants } = access
  const rule = grants.rows(meta.name, 'update')
  if (rule === false) throw grants.refusal(meta.name, 'update')
  const names = Object.keys(data).filter((name) => data[name] !== undefined)
  const allowed = allOf(
    readable(grants, meta.name, where),
    rule,
    fieldRule(access, meta, names, 'update'),
  )
  refusePartOfKey(access, meta, data)
  return inTransaction(access, async (inside) => {
    await checkForeignKeys(inside, meta, data)
    const table = tableOf(inside, meta.name)
    const filter = await writableFilter(table, meta.name, filterOf(meta.name, allowed))
    if (rule === true) return table.updateMany({ where: filter, data })
    const select = selecting(requireIdentity(meta).fields)
    const rows = await table.findMany({ where: filter, select })
    let count = 0
    for (const these of filtersOfRows(meta, rows)) {
      count += (await table.updateMany({ where: { AND: [filter, these] }, data })).count
    }
    const after = rows.map((row) => ({ ...row, ...changed(row, data) }))
    const still = await allowedRows(inside, meta.name, after, rule)
    if (still.size < rows.length) throw grants.refusal(meta.name, 'update', `such a ${meta.name}`)
    return { count }
  })
}

const changed = (row: Row, data: Row): Row =>
  Object.fromEntries(
    Object.entries(data).filter(([name, value]) => name in row && value !== undefined),
  )

/** Which row a part of a foreign key leads to depends on the row it is written to. @throws Problem 400 */
function refusePartOfKey({ grants }: Access, meta: ModelMeta, data: Row): void {
  for (const [name, { model, fields }] of owningRelations(meta)) {
    const given = fields.filter((key) => data[key] !== undefined)
    if (given.length === 0 || given.length === fields.length) continue
    if (grants.rows(model, 'read') === true) continue
    throw invalid(`data.${given[0]}`, `Give all of ${fields.join(', ')}: they lead to ${name}.`)
  }
}
