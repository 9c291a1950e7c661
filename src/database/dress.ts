import { docLines } from './doc-lines.js'
import { blocksOf } from './schema-blocks.js'

/** What Prisma's introspection does not carry, by the names that the database has. */
export type Dressing = {
  /** Of tables, views and enums by `nameKey(schema, table)`, of columns by `nameKey(schema, table, column)`. */
  readonly comments: ReadonlyMap<string, string>
  /** Columns that the database alone fills: generated ones. */
  readonly generated: ReadonlySet<string>
  /** The schema of blocks that name none. */
  readonly defaultSchema: string
}

export const nameKey = (...names: readonly string[]): string => names.join('\0')

/**
 * Completes a schema that Prisma's introspection wrote: comments become documentation, generated columns
 * `@readonly`, fields without a valid name get one, and of two fields with one name the relation gets another.
 * Pure.
 */
export function dress(text: string, dressing: Dressing): string {
  const lines = withNames(text.split('\n'))
  for (const block of blocksOf(lines).reverse()) {
    const body = lines.slice(block.start + 1, block.end)
    const table = nameOf(body.join('\n'), '@@map') ?? block.name
    const schema = nameOf(body.join('\n'), '@@schema') ?? dressing.defaultSchema
    const dressed = apart(body).flatMap((line) => withDocs(line, schema, table, dressing))
    lines.splice(block.start + 1, body.length, ...dressed)
    lines.splice(block.start, 0, ...docLines(dressing.comments.get(nameKey(schema, table)) ?? ''))
  }
  // What Prisma would have migrations do by hand is in the first migration.
  return lines.filter((line) => !/^\s*\/\/\/.*pris\.ly\/d\//.test(line)).join('\n')
}

/** `@map("x")` → `x` */
function nameOf(code: string, attribute: '@map' | '@@map' | '@@schema'): string | null {
  const pattern = new RegExp(`(?<![@\\w])${attribute}\\("((?:[^"\\\\]|\\\\.)*)"\\)`)
  const found = pattern.exec(code)?.[1]
  return found === undefined ? null : (JSON.parse(`"${found}"`) as string)
}

const COMMENTED_OUT = /^\s*\/\/\/ This (field|value) was commented out because of an invalid name/

/** Prisma comments such fields out; with `@map` any name of ours will do. */
function withNames(lines: readonly string[]): string[] {
  let count = 0
  return lines.flatMap((line, index) => {
    if (COMMENTED_OUT.test(line)) return []
    const before = lines[index - 1] ?? ''
    const [, indent, rest] = /^(\s*)\/\/ \S+(.*)$/.exec(line) ?? []
    if (indent === undefined || !COMMENTED_OUT.test(before)) return [line]
    return [`${indent}${before.includes('field') ? 'column' : 'value'}_${++count}${rest}`]
  })
}

const isField = (line: string): boolean => /^\s*[a-zA-Z]/.test(line)

/** A column and a relation may both be named after a table: Prisma leaves it to the user. */
function apart(body: readonly string[]): string[] {
  const nameIn = (line: string): string => /^\s*(\w+)/.exec(line)?.[1] ?? ''
  const fields = body.filter(isField).map(nameIn)
  const repeated = new Set(fields.filter((name, index) => fields.indexOf(name) !== index))
  const used = new Set(fields)
  const seen = new Set<string>()
  return body.map((line) => {
    const name = nameIn(line)
    if (!isField(line) || !repeated.has(name)) return line
    if (!seen.has(name)) {
      seen.add(name)
      return line
    }
    let other = `${name}_relation`
    for (let number = 2; used.has(other); number++) other = `${name}_relation_${number}`
    used.add(other)
    return line.replace(name, other)
  })
}

function withDocs(
  line: string,
  schema: string,
  table: string,
  { comments, generated }: Dressing,
): string[] {
  const [, indent = '', name] = /^(\s*)([a-zA-Z]\w*)/.exec(line) ?? []
  if (name === undefined) return [line]
  const key = nameKey(schema, table, nameOf(line, '@map') ?? name)
  return [
    ...docLines(comments.get(key) ?? '').map((doc) => indent + doc),
    ...(generated.has(key) ? [`${indent}/// @readonly`] : []),
    line,
  ]
}
