import { escapeRegExp } from '../regexp.js'
import type { Migration } from '../migrations.js'
import type { RenameStep } from './steps.js'

const headOf = (table: string): string => `-- ExchangeColumns of ${table}: `

/** The comment of a script in which columns A and B of a table change places. */
export const turnedNote = ({ to, turned }: RenameStep): string => `${headOf(to)}${turned}`

/** True where the last of some migrations that made columns of a table change places did so for this step. */
export function isTurnedBy(migrations: readonly Migration[], step: RenameStep): boolean {
  const line = new RegExp(`^${escapeRegExp(headOf(step.to))}.*$`, 'gm')
  const last = migrations.flatMap(({ sql }) => sql.match(line) ?? []).at(-1)
  return last === turnedNote(step)
}
