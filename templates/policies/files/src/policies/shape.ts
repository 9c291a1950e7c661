import { isRelation, isVisible, modelMeta } from '../http/lookup.js'
import { isObject } from '../http/reading.js'
import type { ModelMeta, RelationMeta } from '../schema/meta.js'
import type { Access, Row } from './table.js'
import { checkOrder, filterOf, readable } from './filter.js'
import type { Grants } from './grants.js'
import { allowedRows, identityOf, keyText } from './identity.js'

/** What an answer holds. */
export interface Selection {
  readonly select?: object
  readonly include?: object
  readonly omit?: object
}

/** A selection that reads nothing which may not be read, and what is to be taken out of its rows afterwards. */
export interface Shape {
  readonly args: Selection
  /** Takes out of the rows what could not be left out by a filter. */
  settle(access: Access, rows: readonly Row[]): Promise<void>
}

interface Related {
  readonly name: string
  readonly relation: RelationMeta
  readonly shape: Shape
}

/**
 * Rewrites a selection: lists get a filter; a related row or a field that only some may read is read along with
 * what tells its row apart, so that it can be asked for which rows it may stay.
 * @param identified whether the rows must be told apart afterwards
 */
export function shapeOf(
  grants: Grants,
  meta: ModelMeta,
  selection: Selection,
  identified = false,
): Shape {
  const { select, include } = selection
  const related: Related[] = []
  const args: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(select ?? include ?? {})) {
    if (value === false || value === undefined) continue
    const field = Object.hasOwn(meta.fields, name) ? meta.fields[name] : undefined
    if (name === '_count' && !field) args[name] = countArgs(grants, meta, value)
    else if (!field) throw new Error(`${meta.name} has no field ${name}.`)
    else if (!isRelation(field)) args[name] = true
    else {
      const [nested, shape] = relationArgs(grants, field, value)
      args[name] = nested
      related.push({ name, relation: field, shape })
    }
  }
  const isRead = (name: string): boolean => {
    const field = meta.fields[name]
    return field && (select || isRelation(field)) ? name in args : true
  }
  const guarded = grants
    .guarded(meta.name)
    .filter((name) => isRead(name) && grants.field(meta.name, name, 'read') !== true)
  const extra = identified || guarded.length > 0 ? unread(meta, select ? args : undefined) : []
  return {
    args: argsOf(selection, args, extra),
    async settle(access, rows) {
      if (rows.length === 0) return
      for (const name of guarded) await takeOut(access, meta, rows, name)
      for (const one of related) await settleRelated(access, rows, one)
      for (const name of extra) for (const row of rows) delete row[name]
    },
  }
}

/** Columns that tell a row apart and would not be read. */
function unread(meta: ModelMeta, selected: object | undefined): readonly string[] {
  return (identityOf(meta)?.fields ?? []).filter((name) => {
    const field = meta.fields[name]
    if (selected) return !(name in selected)
    return field !== undefined && !isVisible(field)
  })
}

function argsOf({ select, include, omit }: Selection, args: object, extra: readonly string[]) {
  const more = Object.fromEntries(extra.map((name) => [name, true]))
  if (select) return { select: { ...args, ...more } }
  const shown = Object.fromEntries(extra.map((name) => [name, false]))
  return {
    ...(include && Object.keys(args).length > 0 ? { include: args } : {}),
    ...(omit || extra.length > 0 ? { omit: { ...omit, ...shown } } : {}),
  }
}

function relationArgs(grants: Grants, field: RelationMeta, value: unknown): [unknown, Shape] {
  const meta = modelMeta(field.model)
  const { where, orderBy, select, include, omit, ...page } = isObject(value)
    ? (value as Selection & { where?: object; orderBy?: unknown })
    : {}
  checkOrder(grants, meta, orderBy)
  const rule = readable(grants, field.model, where)
  const one = !field.list && rule !== true
  const shape = shapeOf(
    grants,
    meta,
    { ...(select && { select }), ...(include && { include }), ...(omit && { omit }) },
    one,
  )
  const args = {
    ...page,
    ...shape.args,
    ...(orderBy === undefined ? {} : { orderBy }),
    ...(field.list && rule !== true ? { where: filterOf(field.model, rule) } : {}),
  }
  return [Object.keys(args).length === 0 ? true : args, shape]
}

/** Only rows that may be read are counted. */
function countArgs(grants: Grants, meta: ModelMeta, value: unknown): object {
  const select = isObject(value) && isObject(value['select']) ? value['select'] : undefined
  if (!select) throw new Error('Name the relations to count: _count: { select: { … } }.')
  const entries = Object.entries(select).map(([name, counted]) => {
    const field = meta.fields[name]
    if (!field || !isRelation(field)) throw new Error(`${meta.name} has no relation ${name}.`)
    if (grants.field(meta.name, name, 'read') !== true)
      throw grants.refusal(meta.name, 'read', `${name} of every ${meta.name}`)
    const where = isObject(counted) ? (counted['where'] as object | undefined) : undefined
    const rule = readable(grants, field.model, where)
    return [name, { where: filterOf(field.model, rule) }]
  })
  return { select: Object.fromEntries(entries) }
}

/** Leaves a field out of the rows in which it may not be read. */
async function takeOut(
  access: Access,
  meta: ModelMeta,
  rows: readonly Row[],
  name: string,
): Promise<void> {
  const rule = access.grants.field(meta.name, name, 'read')
  const allowed = await allowedRows(access, meta.name, rows, rule)
  for (const row of rows) if (!allowed.has(keyText(meta, row))) delete row[name]
}

/** A related row that may not be read is none; where there must be one, it is left out. */
async function settleRelated(
  access: Access,
  rows: readonly Row[],
  { name, relation, shape }: Related,
): Promise<void> {
  const meta = modelMeta(relation.model)
  if (relation.list) {
    return shape.settle(
      access,
      rows.flatMap((row) => (row[name] ?? []) as Row[]),
    )
  }
  const rule = access.grants.rows(relation.model, 'read')
  const there = rows.filter((row) => row[name])
  const related = there.map((row) => row[name] as Row)
  if (rule !== true) {
    const allowed = await allowedRows(access, relation.model, related, rule)
    for (const row of there) {
      if (allowed.has(identityOf(meta) ? keyText(meta, row[name] as Row) : '')) continue
      if (relation.nullable) row[name] = null
      else delete row[name]
    }
  }
  await shape.settle(
    access,
    there.flatMap((row) => (row[name] ? [row[name] as Row] : [])),
  )
}
