import type { OnExisting } from '../kit/index.js'

/** What happens to one file, by the last generated text (base), the text on disk (ours) and the new text (theirs). */
export type Decision =
  | { readonly kind: 'create' | 'update'; readonly text: string }
  /** Nothing is written. `reason` says why the file on disk stays as it is. */
  | { readonly kind: 'keep'; readonly reason: 'same' | 'edited' | 'deleted' | 'yours' | 'orphan' }
  | { readonly kind: 'delete' }
  /** Both sides changed; `text` is not written. */
  | { readonly kind: 'conflict'; readonly reason: 'both-added' | 'both-changed' }

export type Versions = {
  /** Null: the file was not there at the last run. */
  readonly base: string | null
  /** Null: the file is not on disk. */
  readonly ours: string | null
  /** Null: the file is no longer generated. */
  readonly theirs: string | null
}

/** Decides for one file. Pure: the table of the design, row by row. */
export function decide(
  { base, ours, theirs }: Versions,
  onExisting: OnExisting = 'merge',
): Decision {
  if (theirs === null) return decideOrphan(base, ours)
  if (ours === null)
    return base === null ? { kind: 'create', text: theirs } : { kind: 'keep', reason: 'deleted' }
  if (ours === theirs) return { kind: 'keep', reason: 'same' }
  if (onExisting === 'skip') return { kind: 'keep', reason: 'yours' }
  if (onExisting === 'overwrite' || base === ours) return { kind: 'update', text: theirs }
  if (base === null) return { kind: 'conflict', reason: 'both-added' }
  if (base === theirs) return { kind: 'keep', reason: 'edited' }
  return { kind: 'conflict', reason: 'both-changed' }
}

function decideOrphan(base: string | null, ours: string | null): Decision {
  if (ours === null || base === null) return { kind: 'keep', reason: 'same' }
  return base === ours ? { kind: 'delete' } : { kind: 'keep', reason: 'orphan' }
}
