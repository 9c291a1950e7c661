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

/** The same, or null. */
export function nullable(schema: JsonSchema): JsonSchema {
  const { type } = schema
  if (typeof type !== 'string') return { anyOf: [schema, { type: 'null' }] }
  const values = Array.isArray(schema['enum']) ? { enum: [...schema['enum'], null] } : {}
  return { ...schema, type: [type, 'null'], ...values }
}
