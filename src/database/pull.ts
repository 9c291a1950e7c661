import { renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { UserError } from '../errors.js'
import type { DatabaseApp, SchemaText } from './app.js'
import { driversFor } from './connect.js'
import { withEngine } from './engine.js'
import { engineSchema } from './engine-schema.js'
import { changedLines, type SchemaChanges } from './schema-changes.js'
import { restoreBigInts } from './sqlite-schema.js'

/** Lines per file that the database adds to the schema or takes from it; empty where they agree. */
export type PullResult = { readonly changes: readonly SchemaChanges[] }

/**
 * Writes the database's tables into the schema. What only the schema knows (names, comments, generators) stays.
 * @param force take lines out of the schema that the database does not confirm
 * @throws UserError when lines would be taken out and `force` was not given; nothing is written then
 */
export async function pull(app: DatabaseApp, force: boolean): Promise<PullResult> {
  const files = await introspect(app)
  const before = new Map(app.files.map(({ path, content }) => [path, content]))
  const changes = files
    .map(({ path, content }) => changedLines(path, before.get(path) ?? '', content))
    .filter(({ added, removed }) => added.length + removed.length > 0)
  const lost = changes.flatMap(({ removed }) => removed)
  if (lost.length > 0 && !force)
    throw new UserError(
      `The database lacks what the schema says:\n${lost.map((line) => `  - ${line}`).join('\n')}`,
      [
        'To bring the database up to date: ssot db migrate',
        'To take these lines out of the schema: ssot db pull --force',
      ],
    )
  for (const { path } of changes)
    replaceFile(path, files.find((file) => file.path === path)!.content)
  return { changes }
}

async function introspect(app: DatabaseApp): Promise<readonly SchemaText[]> {
  const schema = engineSchema(app)
  const result = await withEngine(app.root, driversFor(app), schema.files, (engine) =>
    engine.introspect({
      schema,
      baseDirectoryPath: join(app.root, 'prisma'),
      force: false,
      compositeTypeDepth: -1,
      namespaces: null,
    }),
  )
  const { files } = result.schema
  return app.provider === 'sqlite' ? restoreBigInts(files, app.files) : files
}

/** All or nothing: a crash half way leaves the old file. */
function replaceFile(path: string, content: string): void {
  const temporary = `${path}.new`
  writeFileSync(temporary, content)
  renameSync(temporary, path)
}
