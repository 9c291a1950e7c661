import type { Step } from '../proof/attempt.js'
import { failedAt, secondsOf } from '../proof/attempt.js'
import { markdownTable } from '../proof/markdown.js'
import type { Row, Value } from './rows.js'

/** What one row of the matrix came to. */
export type RowResult = {
  readonly row: Row
  readonly outcome: 'passed' | 'failed'
  readonly reason: string
  /** Of the emitted files: tells whether an earlier proof still holds. */
  readonly hash: string
  readonly steps: readonly Step[]
}

/** One line a row: what it chose, what it came to, and the time that took. */
export function tableOf(results: readonly RowResult[]): string {
  const names = Object.keys(results[0]?.row ?? {})
  const rows = results.map(({ row, outcome, reason, steps }) => [
    ...names.map((name) => textOf(row[name])),
    outcome === 'failed' ? failedAt(steps) : outcome,
    secondsOf(steps),
    reason,
  ])
  return markdownTable([...names, 'outcome', 'seconds', 'reason'], rows)
}

const textOf = (value: Value | undefined): string =>
  typeof value === 'string' ? value : value ? 'on' : 'off'
