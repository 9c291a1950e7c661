import type { Model, RelationField, Schema } from '../../src/schema/model.js'

export type Row = Readonly<Record<string, unknown>>

/** Calls back for every row of an answer, at any depth. */
export function eachRow(
  schema: Schema,
  model: string,
  data: unknown,
  visit: (model: Model, row: Row) => void,
): void {
  const meta = schema.models.find(({ name }) => name === model)!
  for (const row of [data].flat()) {
    if (typeof row !== 'object' || row === null) continue
    visit(meta, row as Row)
    for (const { name, type } of meta.fields.filter(isRelation))
      eachRow(schema, type, (row as Row)[name], visit)
  }
}

const isRelation = (field: Model['fields'][number]): field is RelationField =>
  field.kind === 'relation'
