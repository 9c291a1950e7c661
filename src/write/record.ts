import { RECORD_PATH, nextRecord, printRecord } from '../schema/rename/record.js'
import type { Renaming } from '../state.js'
import type { DiskChange } from './stage.js'

/** What a run notes of the schema for the next one; nothing where that is noted already. */
export function recordChanges({ record, now, renames }: Renaming): DiskChange[] {
  const content = printRecord(nextRecord(record, now, renames))
  return record !== null && printRecord(record) === content ? [] : [{ path: RECORD_PATH, content }]
}
