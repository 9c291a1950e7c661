import type { RelationField } from '../../src/schema/model.js'
import { owning } from '../policies/change.js'
import type { Row } from '../policies/scene.js'
import { keyValues } from './ask.js'
import { Refused, type Draft } from './draft.js'
import { keyOf, type RandomOracle } from './world.js'

/** @throws Refused for one that is not there, or may not be seen */
export function visible({ before }: Draft, model: string, key: Row): Row {
  const wanted = keyOf(before.model(model), key)
  const row = before.visible(model).find((it) => keyOf(before.model(model), it) === wanted)
  if (!row) throw new Refused(`${model} ${wanted} is not seen`)
  return row
}

/** Writing a foreign key is writing its relation, and the other way round. */
export function writtenFields(
  before: RandomOracle,
  model: string,
  names: readonly string[],
): string[] {
  const more = owning(before, model).flatMap(({ name, fields }) => {
    if (fields.some((key) => names.includes(key))) return [name]
    return names.includes(name) ? fields : []
  })
  return [...names, ...more]
}

/** Nobody writes what nobody may read. @throws Refused */
export function refuseHidden(before: RandomOracle, model: string, data: Row): void {
  const hidden = before
    .model(model)
    .fields.find(({ name, annotations }) => annotations.hidden && name in data)
  if (hidden) throw new Refused(`${model}.${hidden.name} is hidden`)
}

type Split = { readonly columns: Row; readonly later: readonly (readonly [RelationField, Row])[] }

/** The columns of a row, foreign keys of what is connected among them, and what is to be done at other rows. */
function split(to: Draft, model: string, data: Row): Split {
  refuseHidden(to.before, model, data)
  const columns: Record<string, unknown> = {}
  const later: [RelationField, Row][] = []
  for (const [name, value] of Object.entries(data)) {
    const field = to.before.model(model).fields.find((it) => it.name === name)!
    if (field.kind !== 'relation') columns[name] = value
    else if (field.owning) Object.assign(columns, foreignKey(to, field, value as Row))
    else later.push([field, value as Row])
  }
  return { columns, later }
}

function foreignKey(to: Draft, field: RelationField, write: Row): Row {
  const { fields, references, type } = field
  if (write['disconnect'] === true) return Object.fromEntries(fields.map((name) => [name, null]))
  const [created] = listOf(write['create'])
  const target = created ? createRow(to, type, created) : reach(to, type, write['connect'])
  return Object.fromEntries(fields.map((name, index) => [name, target[references[index]!]]))
}

/** @param link the foreign key to the row that this one hangs on */
export function createRow(to: Draft, model: string, data: Row, link: Row = {}): Row {
  const { columns, later } = split(to, model, data)
  const given = { ...columns, ...link }
  const row = { ...presets(to.before, model), ...given }
  checkForeignKeys(to, model, row, {}, Object.keys(link))
  to.create(
    model,
    row,
    writtenFields(to.before, model, [...Object.keys(data), ...Object.keys(link)]),
  )
  for (const [field, write] of later) relate(to, model, row, field, write)
  return row
}

/** A row before anything is written to it. */
const presets = (before: RandomOracle, model: string): Row =>
  Object.fromEntries(
    before.model(model).fields.flatMap((field) => {
      if (field.kind === 'relation') return []
      const value = field.default?.kind === 'literal' ? field.default.value : null
      return [[field.name, value]]
    }),
  )

export function updateRow(to: Draft, model: string, row: Row, data: Row): void {
  const { columns, later } = split(to, model, data)
  checkForeignKeys(to, model, { ...row, ...columns }, row)
  to.update(model, row, writtenFields(to.before, model, Object.keys(data)), columns, true).named =
    true
  const now = { ...row, ...columns }
  for (const [field, write] of later) relate(to, model, now, field, write)
}

/** Writing a foreign key is connecting a row. @throws Refused for one that may not be seen */
function checkForeignKeys(
  to: Draft,
  model: string,
  row: Row,
  earlier: Row,
  known: readonly string[] = [],
): void {
  for (const { type, fields, references } of owning(to.before, model)) {
    if (fields.every((name) => row[name] === earlier[name] || known.includes(name))) continue
    if (fields.some((name) => row[name] === null)) continue
    const isTarget = (other: Row): boolean =>
      fields.every((name, index) => row[name] === other[references[index]!])
    const isNew = [...to.changes.values()].some(
      (change) =>
        change.model === type && change.before === null && isTarget(to.at(type, change.key)!),
    )
    if (isNew || to.before.visible(type).some(isTarget)) continue
    throw new Refused(`${model}.${fields.join(', ')} leads to no ${type} that is seen`)
  }
}

