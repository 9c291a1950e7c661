import { formatText } from '../render/format.js'
import type { RenderedFile } from '../render/render.js'
import type { Change } from '../state.js'
import { decide } from './decide.js'
import { inStyleOf } from './lines.js'
import type { Settle } from './markers.js'
import type { Snapshot } from './merge.js'

/**
 * Decides anew on conflicts that are there only because the user's formatter laid out the file in another way: the
 * user's text is given the layout of generated code first. A conflict that stays is shown in the user's layout.
 */
export const mergeReformatted = (
  changes: readonly Change[],
  files: readonly RenderedFile[],
  snapshot: Snapshot,
  settle?: Settle,
): Promise<Change[]> => {
  const planned = new Map(files.map((file) => [file.path, file]))
  return Promise.all(
    changes.map(async (change) => {
      const file = planned.get(change.path)
      const isCandidate = change.kind === 'conflict' && change.reason === 'both-changed'
      return (isCandidate && file && (await reformatted(file, snapshot, settle))) || change
    }),
  )
}

async function reformatted(
  file: RenderedFile,
  snapshot: Snapshot,
  settle?: Settle,
): Promise<Change | null> {
  const { path, text: theirs } = file
  const { ours = null, base = null } = snapshot.get(path) ?? {}
  const tidy = ours === null ? null : await formatText(path, ours)
  if (ours === null || tidy === null) return null
  const decision = decide({ base, ours: tidy, theirs }, file, settle)
  switch (decision.kind) {
    case 'update':
    case 'merge':
      return { path, ...decision, text: inStyleOf(ours, decision.text), reason: 'reformatted' }
    case 'keep':
      // In its own layout, it says what is generated now.
      return { path, ...decision }
    case 'create':
    case 'delete':
    case 'move':
    case 'conflict':
      return null
  }
}
