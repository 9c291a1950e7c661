import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Schema } from '../../schema/model.js'
import { likelyRenames } from '../../schema/rename/detect.js'
import { outlineOf, type Outline } from '../../schema/rename/outline.js'
import { readRenames } from '../../schema/rename/parse.js'
import {
  RECORD_PATH,
  parseRecord,
  printRecord,
  settledRecord,
  type SchemaRecord,
} from '../../schema/rename/record.js'
import type { Rename } from '../../schema/rename/rename.js'
import { renameSteps, type RenameStep } from './steps.js'

/** What is known of names that the schema had when the database was made what it said. */
export type KnownNames = {
  /** Null: no generation has noted any. */
  readonly record: SchemaRecord | null
  readonly now: Outline
  readonly renames: readonly Rename[]
}

/**
 * Reads what the runs of `ssot generate` noted since the last migration.
 * @param given further renames, as `--rename` takes them
 * @throws UserError for renames that do not fit the schema
 */
export function readNames(root: string, schema: Schema, given: string | undefined): KnownNames {
  const path = join(root, RECORD_PATH)
  const record = existsSync(path) ? parseRecord(readFileSync(path, 'utf8')) : null
  const now = outlineOf(schema)
  const more = given === undefined ? [] : readRenames(given, record, now)
  return { record, now, renames: [...(record?.renames ?? []), ...more] }
}

/** What to call otherwise in the database. */
export const stepsOf = ({ record, now, renames }: KnownNames): RenameStep[] =>
  record === null ? [] : renameSteps(record.before ?? record, now, renames)

/** What to do where data would go with a name that may just have changed; none where that is unlikely. */
export function renameRemedies({ record, now, renames }: KnownNames): string[] {
  const likely = record && likelyRenames(record.before ?? record, now, renames)
  return likely
    ? [`If that is a new name for what was there: ssot db migrate --rename ${likely}`]
    : []
}

/** Notes that the database has the names of the schema. */
export function settleNames(root: string, { record, now }: KnownNames): void {
  if (record === null) return
  const text = printRecord(settledRecord(record, now))
  if (text !== printRecord(record)) writeFileSync(join(root, RECORD_PATH), text)
}
