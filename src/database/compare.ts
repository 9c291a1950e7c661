import type { SchemaText } from './app.js'
import { mergeDatabase } from './pull-merge.js'

/** How a database differs from what it should be. */
export type Difference = {
  /** Lines of the schema, each with its block, that only the database has. */
  readonly added: readonly string[]
  /** Those that it lacks. */
  readonly missing: readonly string[]
}

/** Compares what was read from two databases. Pure. */
export function compareDatabases(
  expected: readonly SchemaText[],
  actual: readonly SchemaText[],
): Difference {
  const { changes } = mergeDatabase(expected, expected, actual)
  return {
    added: changes.flatMap(({ added }) => added),
    missing: changes.flatMap(({ removed }) => removed),
  }
}

export const isSame = ({ added, missing }: Difference): boolean =>
  added.length + missing.length === 0

/** One line each. */
export const differenceText = ({ added, missing }: Difference): string =>
  [
    ...added.map((line) => `  + ${line} (only in the database)`),
    ...missing.map((line) => `  - ${line} (not in the database)`),
  ].join('\n')
