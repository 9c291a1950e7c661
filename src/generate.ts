import { UserError } from './errors.js'
import { inputHash, readInputTexts } from './input-hash.js'
import type { Manifest } from './merge/manifest.js'
import { sourceOf } from './merge/merge.js'
import { isRecorded, readManifest } from './merge/snapshot.js'
import type { PhaseMetric } from './pipeline/phase.js'
import { PhaseRunner } from './pipeline/runner.js'
import type { EnvVar } from './kit/index.js'
import type { Notice } from './schema/model.js'
import { likelyRenames } from './schema/rename/detect.js'
import type { Rename } from './schema/rename/rename.js'
import type { Change, GenerateInput, Renaming, RunState } from './state.js'
import { olderVersion, refuseNewer } from './upgrade/versions.js'
import { whileLocked } from './write/exclusive.js'
import { wasInterrupted } from './write/journal.js'
import type { Lock } from './write/lock.js'
import { writeReport } from './write/report.js'

export type { GenerateInput } from './state.js'
export { finishInterrupted } from './write/exclusive.js'

export type GenerateResult = {
  /** Every planned path and what happened, or with `dryRun` would happen, to it. */
  readonly changes: readonly {
    readonly path: string
    readonly kind: Change['kind']
    readonly reason?: string
    /** Where it lay, if it moves. */
    readonly from?: string
    /** Of a conflict: the lines (from 1) at which one begins. */
    readonly lines?: readonly number[]
  }[]
  /** What has got a new name by this run. */
  readonly renames: readonly Rename[]
  /** Renames that the schema looks like and nobody told of, as one may type them after `--rename`; null: none. */
  readonly likelyRenames: string | null
  /** Edited files that this run generates no more. */
  readonly orphans: readonly string[]
  /** Files whose edits git does not have, and that are mixed with generated changes. */
  readonly unsaved: readonly string[]
  readonly notices: readonly Notice[]
  readonly schema: { readonly provider: string; readonly models: number; readonly enums: number }
  /** Number of generated files and the bytes in them. */
  readonly files: number
  readonly bytes: number
  /** Variables that `.env` gets at set-up; empty where nothing changed. */
  readonly env: readonly EnvVar[]
  /** Milliseconds in all, and per phase. */
  readonly ms: number
  readonly phases: readonly {
    readonly phase: string
    readonly ms: number
    readonly status: string
  }[]
  /** True where schema, choices and generator are those of the last run: nothing was rendered. */
  readonly unchanged: boolean
  /** The version that the app was last upgraded to, where it is an older one. */
  readonly madeBy: string | null
}

/**
 * Makes or brings up to date the app in `root`: a pure plan, then one commit.
 * @throws UserError for what the user can mend; PhaseError for what we must. The disk is then as it was.
 */
export async function generate(input: GenerateInput): Promise<GenerateResult> {
  const started = performance.now()
  const known = await unchangedSince(input, started)
  if (known) return known
  const work = async (lock: Lock | null): Promise<GenerateResult> => {
    const { state, metrics } = await run(input, lock)
    const ms = performance.now() - started
    if (!input.dryRun)
      await writeReport(input.root, { ms, files: state.files.length, phases: metrics })
    return resultOf(state, metrics, ms)
  }
  return input.dryRun ? work(null) : whileLocked(input.root, work)
}

/** What a run would change. */
export type Preview = {
  /** Null: the file is not there before, or goes. */
  readonly files: readonly {
    readonly path: string
    /** Where it lies before; the same path, unless it moves. */
    readonly from: string
    readonly kind: Change['kind']
    readonly before: string | null
    readonly after: string | null
  }[]
  readonly result: GenerateResult
}

/** Finds out what `generate` would do to each file, and writes nothing. */
export async function preview(input: GenerateInput): Promise<Preview> {
  const started = performance.now()
  const known = await unchangedSince(input, started)
  if (known) return { files: [], result: known }
  const { state, metrics } = await run({ ...input, dryRun: true }, null)
  const files = state.changes.flatMap((change) => {
    const { path, kind } = change
    if (kind === 'keep') return []
    const from = sourceOf(change) ?? path
    const { ours = null, disk: before = ours } = state.snapshot.get(from) ?? {}
    return [{ path, from, kind, before, after: kind === 'delete' ? null : change.text }]
  })
  return { files, result: resultOf(state, metrics, performance.now() - started) }
}

