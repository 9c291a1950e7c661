import { extensionsOf } from '../schema/extensions.js'
import type { DatabaseApp, SchemaText } from './app.js'
import { withOwners } from './owned-tables.js'
import { sqliteSchema } from './sqlite-schema.js'

/** The schema as the engine gets it. */
export function engineSchema(app: DatabaseApp): { files: readonly SchemaText[] } {
  const { provider } = app
  const files = withOwners(app.files)
  if (provider === 'sqlite') return { files: sqliteSchema(files) }
  return { files: provider === 'postgresql' ? files.map(withoutExtensions) : files }
}

/** `preamble` creates them; the engine would do so again with every migration. */
const withoutExtensions = ({ path, content }: SchemaText): SchemaText => ({
  path,
  content: content.replace(/^[ \t]*extensions[ \t]*=[ \t]*\[[^\]]*\][ \t]*$/m, ''),
})

/**
 * SQL that has to come before a script so that the types it names exist.
 * @param earlier scripts that ran before
 */
export function preamble(app: DatabaseApp, earlier: readonly string[]): string {
  if (app.provider !== 'postgresql') return ''
  const before = earlier.join('\n')
  const extensions = extensionsOf(app.files.map((file) => file.content).join('\n'))
  return extensions
    .filter((name) => !isCreated(before, name))
    .map((name) => `CREATE EXTENSION IF NOT EXISTS "${name}";\n`)
    .join('')
}

const isCreated = (sql: string, extension: string): boolean =>
  new RegExp(`CREATE EXTENSION (IF NOT EXISTS )?"?${extension}\\b`, 'i').test(sql)
