import type { SchemaText } from './app.js'

/**
 * Words a schema so that the engine's tables for SQLite work: a `BigInt` that counts up must be declared
 * INTEGER, and so must the keys that point to it. SQLite keeps 64 bits in either.
 */
export function sqliteSchema(files: readonly SchemaText[]): SchemaText[] {
  return retype(files, integerFields(files), 'BigInt', 'Int')
}

/**
 * Gives fields back the `BigInt` that `sqliteSchema` took: what was read from a database says `Int`.
 * @param before the schema as the app had it
 */
export function restoreBigInts(
  files: readonly SchemaText[],
  before: readonly SchemaText[],
): SchemaText[] {
  return retype(files, integerFields(before), 'Int', 'BigInt')
}

/** Quotes the defaults of JSON columns, which the engine leaves bare. */
export const quoteJsonDefaults = (sql: string): string =>
  sql.replace(
    /^(.*" JSONB(?: NOT NULL)? DEFAULT )([^'\s].*?)([,;]?)$/gm,
    (_, before: string, value: string, after: string) =>
      `${before}'${value.replaceAll("'", "''")}'${after}`,
  )

type FieldLine = {
  readonly model: string
  readonly name: string
  readonly type: string
  readonly line: string
}

function retype(
  files: readonly SchemaText[],
  fields: ReadonlySet<string>,
  from: string,
  to: string,
): SchemaText[] {
  const type = new RegExp(`^(\\s*\\w+\\s+)${from}\\b`)
  return files.map(({ path, content }) => ({
    path,
    content: mapFields(content, ({ model, name, line }) =>
      fields.has(`${model}.${name}`) ? line.replace(type, `$1${to}`) : line,
    ),
  }))
}

/** `Model.field` of every `BigInt` that counts up, and of every key that points to one, at any distance. */
function integerFields(files: readonly SchemaText[]): Set<string> {
  const lines: FieldLine[] = []
  for (const { content } of files)
    mapFields(content, (field) => {
      lines.push(field)
      return field.line
    })
  const found = new Set(
    lines
      .filter(({ type, line }) => type === 'BigInt' && /@default\(\s*autoincrement\(/.test(line))
      .map(({ model, name }) => `${model}.${name}`),
  )
  const references = lines.flatMap(referencesOf)
  for (let size = -1; size !== found.size;) {
    size = found.size
    for (const { from, to } of references) if (found.has(to)) found.add(from)
  }
  return found
}

/** `author User @relation(fields: [authorId], references: [id])` → `Post.authorId` to `User.id` */
function referencesOf({ model, type, line }: FieldLine): { from: string; to: string }[] {
  const names = (key: string) =>
    new RegExp(`\\b${key}:\\s*\\[([^\\]]*)\\]`)
      .exec(line)?.[1]
      ?.split(',')
      .map((n) => n.trim()) ?? []
  const to = names('references')
  return names('fields').map((name, index) => ({
    from: `${model}.${name}`,
    to: `${type}.${to[index]}`,
  }))
}

/** Replaces every line that declares a field of a model. */
function mapFields(content: string, replace: (field: FieldLine) => string): string {
  let model: string | null = null
  return content
    .split('\n')
    .map((line) => {
      model = /^\s*model\s+(\w+)\s*\{/.exec(line)?.[1] ?? (/^\s*\}/.test(line) ? null : model)
      const [, name, type] = /^\s*(\w+)\s+(\w+)/.exec(line) ?? []
      if (model === null || name === undefined || type === undefined || name === 'model')
        return line
      return replace({ model, name, type, line })
    })
    .join('\n')
}
