import { UserError } from './errors.js'
import type { GenerateResult } from './generate.js'
import {
  MANIFEST_PATH,
  countByPack,
  listed,
  printManifest,
  type Manifest,
} from './merge/manifest.js'
import { readManifestText, requireManifest } from './merge/snapshot.js'
import { nearest } from './nearest.js'
import { refuseNewer } from './upgrade/versions.js'
import { commit } from './write/commit.js'
import { whileLocked } from './write/exclusive.js'
import { writeThen } from './write-then.js'

/**
 * Notes in the manifest that a file is not to be generated any more. Its last generated text is kept.
 * @param path relative to the app, POSIX
 * @returns false where it is the user's already
 * @throws UserError where no run generates it, with the nearest paths
 */
export async function eject(root: string, path: string): Promise<boolean> {
  return whileLocked(root, async () => {
    const manifest = requireManifest(root)
    refuseNewer(manifest)
    const found = manifest.outputs.find((output) => output.path === path)
    if (found?.yours || manifest.ejected?.includes(path)) return false
    if (!found)
      throw unknownFile(path, generatedPaths(manifest), 'is not a generated file', ALL_FILES)
    const content = printManifest(withoutOutput(manifest, path))
    await commit(root, [{ path: MANIFEST_PATH, content }], { concurrency: 1 })
    return true
  })
}

/**
 * Has a file generated again: what it would be now is merged with what became of it.
 * @param generate brings the app up to date
 * @throws UserError where the file is not ejected, with those that are; what `generate` throws: the file is ejected then
 */
export async function takeBack(
  root: string,
  path: string,
  signal: AbortSignal,
  generate: () => Promise<GenerateResult>,
): Promise<GenerateResult> {
  const manifest = requireManifest(root)
  const { ejected = [], orphans = [], ...others } = manifest
  if (!ejected.includes(path)) throw unknownFile(path, ejected, 'is not ejected', EJECTED)
  // As one that was generated once: so it is merged if it is generated now, and else named.
  const content = printManifest({
    ...others,
    ...listed('orphans', [...orphans, path]),
    ...listed(
      'ejected',
      ejected.filter((other) => other !== path),
    ),
  })
  const files = [{ path: MANIFEST_PATH, before: readManifestText(root), content }]
  return writeThen(root, files, { concurrency: 1, signal }, generate)
}

const ALL_FILES = `The generated files are listed in ${MANIFEST_PATH}.`
const EJECTED = `The ejected files are listed in ${MANIFEST_PATH}, if there are any.`

const generatedPaths = ({ outputs }: Manifest): string[] =>
  outputs.flatMap(({ path, yours }) => (yours ? [] : [path]))

function withoutOutput(manifest: Manifest, path: string): Manifest {
  const { conflicts = [], ejected = [], orphans = [], ...others } = manifest
  const outputs = manifest.outputs.filter((output) => output.path !== path)
  return {
    ...others,
    ...{ outputs, counts: countByPack(outputs) },
    ...listed('orphans', orphans),
    ...listed(
      'conflicts',
      conflicts.filter((other) => other !== path),
    ),
    ...listed('ejected', [...ejected, path]),
  }
}

/** Files of that name come first; the list of all of them would be too long. */
function unknownFile(path: string, known: readonly string[], why: string, none: string): UserError {
  const named = known.filter((other) => other.endsWith(`/${path}`))
  const close = [...new Set([...named, ...nearest(path, known)])].slice(0, 3)
  return new UserError(`${path} ${why}.`, [
    close.length > 0 ? `Did you mean ${close.join(', ')}?` : none,
  ])
}
