import type { Schema } from '../schema/model.js'

/**
 * The Prisma type of a column that holds the key of another model's row: `String @db.Uuid`. It stands for a relation,
 * which would need a field in the other model.
 * @returns null where there is no such model, or its key is made of several columns
 */
export function keyColumn(schema: Schema, model: string): string | null {
  const found = schema.models.find(({ name }) => name === model)
  const name = found?.key?.fields.length === 1 ? found.key.fields[0] : undefined
  const field = found?.fields.find((candidate) => candidate.name === name)
  if (field?.kind !== 'scalar') return null
  const { nativeType } = field
  if (nativeType === null) return field.type
  const args = nativeType.args.length === 0 ? '' : `(${nativeType.args.join(', ')})`
  return `${field.type} @${datasourceName(schema)}.${nativeType.name}${args}`
}

/** Prefix of native types: the name of the datasource, whatever it is. */
function datasourceName({ files }: Schema): string {
  const text = files.map(({ content }) => content).join('\n')
  return /^\s*datasource\s+(\w+)/m.exec(text)?.[1] ?? 'db'
}
