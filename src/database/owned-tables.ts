import { OWNER_LINE } from '../schema/owner-line.js'
import { pluginOfFile } from '../schema/plugin-file.js'
import type { SchemaText } from './app.js'

/** A table of a plugin that has a row of another model to thank for each of its own. */
type Owned = {
  readonly model: string
  readonly field: string
  readonly owner: string
  readonly key: string
}

/** Reads what the tables of plugins say of their owners. */
function ownedTables(files: readonly SchemaText[]): Owned[] {
  return files
    .filter(({ content }) => pluginOfFile(content) !== null)
    .flatMap(({ content }) => {
      let model = ''
      let reference: RegExpExecArray | null = null
      return content.split('\n').flatMap((line) => {
        model = /^\s*model\s+(\w+)/.exec(line)?.[1] ?? model
        const of = reference
        reference = OWNER_LINE.exec(line)
        const field = /^\s*(\w+)/.exec(line)?.[1]
        return of && field !== undefined ? [{ model, field, owner: of[1]!, key: of[2]! }] : []
      })
    })
}

/**
 * The schema with the foreign keys of the tables of plugins. Prisma knows one by a relation alone, which needs a field
 * of the other model, and that is the user's: so the database gets the relation and the client does not.
 */
export function withOwners(files: readonly SchemaText[]): SchemaText[] {
  const owned = ownedTables(files)
  return files.map((file) => ({ ...file, content: owned.reduce(withOwner, file.content) }))
}

function withOwner(content: string, { model, field, owner, key }: Owned): string {
  const name = `${model}_ssotOwner`
  return content
    .replace(
      head(model),
      `$&\n  ssotOwner ${owner} @relation("${name}", fields: [${field}], references: [${key}], onDelete: Cascade, onUpdate: Cascade)`,
    )
    .replace(head(owner), `$&\n  ssot${model} ${model}[] @relation("${name}")`)
}

const head = (model: string): RegExp => new RegExp(`^\\s*model\\s+${model}\\s*\\{[^\\n]*$`, 'm')

/** What was read from a database, without the foreign keys of the tables of plugins. */
export function withoutOwners(
  read: readonly SchemaText[],
  files: readonly SchemaText[],
): SchemaText[] {
  const owned = ownedTables(files)
  return read.map((file) => ({
    ...file,
    content: owned.reduce((content, { model, field, owner }) => {
      const forth = new RegExp(
        `^\\s*\\w+\\s+${owner}\\s+@relation\\(.*fields: \\[${field}\\].*\\n`,
        'm',
      )
      const back = new RegExp(`^\\s*\\w+\\s+${model}(\\[\\]|\\?)(\\s.*)?\\n`, 'gm')
      const block = new RegExp(`^model ${model} \\{[^}]*`, 'm')
      return content.replace(block, (text) => text.replace(forth, '')).replaceAll(back, '')
    }, file.content),
  }))
}

/**
 * SQL that deletes what has no owner any more: without it no foreign key can be made.
 * @param isThere whether a table is in the database already, by its name
 */
export function deleteOrphans(
  files: readonly SchemaText[],
  isThere: (table: string) => boolean,
): string {
  return ownedTables(files)
    .flatMap(({ model, field, owner, key }) => {
      const to = tableOf(files, owner)
      if (!isThere(model) || !isThere(to.table)) return []
      const same = `"owner"."${to.column(key)}" = "${model}"."${field}"`
      return `DELETE FROM "${model}" WHERE NOT EXISTS (SELECT 1 FROM ${to.address} AS "owner" WHERE ${same});\n`
    })
    .join('')
}

/** The same for a change of the schema; empty where it makes no such foreign key on a table that is there. */
export const orphansBefore = (files: readonly SchemaText[], sql: string): string => {
  const made = new Set([...sql.matchAll(/^CREATE TABLE (?:"\w+"\.)?"(\w+)"/gm)].map(([, it]) => it))
  const keyed = new Set([...sql.matchAll(/CONSTRAINT "(\w+?)_\w+_fkey"/g)].map(([, it]) => it))
  const owned = new Set(ownedTables(files).map(({ model }) => model))
  return deleteOrphans(files, (table) =>
    owned.has(table) ? keyed.has(table) && !made.has(table) : !made.has(table),
  )
}

/** What a model of the user is called in the database. */
function tableOf(files: readonly SchemaText[], model: string) {
  const text = files.map(({ content }) => content).join('\n')
  const block =
    new RegExp(`^\\s*model\\s+${model}\\s*\\{([\\s\\S]*?)^\\s*\\}`, 'm').exec(text)?.[1] ?? ''
  const schema = /^\s*@@schema\("([^"]+)"\)/m.exec(block)?.[1]
  const table = /^\s*@@map\((?:name:\s*)?"([^"]+)"\)/m.exec(block)?.[1] ?? model
  return {
    table,
    address: `${schema === undefined ? '' : `"${schema}".`}"${table}"`,
    column: (field: string): string =>
      new RegExp(`^\\s*${field}\\s.*\\s@map\\((?:name:\\s*)?"([^"]+)"\\)`, 'm').exec(block)?.[1] ??
      field,
  }
}
