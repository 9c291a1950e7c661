import type { OnExisting } from '../kit/index.js'
import { mergeEnv } from './env.js'
import { mergeJson } from './json.js'
import { inStyleOf, isSame } from './lines.js'
import type { Merged, Settle } from './markers.js'
import { mergeText } from './text.js'

/** What happens to one file, by the last generated text (base), the text on disk (ours) and the new text (theirs). */
export type Decision =
  | {
      readonly kind: 'create' | 'update' | 'merge'
      readonly text: string
      /** The user's layout was in the way, and is that of the generated code now. */
      readonly reason?: 'reformatted'
    }
  /** Nothing is written. `reason` says why the file on disk stays as it is. */
  | { readonly kind: 'keep'; readonly reason: 'same' | 'edited' | 'deleted' | 'yours' | 'orphan' }
  | { readonly kind: 'delete' }
  /** What it was generated for has a new name: it lay at `from`, and the user's edits go with it. */
  | { readonly kind: 'move'; readonly from: string; readonly text: string }
  /** Both sides changed the same lines: `text` holds both, marked; `lines` (from 1) are where that begins. */
  | {
      readonly kind: 'conflict'
      readonly reason: 'both-added' | 'both-changed'
      readonly text: string
      readonly lines: readonly number[]
      /** Where it lay, if it moves. */
      readonly from?: string
    }

export type Versions = {
  /** Null: the file was not there at the last run. */
  readonly base: string | null
  /** Null: the file is not on disk. */
  readonly ours: string | null
  /** Null: the file is no longer generated. */
  readonly theirs: string | null
}

/**
 * Decides for one file. Pure: the table of the design, row by row. Line ends alone are no difference: git may change
 * them in a clone.
 */
export function decide(
  { base, ours, theirs }: Versions,
  { path, onExisting = 'merge' }: { readonly path: string; readonly onExisting?: OnExisting },
  settle?: Settle,
): Decision {
  if (theirs === null) return decideOrphan(base, ours)
  if (ours === null)
    return base === null ? { kind: 'create', text: theirs } : { kind: 'keep', reason: 'deleted' }
  if (isSame(ours, theirs)) return { kind: 'keep', reason: 'same' }
  if (onExisting === 'skip') return { kind: 'keep', reason: 'yours' }
  if (onExisting === 'overwrite' || (base !== null && isSame(base, ours)))
    return { kind: 'update', text: inStyleOf(ours, theirs) }
  if (base === null) return decideMerged(mergeText(null, ours, theirs), ours, 'both-added')
  if (isSame(base, theirs)) return { kind: 'keep', reason: 'edited' }
  return decideMerged(mergerOf(path)(base, ours, theirs, settle), ours, 'both-changed')
}

function decideOrphan(base: string | null, ours: string | null): Decision {
  if (ours === null) return { kind: 'keep', reason: 'same' }
  const untouched = base !== null && isSame(base, ours)
  return untouched ? { kind: 'delete' } : { kind: 'keep', reason: 'orphan' }
}

function decideMerged(
  { text, conflicts }: Merged,
  ours: string,
  reason: 'both-added' | 'both-changed',
): Decision {
  if (conflicts.length > 0) return { kind: 'conflict', reason, text, lines: conflicts }
  return text === ours ? { kind: 'keep', reason: 'edited' } : { kind: 'merge', text }
}

/** By what a file is merged: settings by name, all else by line. */
function mergerOf(path: string): typeof mergeText {
  const name = path.slice(path.lastIndexOf('/') + 1)
  if (name === '.env' || name.startsWith('.env.')) return mergeEnv
  return name.endsWith('.json') ? mergeJson : mergeText
}
