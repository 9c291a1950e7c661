import { MAX_PATHS, MAX_PATTERN, MAX_VALUES } from '../http/limits.js'
import type { ColumnMeta } from '../http/lookup.js'
import { operatorsOf } from '../http/operators.js'
import { isTextOperator } from '../http/text-operators.js'
import type { ModelMeta, Provider, RelationMeta } from '../schema/meta.js'
import { provider } from '../schema/models.js'
import { comparedSchema, relations, visibleColumns } from './columns.js'
import { arrayOf, nullable, oneOrMore, ref, strictObject, type JsonSchema } from './json-schema.js'
import { capitalised, filterName, refTo } from './names.js'
import { PARAMETERS } from './parameters.js'

const filterable = (model: ModelMeta): [string, ColumnMeta][] =>
  visibleColumns(model).filter(([, field]) => operatorsOf(field).length > 0)

/** What `where` takes for a model; a query string writes the same as `where[title][contains]=x`. */
export function whereSchema(model: ModelMeta): JsonSchema {
  const self = refTo(model.name, 'Where')
  const some = { minItems: 1 }
  const where = strictObject({
    AND: oneOrMore(self, some),
    OR: oneOrMore(self, some),
    NOT: oneOrMore(self, some),
    ...Object.fromEntries(
      filterable(model).map(([name, field]) => {
        const kind = kindOf(field)
        return [name, kind === undefined ? columnFilter(field) : ref(filterName(kind))]
      }),
    ),
    ...Object.fromEntries(relations(model).map(([name, field]) => [name, relationFilter(field)])),
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

function relationFilter({ model, list, nullable: optional }: RelationMeta): JsonSchema {
  const where = refTo(model, 'Where')
  if (list) return strictObject({ some: where, every: where, none: where })
  const row = optional ? nullable(where) : where
  const either = { anyOf: [where, strictObject({ is: row, isNot: row })] }
  return optional ? nullable(either) : either
}

/** The filters that columns of one kind have in common, by name. */
export function filterSchemas(models: readonly ModelMeta[]): Record<string, JsonSchema> {
  const schemas: Record<string, JsonSchema> = {}
  for (const [, field] of models.flatMap(filterable)) {
    const kind = kindOf(field)
    if (kind !== undefined) schemas[filterName(kind)] ??= columnFilter(field)
  }
  return schemas
}

/** Columns of one kind take the same filters: `OptionalString`, `StatusList`. Undefined for a range of its own. */
function kindOf(field: ColumnMeta): string | undefined {
  if (field.type !== 'Enum' && (field.min ?? field.max) !== undefined) return undefined
  const { list, nullable: optional, uncompared } = field
  const kept = uncompared ?? (field.type === 'Enum' ? undefined : field.format)
  const value = field.type === 'Enum' ? field.name : field.type + capitalised(kept ?? '')
  return `${optional ? 'Optional' : ''}${value}${list ? 'List' : ''}`
}

function columnFilter(field: ColumnMeta): JsonSchema {
  const value: JsonSchema = field.uncompared === 'xml' ? { type: 'null' } : comparedSchema(field)
  const direct = field.nullable && value['type'] !== 'null' ? nullable(value) : value
  const operators = Object.fromEntries(
    operatorsOf(field).map((name) => [name, operandOf(name, field, value, direct)]),
  )
  if (field.list) return strictObject(operators)
  if (field.type === 'Json') return { anyOf: [JSON_VALUE, strictObject(operators)] }
  const not = { anyOf: [direct, strictObject(operators)] }
  return { anyOf: [direct, strictObject({ ...operators, not })] }
}

/** An object would be one of operators. */
const JSON_VALUE: JsonSchema = {
  type: ['array', 'boolean', 'null', 'number', 'string'],
  items: {},
}

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
      return list ? arrayOf(value, { maxItems: MAX_VALUES }) : direct
    default:
      return type === 'Json' ? {} : value
  }
}

const PATHS: JsonSchema = oneOrMore(
  { type: 'string', minLength: 1 },
  { minItems: 1, maxItems: MAX_PATHS },
)

/** What a search takes: the query of a list as JSON. */
export const searchSchema = ({ name }: ModelMeta): JsonSchema =>
  strictObject({
    where: refTo(name, 'Where'),
    orderBy: PATHS,
    skip: PARAMETERS.Skip.schema,
    take: PARAMETERS.Take.schema,
    cursor: PARAMETERS.Cursor.schema,
    include: PATHS,
    select: PATHS,
  })
