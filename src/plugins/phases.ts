import type { Config } from '../config.js'
import { UserError } from '../errors.js'
import type { PlacedPhase } from '../kit/plugin.js'
import type { PhaseRunner } from '../pipeline/runner.js'
import type { RunState } from '../state.js'
import type { ActivePlugin } from './choose.js'

/**
 * Puts the phases of plugins and of `ssot.config.ts` where they belong.
 * @throws UserError that names whose phase it is, where its place is unknown
 */
export function placePhases(
  runner: PhaseRunner<RunState>,
  plugins: readonly ActivePlugin[],
  { phases = [] }: Config,
): PhaseRunner<RunState> {
  const all = [
    ...plugins.flatMap(({ plugin }) =>
      (plugin.phases ?? []).map((placed) => ({ placed, whose: `the plugin '${plugin.id}'` })),
    ),
    ...phases.map((placed) => ({ placed, whose: 'ssot.config.ts' })),
  ]
  return all.reduce((now, { placed, whose }) => place(now, placed, whose), runner)
}

function place(
  runner: PhaseRunner<RunState>,
  placed: PlacedPhase,
  whose: string,
): PhaseRunner<RunState> {
  try {
    if ('before' in placed) return runner.insertBefore(placed.before, placed.phase)
    if ('after' in placed) return runner.insertAfter(placed.after, placed.phase)
    return runner.replace(placed.replace, placed.phase)
  } catch (cause) {
    throw new UserError(
      `The phase '${placed.phase.id}' of ${whose} has no place: ${(cause as Error).message}`,
      [],
      { cause },
    )
  }
}
