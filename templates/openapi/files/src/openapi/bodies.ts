import { z } from 'zod'
import type { ModelMeta } from '../schema/meta.js'
import { models } from '../schema/models.js'
import { columnSchema, isColumn, valueSchema, type ColumnMeta } from './columns.js'
import { arrayOf, ref, strictObject, type JsonSchema } from './json-schema.js'

/**
 * What a body must look like, from the validator that checks it. Known columns are described from the model,
 * anything else from the validator alone, so that an edited validator shows in the document.
 */
export function bodySchema(
  model: ModelMeta,
  body: z.ZodType,
  mode: 'Create' | 'Update',
): JsonSchema {
  if (!(body instanceof z.ZodObject)) return jsonSchemaOf(body)
  const entries = Object.entries(body.shape as Record<string, z.ZodType>)
  const properties = entries.map(([name, type]) => [name, propertySchema(model, name, type, mode)])
  const required = entries.filter(([, type]) => !type.safeParse(undefined).success)
  return strictObject(
    Object.fromEntries(properties),
    required.map(([name]) => name),
  )
}

function propertySchema(
  model: ModelMeta,
  name: string,
  type: z.ZodType,
  mode: 'Create' | 'Update',
): JsonSchema {
  const field = Object.hasOwn(model.fields, name) ? model.fields[name] : undefined
  if (!field) return jsonSchemaOf(type)
  if (!isColumn(field)) return ref(`${field.model}${field.list ? 'Many' : 'One'}${mode}`)
  return { ...columnSchema(field), ...constraintsOf(type, field) }
}

/** Limits that the validator adds to a plain column, such as `maxLength` after an edit. */
function constraintsOf(type: z.ZodType, field: ColumnMeta): JsonSchema {
  if (field.list || field.nullable || field.type === 'Enum') return {}
  const { $schema: _, ...schema } = jsonSchemaOf(type)
  return schema['type'] === valueSchema(field)['type'] ? schema : {}
}

const jsonSchemaOf = (type: z.ZodType): JsonSchema =>
  z.toJSONSchema(type, { io: 'input', unrepresentable: 'any' }) as JsonSchema

/** Names of a model's unique keys, each with its columns: how `connect` finds a row. */
export function uniqueSchema(model: ModelMeta): JsonSchema {
  const keys = model.uniques.map(({ name, fields }) => {
    const columns = Object.fromEntries(fields.flatMap((field) => keyColumn(model, field)))
    return strictObject(fields.length === 1 ? columns : { [name]: strictObject(columns, fields) }, [
      fields.length === 1 ? (fields[0] ?? name) : name,
    ])
  })
  return keys.length === 1 ? (keys[0] ?? {}) : { anyOf: keys }
}

function keyColumn(model: ModelMeta, name: string): [string, JsonSchema][] {
  const field = model.fields[name]
  return field && isColumn(field) ? [[name, valueSchema(field)]] : []
}

/** What may be written of a related row, or of related rows, along with a row. */
export function nestedSchemas(model: ModelMeta, creatable: boolean): Record<string, JsonSchema> {
  const unique = ref(`${model.name}Unique`)
  const row: Record<string, JsonSchema> = creatable ? { create: ref(`${model.name}Create`) } : {}
  const rows: Record<string, JsonSchema> = creatable
    ? { create: oneOrMore(ref(`${model.name}Create`)) }
    : {}
  const many = { connect: oneOrMore(unique), ...rows }
  return {
    [`${model.name}OneCreate`]: strictObject({ connect: unique, ...row }),
    [`${model.name}OneUpdate`]: strictObject({
      connect: unique,
      disconnect: { const: true },
      ...row,
    }),
    [`${model.name}ManyCreate`]: strictObject(many),
    [`${model.name}ManyUpdate`]: strictObject({
      ...many,
      disconnect: oneOrMore(unique),
      set: arrayOf(unique),
    }),
  }
}

const oneOrMore = (schema: JsonSchema): JsonSchema => ({ anyOf: [schema, arrayOf(schema)] })

/** A model by its name. @throws Error when a resource names one that is not there */
export function modelOf(name: string): ModelMeta {
  const model = Object.hasOwn(models, name) ? models[name] : undefined
  if (!model) throw new Error(`schema/models.ts has no model '${name}'.`)
  return model
}
