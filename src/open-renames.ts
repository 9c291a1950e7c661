import { runnerFor, unchangedSince } from './generate.js'
import { readManifest } from './merge/snapshot.js'
import type { GenerateInput, Renaming, RunState } from './state.js'

/**
 * Compares the names of the schema with those of the last run; writes nothing.
 * @returns null where nothing has changed since, or no run was made
 */
export async function openRenames(input: GenerateInput): Promise<Renaming | null> {
  const previous = readManifest(input.root)
  if (previous === null || (await unchangedSince(input, performance.now())) !== null) return null
  const { chosen, runner } = await runnerFor({ ...input, onPhase: undefined })
  const { state } = await runner.upTo('rename').run({ input, lock: null, previous, chosen })
  return (state as RunState).renaming
}
