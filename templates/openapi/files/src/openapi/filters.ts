import { MAX_PATTERN, MAX_VALUES } from '../http/limits.js'
import { operatorsOf } from '../http/operators.js'
import { isTextOperator } from '../http/text-operators.js'
import type { ModelMeta, Provider } from '../schema/meta.js'
import { provider } from '../schema/models.js'
import { relations, valueSchema, visibleColumns, type ColumnMeta } from './columns.js'
import { arrayOf, nullable, ref, strictObject, type JsonSchema } from './json-schema.js'

/** What `where` takes for a model; a query string writes the same as `where[title][contains]=x`. */
export function whereSchema(model: ModelMeta): JsonSchema {
  const self = ref(`${model.name}Where`)
  const oneOrMore = { anyOf: [self, arrayOf(self, { minItems: 1 })] }
  const where = strictObject({
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
  return { ...where, description: [EVERYWHERE, HERE[provider]].filter(Boolean).join(' ') }
}

const EVERYWHERE =
  'Conditions that must all hold. No condition on a null holds, nor its opposite; ask for null itself. ' +
  '`contains`, `startsWith` and `endsWith` ignore case and know no wildcards.'

/** What this database does in its own way. */
const HERE: Readonly<Partial<Record<Provider, string>>> = {
  sqlite:
    'Here they ignore the case of A to Z alone; JSON objects of several members are not compared.',
  mysql: 'Here every comparison of texts ignores case and accents; JSON arrays are not compared.',
}

function relationFilter(model: string, list: true | undefined): JsonSchema {
  const where = ref(`${model}Where`)
  if (list) return strictObject({ some: where, every: where, none: where })
  return { anyOf: [where, strictObject({ is: nullable(where), isNot: nullable(where) })] }
}

function columnFilter(field: ColumnMeta): JsonSchema {
  const value = valueSchema(field)
  const direct = field.nullable ? nullable(value) : value
  const operators = Object.fromEntries(
    operatorsOf(field).map((name) => [name, operandOf(name, field, value, direct)]),
  )
  if (field.list) return strictObject(operators)
  if (field.type === 'Json') return { anyOf: [JSON_VALUE, strictObject(operators)] }
  const not = { anyOf: [direct, strictObject(operators)] }
  return { anyOf: [direct, strictObject({ ...operators, not })] }
}

/** An object would be one of operators. */
const JSON_VALUE: JsonSchema = { type: ['array', 'boolean', 'null', 'number', 'string'] }

const TEXT: JsonSchema = { type: 'string', maxLength: MAX_PATTERN }

/** What an operator compares with. */
function operandOf(
  operator: string,
  { list, type }: ColumnMeta,
  value: JsonSchema,
  direct: JsonSchema,
): JsonSchema {
  if (isTextOperator(operator) || operator.startsWith('string_')) return TEXT
  switch (operator) {
    case 'in':
    case 'notIn':
    case 'hasEvery':
    case 'hasSome':
      return arrayOf(value, { minItems: 1, maxItems: MAX_VALUES })
    case 'isEmpty':
      return { type: 'boolean' }
    case 'path':
      return arrayOf({ type: 'string', pattern: '^[\\w-]{1,64}$' }, { minItems: 1 })
    case 'equals':
    case 'not':
      return list ? arrayOf(value) : direct
    default:
      return type === 'Json' ? {} : value
  }
}
