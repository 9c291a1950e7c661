import { MAX_VALUES } from '../http/limits.js'
import { operatorsOf } from '../http/operators.js'
import type { ModelMeta } from '../schema/meta.js'
import { relations, valueSchema, visibleColumns, type ColumnMeta } from './columns.js'
import { arrayOf, nullable, ref, strictObject, type JsonSchema } from './json-schema.js'

/** What `where` takes for a model; a query string writes the same as `where[title][contains]=x`. */
export function whereSchema(model: ModelMeta): JsonSchema {
  const self = ref(`${model.name}Where`)
  const oneOrMore = { anyOf: [self, arrayOf(self, { minItems: 1 })] }
  return strictObject({
    AND: oneOrMore,
    OR: arrayOf(self, { minItems: 1 }),
    NOT: oneOrMore,
    ...Object.fromEntries(
      visibleColumns(model).map(([name, field]) => [name, columnFilter(field)]),
    ),
    ...Object.fromEntries(
      relations(model).map(([name, field]) => [name, relationFilter(field.model, field.list)]),
    ),
  })
}

function relationFilter(model: string, list: true | undefined): JsonSchema {
  const where = ref(`${model}Where`)
  if (list) return strictObject({ some: where, every: where, none: where })
  return { anyOf: [where, strictObject({ is: nullable(where), isNot: nullable(where) })] }
}

function columnFilter(field: ColumnMeta): JsonSchema {
  const value = valueSchema(field)
  const direct = field.nullable ? nullable(value) : value
  const allowed = operatorsOf(field)
  const operators = strictObject(
    Object.fromEntries(allowed.map((name) => [name, operandOf(name, field, value, direct)])),
  )
  return field.list || field.type === 'Json' ? operators : { anyOf: [direct, operators] }
}

/** What an operator compares with. */
function operandOf(
  operator: string,
  { list, type }: ColumnMeta,
  value: JsonSchema,
  direct: JsonSchema,
): JsonSchema {
  switch (operator) {
    case 'in':
    case 'notIn':
    case 'hasEvery':
    case 'hasSome':
      return arrayOf(value, { maxItems: MAX_VALUES })
    case 'isEmpty':
      return { type: 'boolean' }
    case 'mode':
      return { type: 'string', enum: ['default', 'insensitive'] }
    case 'equals':
    case 'not':
      return list ? arrayOf(value) : direct
    default:
      return type === 'Json' ? {} : value
  }
}
