import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

export type Ledger<Result> = {
  find(key: string): Result | undefined
  add(result: Result): void
}

/** The results of all runs so far, in a file that is rewritten after each, so that a run can be taken up again. */
export function openLedger<Result>(
  path: string,
  keyOf: (result: Result) => string,
): Ledger<Result> {
  const earlier = existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Result[]) : []
  const kept = new Map(earlier.map((result) => [keyOf(result), result]))
  mkdirSync(dirname(path), { recursive: true })
  return {
    find: (key) => kept.get(key),
    add(result) {
      kept.set(keyOf(result), result)
      writeFileSync(path, JSON.stringify([...kept.values()], null, 2))
    },
  }
}
