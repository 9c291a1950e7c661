import { isRelation, modelMeta } from '../http/lookup.js'
import { Problem } from '../http/problem.js'
import type { ModelMeta, RelationMeta } from '../schema/meta.js'
import { tableOf, type Row } from './table.js'
import { filterOf } from './filter.js'
import { keyOf, keyText } from './identity.js'
import { linkFields, reach, requireUpdate, type Writing } from './writing.js'

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
 * Nested writes to a many-to-many relation: both ends change. Rows that may not be read stay as they are.
 * @param linked a filter for the rows that are connected already
 * @returns what Prisma is to do
 */
export async function manyToMany(
  to: Writing,
  relation: RelationMeta,
  write: Row,
  linked?: object,
): Promise<Row> {
  checkActions(write)
  const meta = modelMeta(relation.model)
  const change = async (rows: readonly Row[]): Promise<Row[]> => {
    for (const row of rows) await requireUpdate(to, meta, row, [relation.inverse])
    return rows.map((row) => keyOf(meta, row))
  }
  const created: Row[] = []
  for (const row of rowsOf(write['create'])) created.push(await to.create(meta, row))
  const set = write['set'] === undefined ? undefined : await reachAll(to, meta, write['set'])
  const connected = [...(await reachAll(to, meta, write['connect'])), ...(set ?? [])]
  const cut = linked ? await cutOff(to, meta, linked, write['disconnect'], set) : []
  return {
    connect: [...created.map((row) => keyOf(meta, row)), ...(await change(connected))],
    ...(cut.length === 0 ? {} : { disconnect: await change(cut) }),
  }
}

const reachAll = async (to: Writing, meta: ModelMeta, value: unknown): Promise<Row[]> => {
  const rows: Row[] = []
  for (const unique of rowsOf(value)) rows.push(await reach(to, meta.name, unique))
  return rows
}

/** Connected rows that may be read and are to be so no more. */
async function cutOff(
  { access }: Writing,
  meta: ModelMeta,
  linked: object,
  disconnect: unknown,
  set: readonly Row[] | undefined,
): Promise<Row[]> {
  if (disconnect === undefined && set === undefined) return []
  const named = rowsOf(disconnect)
  const visible = filterOf(meta.name, access.grants.rows(meta.name, 'read'))
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

/** Nested writes to rows that hold a foreign key to this one: they are what changes. */
export async function attach(
  to: Writing,
  relation: RelationMeta,
  parent: Row,
  write: Row,
): Promise<void> {
  checkActions(write)
  const meta = modelMeta(relation.model)
  const inverse = inverseOf(relation)
  const { fields = [], references = [] } = inverse
  const link = Object.fromEntries(
    fields.map((key, index) => [key, parent[references[index] ?? '']]),
  )
  const set = write['set'] === undefined ? undefined : await reachAll(to, meta, write['set'])
  const connected = [...(await reachAll(to, meta, write['connect'])), ...(set ?? [])]
  const replaced = relation.list ? [] : await displaced(to, meta, link, write, connected)
  for (const row of [...replaced, ...(await cutOff(to, meta, link, write['disconnect'], set))]) {
    await relink(to, meta, row, unlinking(meta, inverse), relation.inverse)
  }
  for (const row of connected) await relink(to, meta, row, link, relation.inverse)
  for (const row of rowsOf(write['create'])) {
    await to.create(meta, { ...row, ...link }, relation.inverse)
  }
}

/** The one row there is room for, when another takes its place. @throws Problem 403 where it may not be moved */
async function displaced(
  { access }: Writing,
  meta: ModelMeta,
  link: Row,
  write: Row,
  connected: readonly Row[],
): Promise<Row[]> {
  if (write['create'] === undefined && connected.length === 0) return []
  const [row] = await tableOf(access, meta.name).findMany({ where: link, select: linkFields(meta) })
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

async function relink(
  to: Writing,
  meta: ModelMeta,
  row: Row,
  link: Row,
  relation: string,
): Promise<void> {
  const { access } = to
  await requireUpdate(to, meta, row, [relation])
  const written = await tableOf(access, meta.name).update({
    where: keyOf(meta, row),
    data: link,
    select: linkFields(meta),
  })
  to.check(meta, written, 'update', access.grants.rows(meta.name, 'update'))
}
