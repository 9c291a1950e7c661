import { CONFIG_FILE } from '../config-file.js'
import type { RenderedFile } from '../render/render.js'
import type { Change, GenerateInput, Renaming } from '../state.js'
import type { Manifest } from './manifest.js'
import { mergeFiles, refuseInTheWay, type Snapshot } from './merge.js'
import { changesWithEdits } from './user-edits.js'

/**
 * New texts, last generated ones and those on disk → what happens to each file.
 * @throws UserError where a new app would meet files that are there
 */
export async function mergeApp(
  files: readonly RenderedFile[],
  previous: Manifest | null,
  snapshot: Snapshot,
  renaming: Renaming,
  { root, config, edits = [] }: GenerateInput,
): Promise<readonly Change[]> {
  const changes = await decideAll(files, previous, snapshot, renaming, config.format)
  if (!previous) refuseInTheWay(changes)
  return changesWithEdits(await withConfig(root, changes, files, snapshot), edits)
}

async function decideAll(
  files: readonly RenderedFile[],
  previous: Manifest | null,
  snapshot: Snapshot,
  { record, now, renames }: Renaming,
  format: boolean,
): Promise<readonly Change[]> {
  if (previous && record && renames.length > 0) {
    const [{ mergeRenamed }, { namingOf }, { knownOutline }] = await Promise.all([
      import('./renamed.js'),
      import('./names.js'),
      import('../schema/rename/record.js'),
    ])
    const naming = namingOf(knownOutline(record), now, renames)
    return mergeRenamed(files, previous, snapshot, naming, format)
  }
  const changes = mergeFiles(files, previous, snapshot)
  if (!previous || !format || !changes.some(({ kind }) => kind === 'conflict')) return changes
  const { mergeReformatted } = await import('./reformat.js')
  return mergeReformatted(changes, files, snapshot)
}

/** Options are merged by name where the lines that they stand in clash. */
async function withConfig(
  root: string,
  changes: readonly Change[],
  files: readonly RenderedFile[],
  snapshot: Snapshot,
): Promise<readonly Change[]> {
  const clashes = changes.some(
    (change) =>
      change.path === CONFIG_FILE &&
      (change.kind === 'conflict' || (change.kind === 'merge' && change.reason === 'reformatted')),
  )
  if (!clashes) return changes
  const { mergeConfig } = await import('./config.js')
  return mergeConfig(root, changes, files, snapshot)
}
