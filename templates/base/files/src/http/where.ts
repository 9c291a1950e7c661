import type { ModelMeta, RelationMeta } from '../schema/meta.js'
import { OWN_ROWS, RELATION_COST, rowsOf, type Budget } from './cost.js'
import { MAX_CONDITIONS, MAX_DEPTH } from './limits.js'
import { isRelation, modelMeta, visibleField } from './lookup.js'
import { readColumn } from './operators.js'
import { invalid } from './problem.js'
import { allOf, isNull, isObject, membersOf, pay, spend, type Reading } from './reading.js'

/**
 * Reads a filter. Every name in it is looked up in schema/models.ts, through every relation it crosses;
 * nothing of the request reaches Prisma under a name that was not found there.
 * @param fromText true when it came by query string
 * @param budget of the request
 * @throws Problem 400 naming the full path of what is unknown, hidden, malformed, empty or costs too much
 */
export function parseWhere(
  model: string,
  value: unknown,
  fromText: boolean,
  budget: Budget,
): object {
  const conditions = { left: MAX_CONDITIONS }
  const reading = { text: fromText, conditions, budget, rows: OWN_ROWS }
  return readNode(modelMeta(model), value, 'where', 0, reading)
}

function readNode(
  meta: ModelMeta,
  value: unknown,
  path: string,
  depth: number,
  reading: Reading,
): object {
  return allOf(
    membersOf(value, path).map(([name, condition]) => {
      const at = `${path}.${name}`
      spend(reading, at)
      return name === 'AND' || name === 'OR' || name === 'NOT'
        ? { [name]: readBranches(meta, condition, at, depth, reading) }
        : readField(meta, name, condition, at, depth, reading)
    }),
  )
}

function readBranches(
  meta: ModelMeta,
  value: unknown,
  path: string,
  depth: number,
  reading: Reading,
): object[] {
  if (!Array.isArray(value)) return [readNode(meta, value, path, depth, reading)]
  if (value.length === 0) throw invalid(path, 'Expected at least one condition.')
  return value.map((branch, index) => readNode(meta, branch, `${path}.${index}`, depth, reading))
}

function readField(
  meta: ModelMeta,
  name: string,
  condition: unknown,
  path: string,
  depth: number,
  reading: Reading,
): object {
  const field = visibleField(meta, name, path)
  if (!isRelation(field)) return readColumn(name, field, condition, path, reading)
  if (depth >= MAX_DEPTH) throw invalid(path, `Crosses more than ${MAX_DEPTH} relations.`)
  pay(reading, RELATION_COST, path)
  const related = { ...reading, rows: rowsOf(meta.name, field, reading.rows) }
  const read = field.list ? readToMany : readToOne
  return { [name]: read(field, condition, path, depth + 1, related) }
}

/** `some`, `every`, `none`; `some: {}` and `none: {}` ask whether there is any. */
function readToMany(
  field: RelationMeta,
  condition: unknown,
  path: string,
  depth: number,
  reading: Reading,
): object {
  const target = modelMeta(field.model)
  const read: Record<string, unknown> = {}
  for (const [operator, operand] of membersOf(condition, path)) {
    const at = `${path}.${operator}`
    if (operator !== 'some' && operator !== 'every' && operator !== 'none') {
      throw invalid(at, 'Expected some, every or none.')
    }
    spend(reading, at)
    const any = operator !== 'every' && isObject(operand) && Object.keys(operand).length === 0
    read[operator] = any ? {} : readNode(target, operand, at, depth, reading)
  }
  return read
}

/** Conditions on the related row, in `is` or `isNot` or directly; null for "there is none". */
function readToOne(
  field: RelationMeta,
  condition: unknown,
  path: string,
  depth: number,
  reading: Reading,
): object | null {
  if (isNull(condition, reading)) return noRow(field, path)
  const target = modelMeta(field.model)
  const members = membersOf(condition, path)
  if (!members.every(([name]) => name === 'is' || name === 'isNot')) {
    return readNode(target, condition, path, depth, reading)
  }
  const read: Record<string, unknown> = {}
  for (const [operator, operand] of members) {
    const at = `${path}.${operator}`
    spend(reading, at)
    read[operator] = isNull(operand, reading)
      ? noRow(field, at)
      : readNode(target, operand, at, depth, reading)
  }
  return read
}

function noRow(field: RelationMeta, path: string): null {
  if (field.nullable) return null
  throw invalid(path, 'This relation is never null.')
}