function relate(to: Draft, model: string, row: Row, field: RelationField, write: Row): void {
  if (field.cardinality === 'many-to-many') manyToMany(to, model, row, field, write)
  else attach(to, row, field, write)
}

function manyToMany(to: Draft, model: string, row: Row, field: RelationField, write: Row): void {
  const { type, inverse, relationName } = field
  const end = to.before.ends.get(`${model}.${field.name}`)!
  const linkTo = (other: Row): Row =>
    end === 'from' ? { from: row['id'], to: other['id'] } : { from: other['id'], to: row['id'] }
  const change = (other: Row, connected: boolean): void => {
    const asked = to.isLinked(relationName, linkTo(other)) !== connected
    to.update(type, other, [inverse], {}, asked)
    to.link(relationName, linkTo(other), connected)
  }
  const linked = to.before.related(model, row, field.name)
  checkLinked(to, linked, to.before.in(to.world).related(model, row, field.name), write)
  for (const data of listOf(write['create']))
    to.link(relationName, linkTo(createRow(to, type, data)), true)
  const set = write['set'] === undefined ? null : reachAll(to, type, write['set'])
  for (const other of [...reachAll(to, type, write['connect']), ...(set ?? [])]) change(other, true)
  for (const other of cutOff(to, type, linked, write, set)) change(other, false)
}

/** Rows that hold a foreign key to this one are what changes. */
function attach(to: Draft, row: Row, field: RelationField, write: Row): void {
  const { type, list } = field
  const { name, fields, references } = to.before.inverse(field)
  const link = Object.fromEntries(fields.map((key, index) => [key, row[references[index]!]]))
  const isLinked = (other: Row): boolean =>
    fields.every((key) => link[key] !== null && other[key] === link[key])
  const linked = to.before.rows(type).filter(isLinked)
  checkLinked(to, linked, to.world[type]!.filter(isLinked), write)
  const set = write['set'] === undefined ? null : reachAll(to, type, write['set'])
  const connected = [...reachAll(to, type, write['connect']), ...(set ?? [])]
  const cut = cutOff(to, type, linked, write, set)
  // There is room for one.
  const replaced = !list && (connected.length > 0 || write['create'] !== undefined) ? linked : []
  for (const other of replaced) if (!connected.includes(other)) cut.push(visible(to, type, other))
  for (const other of cut) {
    if (isRequired(to, type, fields)) throw new Refused(`${type}.${name} is required`)
    to.update(
      type,
      other,
      [name, ...fields],
      Object.fromEntries(fields.map((key) => [key, null])),
      true,
    )
  }
  for (const other of connected)
    to.update(type, other, [name, ...fields], link, !linked.includes(other))
  for (const data of listOf(write['create'])) createRow(to, type, data, link)
}

/** What is connected by other parts of the request may be cut off by this one, or not. */
function checkLinked(to: Draft, before: readonly Row[], now: readonly Row[], write: Row): void {
  if (Object.keys(write).every((action) => action === 'create' || action === 'connect')) return
  if (before.length !== now.length || now.some((row) => !before.includes(row))) to.unclear = true
}

const isRequired = ({ before }: Draft, model: string, keys: readonly string[]): boolean =>
  before.model(model).fields.some((field) => keys.includes(field.name) && field.required)

/** Connected rows that are seen and are to be so no more. */
function cutOff(
  to: Draft,
  model: string,
  linked: readonly Row[],
  write: Row,
  set: readonly Row[] | null,
): Row[] {
  const seen = to.before.visible(model).filter((row) => linked.includes(row))
  if (set !== null) return seen.filter((row) => !set.includes(row))
  if (write['disconnect'] === true) return seen
  const { before } = to
  const target = before.model(model)
  const named = new Set(
    listOf(write['disconnect']).map((it) => keyOf(target, keyValues(target, it))),
  )
  return seen.filter((row) => named.has(keyOf(target, row)))
}

const reach = (to: Draft, model: string, unique: unknown): Row =>
  visible(to, model, keyValues(to.before.model(model), unique as Row))

const reachAll = (to: Draft, model: string, value: unknown): Row[] =>
  listOf(value).map((unique) => reach(to, model, unique))

const listOf = (value: unknown): readonly Row[] =>
  value === undefined || value === true ? [] : ([value].flat() as Row[])
