import type { Combination } from '../examples/combinations.js'
import type { Step } from '../proof/attempt.js'

/**
 * What one schema came to in one combination. `refused`: told so, and nothing written. `database`: all is right
 * up to the database, which lacks what the reason names or is none that can be had here.
 */
export type Outcome = 'passed' | 'database' | 'refused' | 'failed'

export type Result = {
  readonly schema: string
  readonly combination: Combination
  readonly outcome: Outcome
  readonly reason: string
  readonly provider: string
  readonly models: number
  /** Of the emitted files: tells whether an earlier proof still holds. */
  readonly hash: string
  readonly steps: readonly Step[]
}

export const labelOf = ({ framework, mode }: Combination): string => `${framework}-${mode}`
