import type { DatabaseApp } from './app.js'
import { noFilters } from './engine.js'
import { engineSchema } from './engine-schema.js'
import type { SchemaEngine } from './engine-types.js'

/** The script that makes the schema in a new database, as Prisma words it; null where there is nothing to make. */
export async function fromEmpty(app: DatabaseApp, engine: SchemaEngine): Promise<string | null> {
  const { stdout } = await engine.diff({
    from: { tag: 'empty' },
    to: { tag: 'schemaDatamodel', ...engineSchema(app) },
    script: true,
    exitCode: null,
    filters: noFilters,
  })
  return stdout === null || /^\s*(-- This is an empty migration\.)?\s*$/.test(stdout)
    ? null
    : stdout
}
