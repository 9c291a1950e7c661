import { CommandError } from './run.js'
import { stepsFor, type Step, type StepContext, type StepOutcome } from './steps.js'

export { startApp } from './start.js'
export { followSteps, type FollowChoices } from './steps.js'

export type StepReport = {
  readonly name: string
  readonly command: readonly string[]
  readonly status: 'done' | 'skipped' | 'failed'
  readonly ms: number
  /** Why it was skipped, what it says, or why it failed. */
  readonly note?: string
  /** Last lines of what a failed step printed. */
  readonly output?: readonly string[]
}

export type SetupResult = {
  readonly steps: readonly StepReport[]
  /** Steps that were not reached, because one failed or the run was stopped. */
  readonly remaining: readonly { readonly name: string; readonly command: readonly string[] }[]
  readonly failed: StepReport | null
}

/** Watches set-up: told of every step as it starts, prints and ends. */
export type SetupObserver = {
  start(name: string, command: readonly string[]): void
  line(line: string): void
  end(report: StepReport): void
}

/**
 * Makes a written app ready to run. Never throws for a step that fails and never removes a written file:
 * the result says what failed and what is left to do. A stopped run returns in the same way.
 */
export async function setUp(
  context: Omit<StepContext, 'onLine'>,
  observer: SetupObserver,
): Promise<SetupResult> {
  return runSteps(stepsFor(context.choices), context, observer)
}

/** Runs steps until one fails. Never throws for that. */
export async function runSteps(
  steps: readonly Step[],
  context: Omit<StepContext, 'onLine'>,
  observer: SetupObserver,
): Promise<SetupResult> {
  const reports: StepReport[] = []
  for (const [index, step] of steps.entries()) {
    observer.start(step.name, step.command)
    const report = await runStep(step, { ...context, onLine: (line) => observer.line(line) })
    observer.end(report)
    reports.push(report)
    if (report.status === 'failed')
      return {
        steps: reports,
        remaining: steps.slice(index + 1).map(nameAndCommand),
        failed: report,
      }
  }
  return { steps: reports, remaining: [], failed: null }
}

const nameAndCommand = ({ name, command }: Step) => ({ name, command })

async function runStep(step: Step, context: StepContext): Promise<StepReport> {
  const started = performance.now()
  const report = { ...nameAndCommand(step), ms: 0 }
  try {
    const { skipped, note }: StepOutcome = (await step.run(context)) ?? {}
    const ms = performance.now() - started
    if (skipped !== undefined) return { ...report, ms, status: 'skipped', note: skipped }
    return { ...report, ms, status: 'done', ...(note === undefined ? {} : { note }) }
  } catch (error) {
    return {
      ...report,
      ms: performance.now() - started,
      status: 'failed',
      note: context.signal.aborted
        ? 'stopped'
        : error instanceof Error
          ? error.message
          : String(error),
      ...(error instanceof CommandError ? { output: error.lastLines } : {}),
    }
  }
}
