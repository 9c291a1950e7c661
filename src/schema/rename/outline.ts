import type { Field, Model, Schema } from '../model.js'

/** What tells a model, a field or an enum from another when it comes back under a new name. */
export type Outline = {
  readonly models: readonly ModelOutline[]
  readonly enums: readonly EnumOutline[]
}

export type ModelOutline = {
  readonly name: string
  readonly table: string
  /** `@@schema`, where there is one. */
  readonly schema?: string
  readonly view?: true
  readonly fields: readonly FieldOutline[]
}

export type FieldOutline = {
  readonly name: string
  /** `String`, an enum, a model. */
  readonly type: string
  readonly list?: true
  readonly optional?: true
  /** Not given: a relation, which has none. */
  readonly column?: string
  /** The hidden table of an implicit many-to-many, and the column of it that holds this model's id. */
  readonly join?: { readonly table: string; readonly own: 'A' | 'B' }
}

export type EnumOutline = {
  readonly name: string
  /** Its name in the database. */
  readonly type: string
  readonly values: readonly string[]
}

/** @returns the outline of a schema */
export const outlineOf = ({ models, enums }: Pick<Schema, 'models' | 'enums'>): Outline => ({
  models: models.map((model) => ({
    name: model.name,
    table: model.dbName,
    ...(model.dbSchema === null ? {} : { schema: model.dbSchema }),
    ...(model.kind === 'view' ? { view: true } : {}),
    fields: model.fields.map((field) => fieldOutline(field, model)),
  })),
  enums: enums.map(({ name, dbName, values }) => ({
    name,
    type: dbName,
    values: values.map((value) => value.name),
  })),
})

const fieldOutline = (field: Field, model: Model): FieldOutline => ({
  name: field.name,
  type: field.type,
  ...(field.list ? { list: true } : {}),
  ...(field.required ? {} : { optional: true }),
  ...(field.kind === 'relation' ? joinOf(field, model) : { column: field.dbName }),
})

/** Column A belongs to the model whose name sorts first; of two fields of one model, to the one that does. */
function joinOf(
  field: Extract<Field, { kind: 'relation' }>,
  model: Model,
): Pick<FieldOutline, 'join'> {
  if (field.cardinality !== 'many-to-many') return {}
  const first = field.self ? field.name < field.inverse : model.name < field.type
  return { join: { table: `_${field.relationName}`, own: first ? 'A' : 'B' } }
}

export const modelIn = ({ models }: Outline, name: string): ModelOutline | undefined =>
  models.find((model) => model.name === name)

export const fieldIn = (outline: Outline, model: string, field: string): FieldOutline | undefined =>
  modelIn(outline, model)?.fields.find((candidate) => candidate.name === field)

export const enumIn = ({ enums }: Outline, name: string): EnumOutline | undefined =>
  enums.find((type) => type.name === name)
