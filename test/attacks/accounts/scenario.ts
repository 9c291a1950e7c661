import type { RunningApp } from '../../contract/harness.js'
import type { Edit } from '../../support/app-edits.js'

/** A way to be somebody else, or to stay where one was ended. */
export type Scenario = {
  readonly name: string
  /** @returns true when whoever tries it got what he wanted */
  readonly succeeds: (app: RunningApp) => Promise<boolean>
  /** With these defences off it succeeds. */
  readonly defenceOff: readonly Edit[]
}
