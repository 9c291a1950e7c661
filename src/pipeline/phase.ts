/**
 * A phase turns what a run knows into more of it. It declares what it needs and what it provides;
 * the compiler checks both, and the runner proves the order before anything runs.
 * Knows nothing of schemas or files: the state's type is a parameter.
 */
export type Phase<State extends object, In extends keyof State, Out extends keyof State> = {
  readonly id: string
  readonly needs: readonly In[]
  readonly provides: readonly Out[]
  /** False skips the phase; phases that need what it provides are skipped with it. */
  shouldRun?(input: Pick<State, In>): boolean
  run(input: Pick<State, In>): Promise<Pick<State, Out>> | Pick<State, Out>
  /** Undoes the phase's side effects when a later one fails; `output` is what `run` returned. */
  rollback?(output: Pick<State, Out>): Promise<void> | void
}

/** The same shape with its keys erased, so that phases of different kinds fit one list. */
// oxlint-disable-next-line typescript/no-explicit-any
export type AnyPhase<State extends object> = Phase<State, any, any>

/** Binds the state's type once; the returned function infers what a phase needs and provides. */
export const phasesOf =
  <State extends object>() =>
  <const In extends keyof State, const Out extends keyof State>(
    phase: Phase<State, In, Out>,
  ): Phase<State, In, Out> =>
    phase

export type PhaseStatus = 'ran' | 'skipped' | 'failed'
export type PhaseMetric = {
  readonly phase: string
  /** Milliseconds. */
  readonly ms: number
  readonly status: PhaseStatus
}

/** Hooks look; whoever wants to change something inserts a phase. */
export type PhaseHooks<State extends object> = {
  before?(phase: AnyPhase<State>, state: Partial<State>): void | Promise<void>
  after?(phase: AnyPhase<State>, metric: PhaseMetric): void | Promise<void>
}
