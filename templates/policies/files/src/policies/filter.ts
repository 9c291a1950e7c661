import { isRelation, modelMeta } from '../http/lookup.js'
import { invalid } from '../http/problem.js'
import { isObject } from '../http/reading.js'
import type { ModelMeta, RelationMeta } from '../schema/meta.js'
import type { Grants } from './grants.js'
import { allOf, type Rule } from './rules.js'

/** A rule as a filter: by a column that is one of no values, for none. */
export function filterOf(model: string, rule: Rule): object {
  if (typeof rule === 'object') return rule
  const never = neverOf(modelMeta(model))
  return rule ? { NOT: never } : never
}

function neverOf({ name, fields, key }: ModelMeta): object {
  const names = [...(key?.fields ?? []), ...Object.keys(fields)]
  const column = names.find((it) => {
    const field = fields[it]
    return field && !isRelation(field) && !field.list && !/Json|Boolean/.test(field.type)
  })
  if (column === undefined) throw new Error(`${name} has no column to find no row by.`)
  return { [column]: { in: [] } }
}

/** Rows that may be read and that a filter finds, as one who sees nothing else would find them. */
export const readable = (grants: Grants, model: string, where: object | undefined): Rule => {
  const rule = grants.rows(model, 'read')
  return where === undefined || rule === false
    ? rule
    : allOf(rule, visibleWhere(grants, modelMeta(model), where, 'where'))
}

/**
 * Rewrites a filter so that rows which may not be read do not count in it.
 * @throws Problem 400 for a field that may not be read in every row
 */
function visibleWhere(grants: Grants, meta: ModelMeta, where: object, path: string): object {
  const conditions = Object.entries(where).flatMap(([name, condition]): object[] => {
    const at = `${path}.${name}`
    if (condition === undefined) return []
    if (name === 'AND' || name === 'OR' || name === 'NOT') {
      const visible = (branch: object): object => visibleWhere(grants, meta, branch, at)
      return [{ [name]: Array.isArray(condition) ? condition.map(visible) : visible(condition) }]
    }
    const field = Object.hasOwn(meta.fields, name) ? meta.fields[name] : undefined
    for (const used of field ? [name] : columnsOfKey(meta, name)) {
      requireReadable(grants, meta, used, at)
    }
    if (!field || !isRelation(field)) return [{ [name]: condition }]
    const visible = field.list ? ofRows : ofRow
    return [visible(grants, meta, name, field, condition, at)]
  })
  return conditions.length > 1 ? { AND: conditions } : (conditions[0] ?? {})
}

/** `a_b` stands for the columns of a key. */
function columnsOfKey(meta: ModelMeta, name: string): readonly string[] {
  const unique = meta.uniques.find((it) => it.name === name)
  if (!unique) throw new Error(`${meta.name} has no field ${name}.`)
  return unique.fields
}

/** Sees to it that one row is found by a key and nothing else. @throws Problem 400 for one that tells too much */
export function checkUnique(grants: Grants, meta: ModelMeta, unique: object): void {
  for (const name of Object.keys(unique)) {
    const columns = name in meta.fields ? [name] : columnsOfKey(meta, name)
    for (const column of columns) requireReadable(grants, meta, column, name)
  }
}

/** @throws Problem 400 for a field that may not be read in every row: its values would show in what is found */
export function requireReadable(grants: Grants, meta: ModelMeta, name: string, path: string): void {
  const field = meta.fields[name]
  const linked = field && isRelation(field) ? linkRule(grants, field) : true
  if (grants.field(meta.name, name, 'read') === true && linked === true) return
  throw invalid(path, `${name} may not be read in every row: it can't be filtered or sorted by.`)
}

/**
 * Rows at the other end of a relation for which it may be seen: a foreign key there, or of a many-to-many relation
 * the field there, that may not be read in a row shows that row here no more than there.
 */
export function linkRule(grants: Grants, { model, inverse, fields }: RelationMeta): Rule {
  return fields ? true : grants.field(model, inverse, 'read')
}

function ofRows(
  grants: Grants,
  meta: ModelMeta,
  name: string,
  { model }: RelationMeta,
  condition: object,
  path: string,
): object {
  const rule = grants.rows(model, 'read')
  const parts = Object.entries(condition).map(([operator, operand]) => {
    const where = visibleWhere(grants, modelMeta(model), operand, `${path}.${operator}`)
    if (operator === 'every' && Object.keys(where).length === 0) return filterOf(meta.name, true)
    if (rule === true) return { [name]: { [operator]: where } }
    const visible = filterOf(model, rule)
    return operator === 'every'
      ? { [name]: { none: { AND: [visible, { NOT: where }] } } }
      : { [name]: { [operator]: { AND: [visible, where] } } }
  })
  return { AND: parts }
}

/** A row that may not be read is none. */
function ofRow(
  grants: Grants,
  meta: ModelMeta,
  name: string,
  { model }: RelationMeta,
  condition: object | null,
  path: string,
): object {
  const rule = grants.rows(model, 'read')
  const there = (operand: unknown, at: string): object => {
    if (rule === false) return filterOf(meta.name, false)
    if (!isObject(operand)) return { [name]: rule === true ? { isNot: null } : { is: rule } }
    return { [name]: { is: allOf(rule, visibleWhere(grants, modelMeta(model), operand, at)) } }
  }
  const operators = isObject(condition) ? Object.entries(condition) : []
  const explicit = operators.length > 0 && operators.every(([it]) => it === 'is' || it === 'isNot')
  if (!explicit) return condition === null ? { NOT: there(null, path) } : there(condition, path)
  const parts = operators.map(([operator, operand]) => {
    const found = there(operand, `${path}.${operator}`)
    return (operator === 'is') === (operand !== null) ? found : { NOT: found }
  })
  return { AND: parts }
}

/**
 * Sees to it that an order tells nothing of what may not be read.
 * @throws Problem 400 naming the path
 */
export function checkOrder(
  grants: Grants,
  meta: ModelMeta,
  order: unknown,
  path = 'orderBy',
): void {
  if (Array.isArray(order)) return order.forEach((key) => checkOrder(grants, meta, key, path))
  if (!isObject(order)) return
  for (const [name, key] of Object.entries(order)) {
    const at = `${path}.${name}`
    const field = Object.hasOwn(meta.fields, name) ? meta.fields[name] : undefined
    if (!field) throw invalid(at, "Can't be sorted by.")
    requireReadable(grants, meta, name, at)
    if (!isRelation(field)) continue
    if (grants.rows(field.model, 'read') !== true) {
      throw invalid(at, `Not every ${field.model} may be read: it can't be sorted by.`)
    }
    if (!field.list) checkOrder(grants, modelMeta(field.model), key, at)
  }
}
