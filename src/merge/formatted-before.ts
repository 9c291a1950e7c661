import type { RenderedFile } from '../render/render.js'
import { VERSION } from '../version.js'
import { plain } from './lines.js'
import { type Manifest } from './manifest.js'
import { sha256 } from '../sha256.js'
import type { Snapshot } from './merge.js'

/**
 * Finds the formatted text of files for which a template printed what it printed in the last run, by this version.
 * @returns given a file and the fingerprint of its text: the same text formatted; null where it has to be formatted
 */
export function formattedBefore(
  previous: Manifest | null,
  snapshot: Snapshot,
): (file: RenderedFile, printed: string) => string | null {
  if (previous?.generator.version !== VERSION) return () => null
  const listed = new Map(previous.outputs.map((output) => [output.path, output]))
  return ({ path }, printed) => {
    const output = listed.get(path)
    const { stored = null, ours = null } = snapshot.get(path) ?? {}
    // Of a file that is written once, nothing is stored but the file itself.
    const known = stored ?? ours
    if (output?.printed !== printed || known === null) return null
    const text = plain(known)
    // Somebody may have changed it.
    return sha256(text) === output.sha256 ? text : null
  }
}
