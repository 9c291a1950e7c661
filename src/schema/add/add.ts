import { dirname, join } from 'node:path'
import { UserError } from '../../errors.js'
import { loadSchema } from '../load.js'
import type { Schema } from '../model.js'
import { readSchema, type SchemaText } from '../read.js'
import { readSource, type Source } from '../source.js'
import { catalogOf, type Catalog } from './catalog.js'
import { NOTHING_WRITTEN } from './problem.js'
import { insertDraft, type Insertion } from './insert.js'
import { draftAddition, type Addition } from './addition.js'

/** A schema as it lies on disk, read and understood. */
export type OpenSchema = {
  readonly texts: readonly SchemaText[]
  readonly sources: readonly Source[]
  readonly catalog: Catalog
}

export type AddedToSchema = Insertion & {
  /** What the schema says afterwards: Prisma has accepted it. */
  readonly schema: Schema
  readonly notes: readonly string[]
}

/**
 * Reads a schema to add to.
 * @throws UserError as `loadSchema`
 */
export const openSchema = async (path: string): Promise<OpenSchema> =>
  understand(await readSchema(path, true))

/** @throws UserError as `loadSchema` */
export async function understand(texts: readonly SchemaText[]): Promise<OpenSchema> {
  const sources = texts.map(readSource)
  return { texts, sources, catalog: catalogOf(await loadSchema({ files: texts }), sources) }
}

/**
 * Works out what the files of a schema become by an addition, and has Prisma check it. Nothing is written.
 * @throws UserError that names the word that is wrong, or Prisma's own message
 */
export async function addToSchema(
  { texts, sources, catalog }: OpenSchema,
  addition: Addition,
): Promise<AddedToSchema> {
  const draft = draftAddition(catalog, addition)
  const insertion = insertDraft(sources, catalog.places, draft)
  const changed = new Map(insertion.files.map((file) => [file.path, file.content]))
  const folder = dirname(texts[0]!.shown)
  const files = [
    ...texts.map((text) => ({ ...text, content: changed.get(text.path) ?? text.content })),
    ...insertion.files
      .filter(({ isNew }) => isNew)
      .map((file) => ({ ...file, shown: join(folder, file.path) })),
  ].sort((a, b) => (a.path < b.path ? -1 : 1))
  const schema = await loadSchema({ files }).catch((error: unknown) => {
    throw error instanceof UserError ? refusal(error) : error
  })
  return { ...insertion, schema, notes: draft.notes }
}

/** The places that the message names are those of the text that would have been written. */
const refusal = (cause: UserError): UserError =>
  new UserError(`With what was to be added: ${cause.message}`, [NOTHING_WRITTEN], { cause })
