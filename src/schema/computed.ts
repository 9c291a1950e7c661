import type { RawField, RawModel } from './datamodel.js'

/**
 * The expression of a computed column; null for any other. Prisma reads `GENERATED ALWAYS AS (…)` from PostgreSQL as
 * `@default(dbgenerated("…"))`: what names a column of its own table can't be a default.
 */
export function computedBy(field: RawField, model: RawModel): string | null {
  const value = field.default
  if (typeof value !== 'object' || !('name' in value) || value.name !== 'dbgenerated') return null
  const [expression] = value.args
  if (typeof expression !== 'string') return null
  const columns = new Set(model.fields.filter(isColumn).map(({ name, dbName }) => dbName ?? name))
  return identifiersOf(expression).some((name) => columns.has(name)) ? expression : null
}

const isColumn = (field: RawField): boolean => field.kind !== 'object'

/** What is neither text, nor the type of a cast, nor a function. */
function identifiersOf(expression: string): string[] {
  const bare = expression
    .replaceAll(/'(?:[^']|'')*'/g, "''")
    .replaceAll(/::\s*(?:"[^"]*"|\w+)(?:\s*\.\s*(?:"[^"]*"|\w+))*/g, '')
  return [...bare.matchAll(/"([^"]+)"|([a-z_]\w*)\b(?!\s*\(|\s*'')/gi)].map(
    ([, quoted, plain = '']) => quoted ?? plain.toLowerCase(),
  )
}
