import { join, relative } from 'node:path'
import type { AddedToSchema, OpenSchema } from './schema/add/add.js'
import { writeThen } from './write-then.js'

/** Where a schema lies: the app, and the absolute path of a `.prisma` file or of a folder of them below it. */
export type SchemaPlace = { readonly root: string; readonly schema: string }

/**
 * Writes what a schema gets, then does what follows from it.
 * @param follow brings the app up to date
 * @throws what `follow` throws; the schema is then as it was, byte for byte
 */
export async function extendSchema<T>(
  place: SchemaPlace,
  { texts }: OpenSchema,
  added: AddedToSchema,
  options: { readonly concurrency: number; readonly signal: AbortSignal },
  follow: () => Promise<T>,
): Promise<T> {
  const before = new Map(texts.map(({ path, content }) => [path, content]))
  const changes = added.files.map(({ path, content }) => ({
    path: pathInApp(place, path),
    content,
    before: before.get(path) ?? null,
  }))
  return writeThen(place.root, changes, options, follow)
}

/** Relative to the app, POSIX. */
export function pathInApp({ root, schema }: SchemaPlace, path: string): string {
  const file = schema.endsWith('.prisma') ? schema : join(schema, path)
  return relative(root, file).replaceAll('\\', '/')
}
