import { isRelation, modelMeta } from '../http/lookup.js'
import { isObject } from '../http/reading.js'
import type { ModelMeta, RelationMeta } from '../schema/meta.js'
import { filtersOfRows } from './identity.js'
import type { Rule } from './rules.js'
import type { Row } from './table.js'

/** Rows of a model, as a filter. */
interface Witnesses {
  readonly model: string
  readonly rows: object
}

/**
 * A rule for a new row, in which the row itself does not count among the others that it asks for: whoever may add a
 * member where he is one would else be one by adding himself.
 */
export const withoutWitness = (rule: Rule, meta: ModelMeta, row: Row): Rule =>
  withoutWitnesses(rule, meta, [row])

/** A rule in which these rows of a model do not count among the others that it asks for. */
export function withoutWitnesses(rule: Rule, meta: ModelMeta, rows: readonly Row[]): Rule {
  if (typeof rule === 'boolean') return rule
  return without(rule, meta, { model: meta.name, rows: { OR: filtersOfRows(meta, rows) } })
}

type Models = Pick<ReadonlySet<string>, 'has'>

/** Whether a rule of a model asks for other rows of one of these models. */
export function asksFor(meta: ModelMeta, rule: unknown, models: Models): boolean {
  if (!isObject(rule)) return false
  return Object.entries(rule).some(([name, condition]) => {
    if (name === 'AND' || name === 'OR' || name === 'NOT') {
      return [condition].flat().some((part) => asksFor(meta, part, models))
    }
    const field = Object.hasOwn(meta.fields, name) ? meta.fields[name] : undefined
    if (!field || !isRelation(field)) return false
    if (models.has(field.model)) return true
    const target = modelMeta(field.model)
    const operands = isObject(condition) ? Object.entries(condition) : []
    // `{ some: { … } }` and `{ is: { … } }`; the row at the other end may stand without `is`.
    return operands.some(
      ([operator, operand]) =>
        asksFor(target, operand, models) || asksFor(target, { [operator]: operand }, models),
    )
  })
}

function without(where: object, meta: ModelMeta, out: Witnesses): object {
  const parts = Object.entries(where).map(([name, condition]): object => {
    if (name === 'AND' || name === 'OR' || name === 'NOT') {
      const branch = (part: object): object => without(part, meta, out)
      return { [name]: Array.isArray(condition) ? condition.map(branch) : branch(condition) }
    }
    const field = Object.hasOwn(meta.fields, name) ? meta.fields[name] : undefined
    if (!field || !isRelation(field)) return { [name]: condition }
    return (field.list ? ofRows : ofRow)(name, field, condition, out)
  })
  const [first = {}] = parts
  return parts.length > 1 ? { AND: parts } : first
}

function ofRows(name: string, field: RelationMeta, condition: object, out: Witnesses): object {
  const meta = modelMeta(field.model)
  const entries = Object.entries(condition).map(([operator, operand]) => {
    const where = without(operand, meta, out)
    if (field.model !== out.model) return [operator, where]
    return operator === 'every'
      ? [operator, { OR: [where, out.rows] }]
      : [operator, { AND: [where, { NOT: out.rows }] }]
  })
  return { [name]: Object.fromEntries(entries) }
}

/** Another row that does not count is none. */
function ofRow(
  name: string,
  field: RelationMeta,
  condition: object | null,
  out: Witnesses,
): object {
  const meta = modelMeta(field.model)
  const is = (operand: unknown): object => {
    const where = isObject(operand) ? without(operand, meta, out) : operand
    if (field.model !== out.model) return { [name]: { is: where } }
    return operand === null
      ? { OR: [{ [name]: null }, { [name]: { is: out.rows } }] }
      : { [name]: { is: { AND: [where, { NOT: out.rows }] } } }
  }
  const operators = isObject(condition) ? Object.entries(condition) : []
  const explicit = operators.length > 0 && operators.every(([it]) => it === 'is' || it === 'isNot')
  if (!explicit) return is(condition)
  const parts = operators.map(([operator, operand]) =>
    operator === 'is' ? is(operand) : { NOT: is(operand) },
  )
  return { AND: parts }
}
