import { UserError } from '../errors.js'
import type { RenderedFile } from '../render/render.js'
import type { Change } from '../state.js'
import { decide } from './decide.js'
import { isSame, plain } from './lines.js'
import { basePath, type Manifest } from './manifest.js'
import { sha256 } from '../sha256.js'
import { firstMarker } from './markers.js'

/** What is on disk of one path; null where there is nothing. */
export type OnDisk = {
  readonly ours: string | null
  /** Where `ours` is about to come to disk by this very run: what is there before it. */
  readonly disk?: string | null
  /** The last generated text, so far as we know it. */
  readonly base: string | null
  /** What lies in `.ssot/base`. */
  readonly stored: string | null
}
export type Snapshot = ReadonlyMap<string, OnDisk>

/** Every path that a run has to look at: planned now, generated last time, or left behind before. */
export function pathsOf(
  files: readonly Pick<RenderedFile, 'path'>[],
  previous: Manifest | null,
): string[] {
  const listed = (previous?.outputs ?? []).map((output) => output.path)
  return [...new Set([...files.map((file) => file.path), ...listed, ...(previous?.orphans ?? [])])]
}

/** Where texts are read from. */
export type Disk = {
  /** A text; null where there is none. */
  read(path: string): string | null
  /** The number of its bytes; null where there is none. Takes a fraction of the time. */
  size(path: string): number | null
}

/** The versions of one path on disk, by the texts that are there and what the last run wrote down. */
export function versionsOf(
  path: string,
  previous: Manifest['outputs'][number] | undefined,
  { read, size }: Disk,
): OnDisk {
  const ours = read(path)
  const base = basePath(path)
  // The fingerprint tells what the base of an untouched file holds: of thousands, only the few edited ones are read.
  const untouched = ours !== null && previous !== undefined && isAsGenerated(ours, previous)
  const stored = untouched && size(base) === Buffer.byteLength(ours) ? ours : read(base)
  return { ours, stored, base: untouched ? ours : baseOf(ours, stored, previous) }
}

const isAsGenerated = (text: string, listed: Manifest['outputs'][number]): boolean =>
  sha256(plain(text)) === listed.sha256

function baseOf(
  ours: string | null,
  stored: string | null,
  listed: Manifest['outputs'][number] | undefined,
): string | null {
  // A file that went after it was no longer generated is not one that the user wants to do without.
  if (listed === undefined) return ours === null ? null : stored
  if (stored !== null) return stored
  // Without its base, one that was there was deleted; one that is there was edited, nobody knows how.
  return ours === null ? '' : null
}

/** New texts, last generated ones and those on disk → what happens to each file. Pure. */
export function mergeFiles(
  files: readonly RenderedFile[],
  previous: Manifest | null,
  snapshot: Snapshot,
): Change[] {
  const theirs = new Map(files.map((file) => [file.path, file]))
  return pathsOf(files, previous).map((path): Change => {
    const file = theirs.get(path)
    const { ours = null, base = null } = snapshot.get(path) ?? {}
    return { path, ...decide({ base, ours, theirs: file?.text ?? null }, { ...file, path }) }
  })
}

/** Where a file lay that moves. */
export const sourceOf = (change: Change): string | undefined =>
  change.kind === 'move' || change.kind === 'conflict' ? change.from : undefined

/** Files, by where they lay, whose edits are mixed with what is new. */
export const mixedPaths = (changes: readonly Change[], snapshot: Snapshot): string[] =>
  changes.flatMap((change) => {
    const path = sourceOf(change) ?? change.path
    switch (change.kind) {
      case 'merge':
      case 'conflict':
        return [path]
      case 'move': {
        const { ours = null, base = null } = snapshot.get(path) ?? {}
        return ours !== null && base !== null && isSame(base, ours) ? [] : [path]
      }
      case 'create':
      case 'update':
      case 'keep':
      case 'delete':
        return []
    }
  })

/** Where edited files hold a conflict marker: `src/app.ts:12`. */
export const markedPlaces = (snapshot: Snapshot): string[] =>
  [...snapshot].flatMap(([path, { ours, base }]) => {
    if (ours === null || (base !== null && isSame(base, ours))) return []
    const line = firstMarker(ours)
    return line === null ? [] : [`${path}:${line}`]
  })

/**
 * A file with two versions of some lines can't be merged with a third.
 * @throws UserError that names each file and line
 */
export function refuseMarkers(snapshot: Snapshot): void {
  const marked = markedPlaces(snapshot)
  if (marked.length === 0) return
  throw new UserError(`Conflicts are not resolved yet:\n${indented(marked)}`, [
    'Choose what each place should say, take out the lines with <<<<<<<, |||||||, ======= and >>>>>>>, and run it again.',
  ])
}

/**
 * A new app is never merged with files that were there before it.
 * @throws UserError that names them
 */
export function refuseInTheWay(changes: readonly Change[]): void {
  const paths = changes.filter(({ kind }) => kind === 'conflict').map(({ path }) => path)
  if (paths.length === 0) return
  throw new UserError(`These files are in the way:\n${indented(paths)}`, [
    'Move them away, or choose another folder.',
  ])
}

const indented = (lines: readonly string[]): string => lines.map((line) => `  ${line}`).join('\n')
