import type { Change } from '../state.js'
import type { Replaced } from '../write-then.js'
import type { Snapshot } from './merge.js'

/** The disk as it would be had the user saved these texts before the run. */
export function withEdits(snapshot: Snapshot, edits: readonly Replaced[]): Snapshot {
  if (edits.length === 0) return snapshot
  const edited = new Map(snapshot)
  for (const { path, before, content } of edits) {
    const { base = null, stored = null } = snapshot.get(path) ?? {}
    edited.set(path, { base, stored, ours: content, disk: before })
  }
  return edited
}

/** The changes with those edits among them that the merge leaves as they are, or alone: they come to disk by this run. */
export function changesWithEdits(
  changes: readonly Change[],
  edits: readonly Replaced[],
): readonly Change[] {
  const merged = new Set(changes.flatMap(({ path, kind }) => (kind === 'keep' ? [] : [path])))
  const written = edits.flatMap(({ path, before, content }): Change[] =>
    content === null || content === before || merged.has(path)
      ? []
      : [{ path, kind: before === null ? 'create' : 'update', text: content }],
  )
  const paths = new Set(written.map(({ path }) => path))
  return [...changes.filter(({ path }) => !paths.has(path)), ...written]
}
