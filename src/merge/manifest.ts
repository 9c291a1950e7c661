import { UserError } from '../errors.js'
import type { OnExisting } from '../kit/index.js'
import { isInside } from '../safe-path.js'
import { sha256 } from '../sha256.js'

export const MANIFEST_PATH = '.ssot/generation.json'
export const BASE_FOLDER = '.ssot/base'

/** Where the last generated text of a file lies. The ending keeps tools from reading it as code or settings. */
export const basePath = (path: string): string => `${BASE_FOLDER}/${path}.base`

/** `.ssot/generation.json`: what the last run made and from what. Deterministic: the same input gives the same bytes. */
export type Manifest = {
  readonly generator: {
    readonly name: string
    readonly version: string
    /** The version of the last upgrade, where that is another: what the config is written for. */
    readonly upgradedTo?: string
  }
  /** sha256 over schema files, config and generator version: equal means there is nothing to do. */
  readonly input: string
  readonly schema: {
    readonly provider: string
    readonly hash: string
    readonly models: number
    readonly enums: number
  }
  readonly config: {
    /** npm package name of the app. */
    readonly name: string
    readonly [choice: string]: unknown
  }
  readonly counts: Readonly<Record<string, number>>
  readonly outputs: readonly ManifestOutput[]
  /** Edited files that were generated once and are no more; their base is kept for the day they come back. */
  readonly orphans?: readonly string[]
  /** Files that the run left conflict markers in. */
  readonly conflicts?: readonly string[]
  /** Files that are not to be generated any more; their base is kept for the day they are taken back. */
  readonly ejected?: readonly string[]
}

export type ManifestOutput = {
  readonly id: string
  readonly path: string
  /** How other files of `src/` import it; null for what is not code. */
  readonly import: string | null
  readonly pack: string
  readonly template: string
  /** Of the generated text. */
  readonly sha256: string
  /** Of the same before it was formatted: what is printed again need not be formatted again. */
  readonly printed?: string
  /** Written once and the user's from then on: its last generated text is not kept. */
  readonly yours?: true
}

/** An output as the manifest lists it. */
export function manifestOutput(file: {
  path: string
  owner: string
  template: string
  text: string
  printed?: string
  onExisting?: OnExisting
}): ManifestOutput {
  const code = /^src\/(.+)\.ts$/.exec(file.path)
  return {
    id: `${file.owner}:${file.path}`,
    path: file.path,
    import: code ? `./${code[1]}.js` : null,
    pack: file.owner,
    template: file.template,
    sha256: sha256(file.text),
    ...(file.printed === undefined ? {} : { printed: file.printed }),
    ...(file.onExisting === 'skip' ? { yours: true } : {}),
  }
}

/** Number of outputs per pack, packs sorted. */
export function countByPack(outputs: readonly ManifestOutput[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const pack of outputs.map((output) => output.pack).sort())
    counts[pack] = (counts[pack] ?? 0) + 1
  return counts
}

/** A list of paths as a manifest has it; one that is empty leaves no trace. */
export const listed = (
  name: 'orphans' | 'conflicts' | 'ejected',
  paths: readonly string[],
): Pick<Manifest, typeof name> => (paths.length === 0 ? {} : { [name]: paths.toSorted() })

export const printManifest = (manifest: Manifest): string =>
  `${JSON.stringify(manifest, null, 2)}\n`

/**
 * Reads a manifest's text. Its paths come from a file that anybody can edit, so each is checked.
 * @throws UserError when it is no manifest or names a path outside the app
 */
export function parseManifest(text: string): Manifest {
  let manifest: Manifest
  try {
    manifest = JSON.parse(text) as Manifest
  } catch (cause) {
    throw broken('it is not JSON', cause)
  }
  if (!Array.isArray(manifest?.outputs)) throw broken('it has no list of outputs')
  if (typeof manifest.generator?.version !== 'string') throw broken('it says no version')
  const paths: unknown[] = manifest.outputs.map((output) => output?.path)
  for (const list of [manifest.orphans, manifest.conflicts, manifest.ejected]) {
    if (list === undefined) continue
    if (!Array.isArray(list)) throw broken('a list of paths is none')
    paths.push(...list)
  }
  for (const path of paths)
    if (!isInside(path)) throw broken(`it names the path ${JSON.stringify(path)}`)
  return manifest
}

const broken = (why: string, cause?: unknown): UserError =>
  new UserError(`${MANIFEST_PATH} can't be used: ${why}.`, ['Restore it from version control.'], {
    cause,
  })
