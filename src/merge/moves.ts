import type { RenderedFile } from '../render/render.js'
import { isSame } from './lines.js'
import type { Manifest } from './manifest.js'
import type { Snapshot } from './merge.js'
import type { Naming } from './names.js'

/**
 * Which files go where, as what they were generated for has a new name: new path by old path. A file stays where
 * another one has its place. Pure.
 */
export function movesOf(
  files: readonly RenderedFile[],
  previous: Manifest,
  snapshot: Snapshot,
  naming: Naming,
): Map<string, string> {
  const planned = new Set(files.map(({ path }) => path))
  const listed = new Set(previous.outputs.map(({ path }) => path))
  const old = [...listed, ...(previous.orphans ?? [])].filter((path) => !planned.has(path))
  return new Map(
    old.flatMap((from): [string, string][] => {
      const to = movedPath(from, naming.files)
      if (to === from || !planned.has(to)) return []
      return isFree(to, from, listed, snapshot) ? [[from, to]] : []
    }),
  )
}

/** `src/models/post/post.dto.ts` → `src/models/article/article.dto.ts` */
const movedPath = (path: string, files: ReadonlyMap<string, string>): string =>
  path
    .split('/')
    .map((segment) => {
      const [, stem = '', ending = ''] = /^([^.]*)(.*)$/.exec(segment) ?? []
      return (files.get(stem) ?? stem) + ending
    })
    .join('/')

/**
 * Nothing is there, or for a file that was left behind what a run has put there since. Where the user has moved the file,
 * it is there already.
 */
function isFree(
  to: string,
  from: string,
  listed: ReadonlySet<string>,
  snapshot: Snapshot,
): boolean {
  const [target, source] = [snapshot.get(to), snapshot.get(from)]
  if (!listed.has(to)) return (target?.ours ?? null) === null || (source?.ours ?? null) === null
  const { ours = null, base = null } = target ?? {}
  const isUntouched = ours !== null && base !== null && isSame(base, ours)
  return isUntouched && !listed.has(from) && (source?.ours ?? null) !== null
}
