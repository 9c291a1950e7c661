import type { ModelMeta } from '../schema/meta.js'
import { relations, valueSchema, visibleColumns, type ColumnMeta } from './columns.js'
import { arrayOf, nullable, ref, strictObject, type JsonSchema } from './json-schema.js'

const COMPARABLE = new Set(['String', 'Int', 'BigInt', 'Float', 'Decimal', 'DateTime'])

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
  if (field.list) return listFilter(value)
  const direct = field.nullable && field.type !== 'Json' ? nullable(value) : value
  if (field.type === 'Json') return { description: 'An object of Json operators.', type: 'object' }
  return { anyOf: [direct, operators(field, value, direct)] }
}

function operators(field: ColumnMeta, value: JsonSchema, direct: JsonSchema): JsonSchema {
  const several = arrayOf(value, { maxItems: 100 })
  return strictObject({
    equals: direct,
    not: direct,
    ...(field.type === 'Boolean' ? {} : { in: several, notIn: several }),
    ...(COMPARABLE.has(field.type) ? { lt: value, lte: value, gt: value, gte: value } : {}),
    ...(field.type === 'String' ? { contains: value, startsWith: value, endsWith: value } : {}),
  })
}

const listFilter = (value: JsonSchema): JsonSchema =>
  strictObject({
    equals: arrayOf(value),
    has: value,
    hasEvery: arrayOf(value),
    hasSome: arrayOf(value),
    isEmpty: { type: 'boolean' },
  })
