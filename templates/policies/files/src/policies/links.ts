import { isRelation, modelMeta } from '../http/lookup.js'
import { Problem } from '../http/problem.js'
import type { ModelMeta, RelationMeta } from '../schema/meta.js'
import { checkForeignKeys, linkFields } from './foreign-keys.js'
import { filterOf, linkRule } from './filter.js'
import { keyOf, keyText, requireIdentity } from './identity.js'
import { change, reach, type Plan } from './plan.js'
import { allOf } from './rules.js'
import type { Ends, Link, Step } from './steps.js'
import { tableOf, type Access, type Row } from './table.js'

const ACTIONS = new Set(['connect', 'create', 'disconnect', 'set'])

/** The rows that an action names. */
export const rowsOf = (value: unknown): Row[] =>
  value === undefined || value === true ? [] : ([value].flat() as Row[])

const inverseOf = ({ model, inverse }: RelationMeta): RelationMeta => {
  const field = modelMeta(model).fields[inverse]
  if (!field || !isRelation(field)) throw new Error(`${model}.${inverse} is no relation.`)
  return field
}

/** No side holds a foreign key: the database keeps a table for it. */
export const isManyToMany = (relation: RelationMeta): boolean =>
  !relation.fields && !inverseOf(relation).fields

/** @throws Error for an action that no rule is checked for */
function checkActions(write: Row): void {
  const other = Object.keys(write).find((name) => !ACTIONS.has(name))
  if (other !== undefined) throw new Error(`A nested ${other} passes the policies by.`)
}

/**
 * Plans nested writes to a many-to-many relation: both ends change. Rows that may not be read stay as they are.
 * @throws Problem 401, 403 or 409
 */
export async function manyToMany(
  plan: Plan,
  { before, meta: own }: Step,
  relation: RelationMeta,
  write: Row,
): Promise<Ends> {
  checkActions(write)
  const meta = modelMeta(relation.model)
  const create: Step[] = []
  for (const row of rowsOf(write['create'])) create.push(await plan.create(plan, meta, row))
  const { connect, set } = await reached(plan, meta, write)
  const linked = before && linkedTo(own, relation, before)
  const disconnect = linked
    ? await cutOff(plan.access, relation, linked, write['disconnect'], set)
    : []
  for (const row of [...connect, ...disconnect]) await change(plan, meta, row, [relation.inverse])
  return { meta, connect, create, disconnect }
}

/** Rows at the other end of a many-to-many relation that are connected with a row. */
const linkedTo = (meta: ModelMeta, { inverse }: RelationMeta, row: Row): object => ({
  [inverse]: {
    some: Object.fromEntries(requireIdentity(meta).fields.map((name) => [name, row[name]])),
  },
})

/** The rows that are to be connected, and those among them that are to be the only ones. */
async function reached(
  plan: Plan,
  meta: ModelMeta,
  write: Row,
): Promise<{ readonly connect: Row[]; readonly set: Row[] | undefined }> {
  const all = async (value: unknown): Promise<Row[]> => {
    const rows: Row[] = []
    for (const unique of rowsOf(value)) rows.push(await reach(plan, meta.name, unique))
    return rows
  }
  const set = write['set'] === undefined ? undefined : await all(write['set'])
  return { connect: [...(await all(write['connect'])), ...(set ?? [])], set }
}

/** Connected rows that are to be so no more, where they may be read and so may that they are connected. */
async function cutOff(
  access: Access,
  relation: RelationMeta,
  linked: object,
  disconnect: unknown,
  set: readonly Row[] | undefined,
): Promise<Row[]> {
  if (disconnect === undefined && set === undefined) return []
  const named = rowsOf(disconnect)
  const meta = modelMeta(relation.model)
  const rule = allOf(access.grants.rows(meta.name, 'read'), linkRule(access.grants, relation))
  const visible = filterOf(meta.name, rule)
  const some = set || disconnect === true ? [] : [{ OR: named.map((row) => flat(meta, row)) }]
  if (!set && disconnect !== true && named.length === 0) return []
  const rows = await tableOf(access, meta.name).findMany({
    where: { AND: [linked, visible, ...some] },
    select: linkFields(meta),
  })
  const kept = new Set((set ?? []).map((row) => keyText(meta, row)))
  return rows.filter((row) => !kept.has(keyText(meta, row)))
}

/** `{ a_b: { a, b } }` as a filter. */
function flat(meta: ModelMeta, unique: Row): Row {
  const [name] = Object.keys(unique)
  return name !== undefined && !(name in meta.fields) ? (unique[name] as Row) : unique
}

/**
 * Plans nested writes to rows that hold a foreign key to this one: they are what changes.
 * @throws Problem 401, 403 or 409
 */
export async function attach(
  plan: Plan,
  parent: Step,
  relation: RelationMeta,
  write: Row,
): Promise<void> {
  checkActions(write)
  const { access } = plan
  const meta = modelMeta(relation.model)
  const inverse = inverseOf(relation)
  const { fields = [], references = [] } = inverse
  const link: Link = { fields, references, to: parent }
  const { connect, set } = await reached(plan, meta, write)
  const room: Step[] = []
  if (parent.before) {
    const held = heldBy(link, parent.before)
    const cut = await cutOff(access, relation, held, write['disconnect'], set)
    const makesRoom = !relation.list && (write['create'] !== undefined || connect.length > 0)
    const replaced = makesRoom ? await displaced(access, meta, held, connect) : []
    for (const row of [...replaced, ...cut]) {
      const step = await change(plan, meta, row, [relation.inverse])
      Object.assign(step.columns, unlinking(meta, inverse))
      if (replaced.includes(row)) room.push(step)
    }
  }
  for (const row of connect) {
    const step = await change(plan, meta, row, [relation.inverse])
    step.links.push(link)
    step.room.push(...room)
    const open = await checkForeignKeys(access, meta, {}, row, fields, [relation.inverse])
    step.reaches.push(...open)
  }
  for (const row of rowsOf(write['create'])) {
    const step = await plan.create(plan, meta, row, { relation: relation.inverse, link })
    step.room.push(...room)
  }
}

/** A filter for the rows whose foreign key leads to a row. */
const heldBy = ({ fields, references }: Link, row: Row): Row =>
  Object.fromEntries(fields.map((key, index) => [key, row[references[index] ?? '']]))

/** The one row there is room for, when another takes its place. @throws Problem 403 where it may not be moved */
async function displaced(
  access: Access,
  meta: ModelMeta,
  held: Row,
  connected: readonly Row[],
): Promise<Row[]> {
  const [row] = await tableOf(access, meta.name).findMany({ where: held, select: linkFields(meta) })
  if (!row || connected.some((other) => keyText(meta, other) === keyText(meta, row))) return []
  const readable = access.grants.rows(meta.name, 'read')
  const where = { ...keyOf(meta, row), AND: [filterOf(meta.name, readable)] }
  if (await tableOf(access, meta.name).findUnique({ where })) return [row]
  throw access.grants.refusal(meta.name, 'update')
}

function unlinking(meta: ModelMeta, { fields = [] }: RelationMeta): Row {
  const required = fields.every((key) => {
    const field = meta.fields[key]
    return !field || isRelation(field) || !field.nullable
  })
  if (required) {
    throw new Problem(409, 'relation_conflict', {
      detail: 'The change would break a required relation.',
    })
  }
  return Object.fromEntries(fields.map((key) => [key, null]))
}
