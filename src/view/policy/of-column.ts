import type { PolicyOperand } from '../../schema/policy-ast.js'
import { propertyKey } from '../text.js'
import { filter, filterOrNot, type Code } from './code.js'
import { castOf, columnAt, reference, through, valueText, where, type Column } from './column.js'
import { variableOf, withClaim } from './of-claim.js'
import { OPPOSITE, type Operator, type Scope } from './scope.js'

const NAMES = { '==': 'equals', '<': 'lt', '<=': 'lte', '>': 'gt', '>=': 'gte' } as const

/** A column compared with a value, a claim or another column of its row; or what holds where it is not so. */
export function columnCompared(
  column: Column,
  operator: Operator,
  right: PolicyOperand,
  negated: boolean,
  scope: Scope,
): Code {
  switch (right.kind) {
    case 'literal':
      return right.value === null
        ? isNull(column, negated)
        : compared(column, operator, valueText(column.field, right.value), negated)
    case 'claim': {
      const value = variableOf(right)
      const cast = castOf(column.field, scope.provider, scope.uses)
      return withClaim(right, cast, value, compared(column, operator, value, negated), scope)
    }
    case 'field': {
      const other = columnAt(right.path, scope.model, scope.models)
      return withColumn(column, operator, other, negated, scope)
    }
    case 'list':
      throw new Error('A list stands where a value should be.')
  }
}

function compared(column: Column, operator: Operator, value: string, negated: boolean): Code {
  const plain = operator === '==' && column.field.required
  const condition = plain ? value : guarded(column, `${NAMES[operator]}: ${value}`)
  const inner = where(column, condition)
  if (!negated || !column.always) return filterOrNot(inner, negated)
  const opposite = operator === '==' ? 'not' : NAMES[OPPOSITE[operator]]
  return { kind: 'filter', text: where(column, `{ ${opposite}: ${value} }`), inner }
}

/** In SQL a comparison with null is null, and so is its negation: this one is false. */
export const guarded = ({ field }: Column, condition: string): string =>
  `{ ${condition}${field.required ? '' : ', not: null'} }`

/** The column is null, or there is no row that it could be of. */
function isNull(column: Column, negated: boolean): Code {
  const { steps, field } = column
  if (steps.length === 0) return filter(where(column, negated ? '{ not: null }' : 'null'))
  return filterOrNot(field.required ? reached(steps) : where(column, '{ not: null }'), !negated)
}

/** There is a row at the end: a required relation leads to one wherever its own row is. */
function reached(steps: Column['steps']): string {
  const last = steps.findLastIndex(({ required }) => !required)
  return through(steps.slice(0, last), `{ ${propertyKey(steps[last]!.name)}: { isNot: null } }`)
}

/** Both are columns of one row. */
function withColumn(
  left: Column,
  operator: Operator,
  right: Column,
  negated: boolean,
  { uses }: Scope,
): Code {
  const own = (column: Column, condition: string) => where({ ...column, steps: [] }, condition)
  const alike = own(left, guarded(left, `${NAMES[operator]}: ${reference(right, uses)}`))
  const both = right.field.required ? alike : `{ AND: [${alike}, ${own(right, '{ not: null }')}] }`
  const { steps } = left
  if (operator !== '==' || left.field.required || right.field.required)
    return equalRows(steps.every(({ required }) => required) || operator !== '==')
  const neither = `{ AND: [${own(left, 'null')}, ${own(right, 'null')}] }`
  return wrapped(`{ OR: [${both}, ${neither}] }`)

  function equalRows(simple: boolean): Code {
    return simple ? filterOrNot(through(steps, both), negated) : wrapped(both)
  }

  /** Where the row itself is missing, both are null: equal. */
  function wrapped(same: string): Code {
    return steps.every(({ required }) => required)
      ? filterOrNot(through(steps, same), negated)
      : filterOrNot(through(steps, `{ NOT: ${same} }`), !negated)
  }
}
