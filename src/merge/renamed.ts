import { formatText } from '../render/format.js'
import type { RenderedFile } from '../render/render.js'
import type { Change } from '../state.js'
import { decide } from './decide.js'
import { inStyleOf, isSame, plain } from './lines.js'
import type { Manifest } from './manifest.js'
import { mergeFiles, sourceOf, type OnDisk, type Snapshot } from './merge.js'
import { movesOf } from './moves.js'
import type { Naming } from './names.js'
import { mergeReformatted } from './reformat.js'
import { settleByNames } from './rename-clash.js'
import { renamerOf } from './rename-text.js'

/**
 * As `mergeFiles`, where models, enums or fields have new names: files move with their edits, and the edits follow.
 * @param format false where emitted code is not formatted
 */
export async function mergeRenamed(
  files: readonly RenderedFile[],
  previous: Manifest,
  snapshot: Snapshot,
  naming: Naming,
  format: boolean,
): Promise<Change[]> {
  const moves = movesOf(files, previous, snapshot, naming)
  const sources = new Map([...moves].map(([from, to]) => [to, from]))
  const rename = renamerOf(naming, files, moves)
  const versions = new Map<string, OnDisk>()
  for (const file of files) {
    const from = sources.get(file.path) ?? file.path
    const known = knownOf(file.path, from, snapshot)
    const follow = (text: string): string => rename(text, from, file.path)
    versions.set(file.path, await followed(known, file, follow, format))
  }
  const settle = settleByNames(naming.words)
  const decided = files.map((file): Change => {
    const { base = null, ours = null } = versions.get(file.path) ?? {}
    return { path: file.path, ...decide({ base, ours, theirs: file.text }, file, settle) }
  })
  const settled = format ? await mergeReformatted(decided, files, versions, settle) : decided
  const placed = settled.map((change) => {
    const from = sources.get(change.path)
    return placedChange(change, versions, snapshot, from)
  })
  const done = new Set(placed.flatMap((change) => [change.path, sourceOf(change) ?? change.path]))
  return [...placed, ...mergeFiles([], previous, snapshot).filter(({ path }) => !done.has(path))]
}

/** The versions of a file by where it lay; the user may have moved it already. */
function knownOf(path: string, from: string, snapshot: Snapshot): OnDisk {
  const { ours = null, base = null, stored = null } = snapshot.get(from) ?? {}
  return { ours: ours ?? snapshot.get(path)?.ours ?? null, base, stored }
}

/** The versions of a file with the new names in the user's text, and in the one that it came from. */
async function followed(
  known: OnDisk,
  file: RenderedFile,
  follow: (text: string) => string,
  format: boolean,
): Promise<OnDisk> {
  const { ours, base, stored } = known
  if (ours === null) return known
  if (base !== null && isSame(base, ours))
    // What is written once is written anew where nobody has touched it.
    return file.onExisting === 'skip' ? { ...known, ours: inStyleOf(ours, file.text) } : known
  const laidOut = async (text: string): Promise<string> => {
    const renamed = follow(text)
    if (!format || renamed === text) return renamed
    if ((await formatText(file.path, text)) !== plain(text)) return renamed
    return inStyleOf(text, (await formatText(file.path, renamed)) ?? renamed)
  }
  return { ours: await laidOut(ours), base: base === null ? null : await laidOut(base), stored }
}

/** What the disk gets: a file that moves, or that has got new names only, is written in any case. */
function placedChange(
  change: Change,
  versions: Snapshot,
  snapshot: Snapshot,
  source: string | undefined,
): Change {
  const { path } = change
  const ours = versions.get(path)?.ours ?? null
  const from = source !== undefined && snapshot.get(source)?.ours != null ? source : undefined
  switch (change.kind) {
    case 'keep':
      if (ours === null) return change
      if (from !== undefined) return { path, kind: 'move', from, text: ours }
      return ours === snapshot.get(path)?.ours ? change : { path, kind: 'merge', text: ours }
    case 'update':
    case 'merge':
      return from === undefined ? change : { path, kind: 'move', from, text: change.text }
    case 'conflict':
      return from === undefined ? change : { ...change, from }
    case 'create':
    case 'delete':
    case 'move':
      return change
  }
}