/** What there is to say where schema, choices and generator are those of the last run. */
export async function unchangedSince(
  input: GenerateInput,
  started: number,
): Promise<GenerateResult | null> {
  const hasReason = input.anew || input.upgrade || input.edits !== undefined
  if (hasReason || wasInterrupted(input.root)) return null
  const previous = readManifest(input.root)
  if (previous !== null) refuseNewer(previous)
  const same = previous !== null && (await isUnchanged(previous, input))
  return same ? unchanged(previous, performance.now() - started) : null
}

async function run(
  input: GenerateInput,
  lock: Lock | null,
): Promise<{ state: RunState; metrics: readonly PhaseMetric[] }> {
  if (wasInterrupted(input.root))
    throw new UserError('An earlier run was interrupted while it wrote files.', [
      'The next run finishes that first: ssot generate',
    ])
  const previous = readManifest(input.root)
  if (previous !== null) refuseNewer(previous)
  const { chosen, runner } = await runnerFor(input)
  const { state, metrics } = await runner.run({ input, lock, previous, chosen })
  return { state: state as RunState, metrics }
}

/** The phases of a run, with those of its plugins and its config. */
export async function runnerFor({ root, config, onPhase }: GenerateInput) {
  const { phases } = await import('./phases.js')
  const runner = new PhaseRunner<RunState>(phases, [
    {
      before: (phase) => onPhase?.(phase.id, 'start', 0),
      after: (phase, { status, ms }) => onPhase?.(phase.id, status, ms),
    },
  ])
  if (config.plugins.length === 0 && config.phases === undefined) return { chosen: [], runner }
  const [{ choosePlugins }, { placePhases }] = await Promise.all([
    import('./plugins/choose.js'),
    import('./plugins/phases.js'),
  ])
  const chosen = await choosePlugins(root, config)
  return { chosen, runner: placePhases(runner, chosen, config) }
}

function resultOf(state: RunState, metrics: readonly PhaseMetric[], ms: number): GenerateResult {
  const { changes, unsaved, notices, schema, files, plan, previous, renaming, input } = state
  return {
    changes: changes.map(({ path, ...decision }) => ({
      path,
      kind: decision.kind,
      ...('reason' in decision ? { reason: decision.reason } : {}),
      ...('from' in decision && decision.from ? { from: decision.from } : {}),
      ...('lines' in decision ? { lines: decision.lines } : {}),
    })),
    renames: renaming.renames,
    likelyRenames: likelyIn(renaming),
    orphans: orphansOf(changes, previous),
    unsaved,
    notices,
    schema: { provider: schema.provider, models: schema.models.length, enums: schema.enums.length },
    files: files.length,
    bytes: files.reduce((sum, file) => sum + Buffer.byteLength(file.text), 0),
    env: plan.env,
    ms,
    phases: metrics,
    unchanged: false,
    madeBy: previous === null || input.upgrade ? null : olderVersion(previous),
  }
}

const likelyIn = ({ record, now, renames }: Renaming): string | null =>
  record === null ? null : likelyRenames(record, now, renames)

const isUnchanged = async (
  previous: Manifest,
  { root, config, rename }: GenerateInput,
): Promise<boolean> =>
  previous.conflicts === undefined &&
  rename === undefined &&
  isRecorded(root) &&
  previous.input === inputHash(config, await readInputTexts(root, config))

const orphansOf = (changes: readonly Change[], previous: Manifest | null): string[] =>
  changes
    .filter((change) => change.kind === 'keep' && change.reason === 'orphan')
    .map(({ path }) => path)
    .filter((path) => !previous?.orphans?.includes(path))

const unchanged = (manifest: NonNullable<RunState['previous']>, ms: number): GenerateResult => ({
  changes: manifest.outputs.map(({ path }) => ({ path, kind: 'keep', reason: 'same' })),
  renames: [],
  likelyRenames: null,
  orphans: [],
  unsaved: [],
  notices: [],
  schema: manifest.schema,
  files: manifest.outputs.length,
  bytes: 0,
  env: [],
  ms,
  phases: [],
  unchanged: true,
  madeBy: olderVersion(manifest),
})
