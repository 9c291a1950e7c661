import { z } from 'zod'
import { MAX_BULK, MAX_NESTED } from '../http/limits.js'
import { isRelation, isVisible, type ColumnMeta } from '../http/lookup.js'
import { nestedRow } from '../http/relation-input.js'
import type { ModelMeta, RelationMeta } from '../schema/meta.js'
import { columnSchema, inputSchema, isColumn, valueSchema } from './columns.js'
import {
  arrayOf,
  described,
  oneOrMore,
  schemaOf,
  strictObject,
  type JsonSchema,
} from './json-schema.js'
import { refTo } from './names.js'

/**
 * What a body must look like, from the validator that checks it. Known columns are described from the model,
 * anything else from the validator alone, so that an edited validator shows in the document.
 */
export function bodySchema(model: ModelMeta, body: z.ZodType): JsonSchema {
  if (!(body instanceof z.ZodObject)) return schemaOf(body, 'input')
  const entries = Object.entries(body.shape as Record<string, z.ZodType>)
  const properties = entries.flatMap(([name]) => {
    const schema = propertySchema(model, name, body)
    return schema ? [[name, schema]] : []
  })
  const required = entries.filter(([, type]) => !type.safeParse(undefined).success)
  return strictObject(
    Object.fromEntries(properties),
    required.map(([name]) => name),
  )
}

/** Many rows at once. */
export const rowsSchema = (model: ModelMeta, row: z.ZodType): JsonSchema =>
  arrayOf(bodySchema(model, row), { minItems: 1, maxItems: MAX_BULK })

function propertySchema(
  model: ModelMeta,
  name: string,
  { shape }: z.ZodObject,
): JsonSchema | undefined {
  const type = shape[name] as z.ZodType
  const field = Object.hasOwn(model.fields, name) ? model.fields[name] : undefined
  if (!field) return schemaOf(type, 'input')
  if (isRelation(field)) return relationSchema(field, innermost(type))
  return described(
    { ...columnSchema(field, inputSchema(field)), ...constraintsOf(type, field) },
    relationHint(model, name, shape) ?? field.description,
  )
}

/** A foreign key may be left out where its relation is written along: only one of the two is needed. */
function relationHint({ fields }: ModelMeta, name: string, shape: object): string | undefined {
  const [owner] =
    Object.entries(fields).find(
      ([relation, field]) =>
        Object.hasOwn(shape, relation) &&
        isRelation(field) &&
        field.fields?.includes(name) &&
        !field.nullable,
    ) ?? []
  return owner === undefined ? undefined : `Give this or \`${owner}\`, which writes it too.`
}

/** Limits that the validator adds to a plain column, such as `maxLength` after an edit. */
function constraintsOf(type: z.ZodType, field: ColumnMeta): JsonSchema {
  if (field.list || field.nullable || field.type === 'Enum') return {}
  const { pattern, ...schema } = schemaOf(type, 'input')
  if (schema['type'] !== valueSchema(field)['type']) return {}
  // The format says it already.
  return pattern === undefined || pattern === UUID['pattern'] ? schema : { ...schema, pattern }
}

const UUID = schemaOf(z.guid(), 'input')

/** What is wrapped because it may be left out, or because models refer to each other. */
function innermost(type: z.ZodType): z.ZodType {
  const wrapped = type instanceof z.ZodOptional || type instanceof z.ZodLazy
  return wrapped ? innermost(type.unwrap() as z.ZodType) : type
}

/** What may be written of related rows along with a row; undefined where the relation is written elsewhere. */
function relationSchema(relation: RelationMeta, type: z.ZodType): JsonSchema | undefined {
  if (type instanceof z.ZodNever) return undefined
  if (!(type instanceof z.ZodObject)) return schemaOf(type, 'input')
  const { model, list } = relation
  const row = refTo(model, 'Unique')
  const many = (schema: JsonSchema): JsonSchema =>
    list ? oneOrMore(schema, { maxItems: MAX_NESTED }) : schema
  const actions: Readonly<Record<string, JsonSchema>> = {
    connect: many(row),
    create: described(many(refTo(model, 'Create')), 'Without what leads back to this row.'),
    disconnect: list ? many(row) : { type: 'boolean', const: true },
    set: many(row),
  }
  const allowed = Object.entries(actions).filter(([name]) => Object.hasOwn(type.shape, name))
  return {
    ...strictObject(Object.fromEntries(allowed)),
    minProperties: 1,
    ...(list ? {} : { maxProperties: 1 }),
    ...(relation.description === undefined ? {} : { description: relation.description }),
  }
}

/** Names of a model's unique keys, each with its columns: how `connect` finds a row. */
export function uniqueSchema(model: ModelMeta): JsonSchema {
  const keys = model.uniques.flatMap(({ name, fields }) => {
    const columns = fields.flatMap((field) => keyColumn(model, field))
    if (columns.length < fields.length) return []
    const values = strictObject(Object.fromEntries(columns), fields)
    return [fields.length === 1 ? values : strictObject({ [name]: values }, [name])]
  })
  return keys.length === 1 ? (keys[0] ?? {}) : { anyOf: keys }
}

function keyColumn(model: ModelMeta, name: string): [string, JsonSchema][] {
  const field = model.fields[name]
  return field && isColumn(field) && isVisible(field) ? [[name, inputSchema(field)]] : []
}

/** A new row of a model that is written along with others only. */
export const nestedSchema = (model: ModelMeta): JsonSchema =>
  bodySchema(model, nestedRow({ model: model.name, inverse: '' }, 1))
