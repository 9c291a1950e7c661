import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { applyEdits, type Edit } from '../support/app-edits.js'
import { access } from './access.js'
import { query } from './query.js'
import { write } from './write.js'

/** Mistakes that somebody could make in the code of an app, one at a time. */
export const mutants: readonly Edit[] = [...query, ...write, ...access]

/** Makes the mistake that TEST_MUTANT names by its number, where the app has that file. */
export async function mutate(app: string): Promise<void> {
  const number = process.env['TEST_MUTANT']
  if (number === undefined) return
  const mutant = mutants[Number(number)]
  if (!mutant) throw new Error(`There is no mutant ${number}.`)
  if (existsSync(join(app, mutant.file))) await applyEdits(app, [mutant])
}
