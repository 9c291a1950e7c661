import { z } from 'zod'

/** The parts of JSON Schema (2020-12, as OpenAPI 3.1 uses it) that this document is made of. */
export interface JsonSchema {
  readonly [keyword: string]: unknown
}

export const ref = (name: string): JsonSchema => ({ $ref: `#/components/schemas/${name}` })

/** An object that takes these properties and no others. */
export const strictObject = (
  properties: Readonly<Record<string, JsonSchema>>,
  required: readonly string[] = [],
): JsonSchema => ({
  type: 'object',
  additionalProperties: false,
  properties,
  ...(required.length === 0 ? {} : { required }),
})

export const arrayOf = (items: JsonSchema, limits: JsonSchema = {}): JsonSchema => ({
  type: 'array',
  items,
  ...limits,
})

/** One of these, or an array of them. */
export const oneOrMore = (schema: JsonSchema, limits: JsonSchema = {}): JsonSchema => ({
  anyOf: [schema, arrayOf(schema, limits)],
})

/** The same, or null. */
export function nullable(schema: JsonSchema): JsonSchema {
  const { type, anyOf } = schema
  if (Array.isArray(anyOf)) return { ...schema, anyOf: [...anyOf, { type: 'null' }] }
  if (Object.keys(schema).length === 0) return schema
  if (type === undefined) return { anyOf: [schema, { type: 'null' }] }
  const values = Array.isArray(schema['enum']) ? { enum: [...schema['enum'], null] } : {}
  return { ...schema, type: Array.isArray(type) ? [...type, 'null'] : [type, 'null'], ...values }
}

/** With what is said of it, where anything is. */
export const described = (schema: JsonSchema, description: string | undefined): JsonSchema =>
  description === undefined ? schema : { ...schema, description }

/** What a validator takes or gives, as far as JSON Schema can say it. */
export function schemaOf(type: z.ZodType, io: 'input' | 'output'): JsonSchema {
  const { $schema: _, ...schema } = z.toJSONSchema(type, { io, unrepresentable: 'any' })
  return schema as JsonSchema
}
