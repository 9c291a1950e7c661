import type { Config } from './config.js'
import type { Decision } from './merge/decide.js'
import type { Manifest } from './merge/manifest.js'
import type { Snapshot } from './merge/merge.js'
import type { Plan } from './plan/plan.js'
import type { ActivePlugin } from './plugins/choose.js'
import type { RenderedFile } from './render/render.js'
import type { Notice, Schema } from './schema/model.js'
import type { Outline } from './schema/rename/outline.js'
import type { SchemaRecord } from './schema/rename/record.js'
import type { Rename } from './schema/rename/rename.js'
import type { AppView } from './view/app.js'
import type { Replaced } from './write-then.js'
import type { Lock } from './write/lock.js'
import type { DiskChange } from './write/stage.js'

export type GenerateInput = {
  /** Absolute path of the app. */
  readonly root: string
  readonly config: Config
  /** Plan everything, write nothing. */
  readonly dryRun: boolean
  /** What has got a new name, as `--rename` takes it: `Post=Article,Post.body=Article.content`. */
  readonly rename?: string
  /** Allows a folder that holds other files; a file in the way is still refused. */
  readonly force: boolean
  /** Texts that come to disk in the same commit, and that the run takes for what the user has written. */
  readonly edits?: readonly Replaced[]
  /** Renders also where schema, choices and generator are those of the last run. */
  readonly anew?: boolean
  /** Brings an app of an older version to this one; `anew` goes with it. */
  readonly upgrade?: boolean
  readonly signal?: AbortSignal
  onPhase?(id: string, status: 'start' | 'ran' | 'skipped' | 'failed', ms: number): void
}

/** What the schema calls otherwise than at the last run. */
export type Renaming = {
  /** What the last run noted; null where none did. */
  readonly record: SchemaRecord | null
  readonly now: Outline
  readonly renames: readonly Rename[]
}

/** What happens to one file. */
export type Change = { readonly path: string } & Decision

/** What a run knows; each phase adds to it. */
export type RunState = {
  readonly input: GenerateInput
  /** The right to write; null where nothing is written, or the app is not there yet. */
  readonly lock: Lock | null
  /** The manifest of the last run; null for a new app. */
  readonly previous: Manifest | null
  /** The plugins that the config names, and those that they need. */
  readonly chosen: readonly ActivePlugin[]
  readonly schema: Schema
  /** All plugins at work: those that the schema calls for among them. */
  readonly plugins: readonly ActivePlugin[]
  readonly renaming: Renaming
  readonly app: AppView
  readonly plan: Plan
  readonly rendered: readonly RenderedFile[]
  /** Rendered and formatted: what a fresh app would hold. */
  readonly files: readonly RenderedFile[]
  readonly changes: readonly Change[]
  /** Files with edits that git does not have, and that are mixed with generated changes now. */
  readonly unsaved: readonly string[]
  /** The texts on disk that the changes were decided by. */
  readonly snapshot: Snapshot
  /** What the commit does to the disk: the changes, `.ssot/base`, the manifest. */
  readonly disk: readonly DiskChange[]
  readonly notices: readonly Notice[]
}
