import { PhaseError, UserError } from '../errors.js'
import type { AnyPhase, PhaseHooks, PhaseMetric, PhaseStatus } from './phase.js'

type Done<State extends object> = { readonly phase: AnyPhase<State>; readonly output: object }

/** Runs phases in order over a state that is frozen and only grows. Immutable: every change gives a new runner. */
export class PhaseRunner<State extends object> {
  constructor(
    private readonly phases: readonly AnyPhase<State>[],
    private readonly hooks: readonly PhaseHooks<State>[] = [],
  ) {}

  insertBefore(id: string, phase: AnyPhase<State>): PhaseRunner<State> {
    return this.#insert(this.#indexOf(id), phase)
  }

  insertAfter(id: string, phase: AnyPhase<State>): PhaseRunner<State> {
    return this.#insert(this.#indexOf(id) + 1, phase)
  }

  replace(id: string, phase: AnyPhase<State>): PhaseRunner<State> {
    return new PhaseRunner(this.phases.with(this.#indexOf(id), phase), this.hooks)
  }

  /** The phases up to one, that one too. */
  upTo(id: string): PhaseRunner<State> {
    return new PhaseRunner(this.phases.slice(0, this.#indexOf(id) + 1), this.hooks)
  }

  observe(hooks: PhaseHooks<State>): PhaseRunner<State> {
    return new PhaseRunner(this.phases, [...this.hooks, hooks])
  }

  /**
   * Runs all phases. When one fails, those done are rolled back in reverse order and the failure is thrown:
   * a `UserError` as it is, anything else as a `PhaseError` with its cause.
   */
  async run(
    initial: Partial<State>,
  ): Promise<{ readonly state: Partial<State>; readonly metrics: readonly PhaseMetric[] }> {
    this.#verify(Object.keys(initial))
    const metrics: PhaseMetric[] = []
    const done: Done<State>[] = []
    let state: Partial<State> = Object.freeze({ ...initial })
    for (const phase of this.phases) {
      const started = performance.now()
      try {
        const output = await this.#step(phase, state)
        if (output) {
          done.push({ phase, output })
          state = Object.freeze({ ...state, ...output })
        }
        await this.#record(metrics, phase, started, output ? 'ran' : 'skipped')
      } catch (error) {
        await this.#record(metrics, phase, started, 'failed')
        await this.#rollback(done)
        throw error instanceof UserError ? error : new PhaseError(phase.id, error)
      }
    }
    return { state, metrics }
  }

  async #step(phase: AnyPhase<State>, state: Partial<State>): Promise<object | null> {
    const starved = phase.needs.some((key: PropertyKey) => !(key in state)) // its producer was skipped
    if (starved || phase.shouldRun?.(state as never) === false) return null
    for (const hook of this.hooks) await hook.before?.(phase, state)
    return phase.run(state as never)
  }

  async #record(
    metrics: PhaseMetric[],
    phase: AnyPhase<State>,
    started: number,
    status: PhaseStatus,
  ): Promise<void> {
    const metric = { phase: phase.id, ms: performance.now() - started, status }
    metrics.push(metric)
    for (const hook of this.hooks) await hook.after?.(phase, metric)
  }

  async #rollback(done: readonly Done<State>[]): Promise<void> {
    for (const { phase, output } of done.toReversed()) await phase.rollback?.(output as never)
  }

  /** A wrong order is a bug in the list, so it is reported before any phase runs. */
  #verify(given: readonly string[]): void {
    const known = new Set<PropertyKey>(given)
    const ids = new Set<string>()
    for (const phase of this.phases) {
      if (ids.has(phase.id)) throw new Error(`Two phases are called '${phase.id}'.`)
      ids.add(phase.id)
      const missing = phase.needs.filter((key: PropertyKey) => !known.has(key))
      if (missing.length > 0)
        throw new Error(
          `Phase '${phase.id}' needs ${missing.join(', ')}, which no earlier phase provides.`,
        )
      for (const key of phase.provides) known.add(key)
    }
  }

  #indexOf(id: string): number {
    const index = this.phases.findIndex((phase) => phase.id === id)
    if (index === -1)
      throw new Error(`No phase '${id}'. Phases are: ${this.phases.map((p) => p.id).join(', ')}.`)
    return index
  }

  #insert(index: number, phase: AnyPhase<State>): PhaseRunner<State> {
    if (this.phases.some(({ id }) => id === phase.id))
      throw new Error(`There is a phase '${phase.id}' already.`)
    return new PhaseRunner(this.phases.toSpliced(index, 0, phase), this.hooks)
  }
}
