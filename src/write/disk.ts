import type { Config } from '../config.js'
import { inputHash, type InputText } from '../input-hash.js'
import type { RenderedFile } from '../render/render.js'
import type { Schema } from '../schema/model.js'
import type { Change } from '../state.js'
import { VERSION } from '../version.js'
import type { DiskChange } from './stage.js'
import {
  MANIFEST_PATH,
  basePath,
  countByPack,
  listed,
  manifestOutput,
  printManifest,
  type Manifest,
} from '../merge/manifest.js'
import { isSame } from '../merge/lines.js'
import type { Snapshot } from '../merge/merge.js'

/** What the disk gets: the changes themselves, the last generated texts that changed, the manifest. */
export function diskChanges(
  changes: readonly Change[],
  files: readonly RenderedFile[],
  snapshot: Snapshot,
  manifest: Manifest,
): DiskChange[] {
  const byPath = new Map(files.map((file) => [file.path, file]))
  return [
    ...changes.flatMap((change) => fileChange(change, byPath.get(change.path), snapshot)),
    ...changes.flatMap((change) => baseChange(change, byPath.get(change.path), snapshot)),
    { path: MANIFEST_PATH, content: printManifest(manifest) },
  ]
}

function fileChange(
  change: Change,
  file: RenderedFile | undefined,
  snapshot: Snapshot,
): DiskChange[] {
  const { path } = change
  const { ours = null, disk: was = ours } = snapshot.get(path) ?? {}
  switch (change.kind) {
    case 'keep':
      return []
    case 'delete':
      return [{ path, content: null, was }]
    case 'create':
    case 'update':
    case 'merge':
      return [{ path, content: change.text, executable: file?.executable ?? false, was }]
    case 'move':
    case 'conflict':
      return [
        {
          path,
          content: change.text,
          executable: file?.executable ?? false,
          was,
          from: change.from,
        },
        ...(change.from === undefined ? [] : removal(change.from, snapshot)),
      ]
  }
}

/** What is left of a file that moves. */
function removal(path: string, snapshot: Snapshot): DiskChange[] {
  const { ours = null, stored = null } = snapshot.get(path) ?? {}
  const base = stored === null ? [] : [{ path: basePath(path), content: null }]
  return [{ path, content: null, was: ours }, ...base]
}

/**
 * The base follows every generated text, edited, deleted or in conflict: what was decided once is not asked again.
 * A file that is written once needs none; one that is left behind keeps its own.
 */
function baseChange(
  change: Change,
  file: RenderedFile | undefined,
  snapshot: Snapshot,
): DiskChange[] {
  const { path } = change
  const stored = snapshot.get(path)?.stored ?? null
  if (isOrphan(change)) return []
  const text = file === undefined || file.onExisting === 'skip' ? null : file.text
  const same = stored === null || text === null ? stored === text : isSame(stored, text)
  return same ? [] : [{ path: basePath(path), content: text }]
}

/** What a file holds after the changes; empty where it is not there. */
export function textAfter(path: string, changes: readonly Change[], snapshot: Snapshot): string {
  const change = changes.find((one) => one.path === path)
  return change && 'text' in change ? change.text : (snapshot.get(path)?.ours ?? '')
}

const isOrphan = (change: Change): boolean => change.kind === 'keep' && change.reason === 'orphan'

type Made = {
  readonly config: Config
  /** What the input hash depends on beside config and schema. */
  readonly texts: readonly InputText[]
  readonly name: string
  readonly files: readonly RenderedFile[]
  readonly schema: Schema
  readonly snapshot: Snapshot
  readonly changes: readonly Change[]
  /** Files that the user wants to be left alone. */
  readonly ejected: readonly string[]
  /** The version that the app is upgraded to, where that is an older one. */
  readonly upgradedTo: string | null
}

/** The manifest of a run. Its input hash is that of the schema as it lies in the app afterwards. */
export function manifestOf(made: Made): Manifest {
  const { config, name, files, schema, snapshot, changes } = made
  const outputs = files.map(manifestOutput)
  const { framework, mode, plugins, pluginOptions, ui, pm, format } = config
  const texts = schema.files.map(({ path, content }) => {
    const ours = snapshot.get(`prisma/${path}`)?.ours
    return [path, ours ?? content] as const
  })
  return {
    generator: {
      name: 'create-ssot-app',
      version: VERSION,
      ...(made.upgradedTo === null ? {} : { upgradedTo: made.upgradedTo }),
    },
    input: inputHash(config, [...texts, ...made.texts]),
    schema: {
      provider: schema.provider,
      hash: schema.hash,
      models: schema.models.length,
      enums: schema.enums.length,
    },
    config: { name, framework, mode, plugins, pluginOptions, ui, pm, format },
    counts: countByPack(outputs),
    outputs,
    ...listed('orphans', pathsOf(changes.filter(isOrphan))),
    ...listed('conflicts', pathsOf(changes.filter(({ kind }) => kind === 'conflict'))),
    ...listed('ejected', made.ejected),
  }
}

const pathsOf = (changes: readonly Change[]): string[] => changes.map(({ path }) => path)
