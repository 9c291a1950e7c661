import type { Config } from '../config.js'
import { inputHash } from '../input-hash.js'
import type { RenderedFile } from '../render/render.js'
import type { Schema } from '../schema/model.js'
import type { Change } from '../state.js'
import { VERSION } from '../version.js'
import type { DiskChange } from './stage.js'
import {
  MANIFEST_PATH,
  basePath,
  countByPack,
  manifestOutput,
  printManifest,
  type Manifest,
} from '../merge/manifest.js'
import type { Snapshot } from '../merge/snapshot.js'

/** What the disk gets: the changes themselves, the last generated texts that changed, the manifest. */
export function diskChanges(
  changes: readonly Change[],
  files: readonly RenderedFile[],
  snapshot: Snapshot,
  manifest: Manifest,
): DiskChange[] {
  const byPath = new Map(files.map((file) => [file.path, file]))
  return [
    ...changes.flatMap((change) => fileChange(change, byPath.get(change.path))),
    ...changes.flatMap(({ path }) => baseChange(path, byPath.get(path), snapshot)),
    { path: MANIFEST_PATH, content: printManifest(manifest) },
  ]
}

function fileChange(change: Change, file: RenderedFile | undefined): DiskChange[] {
  if (change.kind === 'delete') return [{ path: change.path, content: null }]
  if (change.kind !== 'create' && change.kind !== 'update') return []
  return [{ path: change.path, content: change.text, executable: file?.executable ?? false }]
}

/** The base follows every generated text, edited or not; a file that is written once needs none. */
function baseChange(
  path: string,
  file: RenderedFile | undefined,
  snapshot: Snapshot,
): DiskChange[] {
  const base = snapshot.get(path)?.base ?? null
  const text = file === undefined || file.onExisting === 'skip' ? null : file.text
  return text === base ? [] : [{ path: basePath(path), content: text }]
}

type Made = {
  readonly config: Config
  readonly name: string
  readonly files: readonly RenderedFile[]
  readonly schema: Schema
  readonly snapshot: Snapshot
}

/** The manifest of a run. Its input hash is that of the schema as it lies in the app afterwards. */
export function manifestOf({ config, name, files, schema, snapshot }: Made): Manifest {
  const outputs = files.map(manifestOutput)
  const { framework, mode, plugins, ui, pm, format } = config
  const texts = schema.files.map(({ path, content }) => {
    const ours = snapshot.get(`prisma/${path}`)?.ours
    return [path, ours ?? content] as const
  })
  return {
    generator: { name: 'create-ssot-app', version: VERSION },
    input: inputHash(config, texts),
    schema: {
      provider: schema.provider,
      hash: schema.hash,
      models: schema.models.length,
      enums: schema.enums.length,
    },
    config: { name, framework, mode, plugins, ui, pm, format },
    counts: countByPack(outputs),
    outputs,
  }
}
