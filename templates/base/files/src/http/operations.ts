import type { Context } from './context.js'
import { readerOf } from './delegate.js'
import { MAX_BULK } from './limits.js'
import { invalid } from './problem.js'
import { statement, transaction } from './transaction.js'
import { writeData } from './write.js'

/** The statement of an operation, run with what was made of its input. */
type Write<Args, T> = (context: Context, args: Args) => Promise<T>

interface Count {
  readonly count: number
}

/** What changes one row. */
interface Change {
  readonly where: object
  readonly input: object
  /** What the row that is returned holds. */
  readonly selection: object
}

/**
 * Creates a row.
 * @param selection what the row that is returned holds
 * @throws Problem 400 for a foreign key that is missing or given twice
 */
export function createRow<Args, T>(
  context: Context,
  model: string,
  { input, selection }: Omit<Change, 'where'>,
  write: Write<Args, T>,
): Promise<T> {
  const args = { data: writeData(model, input, 'create'), ...selection } as Args
  return statement(context, (inside) => write(inside, args))
}

/** Creates all of these rows or none, and returns how many. @throws Problem 400 naming the row */
export async function createRows<Args>(
  context: Context,
  model: string,
  rows: readonly object[],
  write: Write<Args, Count>,
): Promise<number> {
  const data = rows.map((row, index) => writeData(model, row, 'create', `data.${index}`))
  const { count } = await statement(context, (inside) => write(inside, { data } as Args))
  return count
}

/** Changes a row. @throws Problem 400 for a foreign key that is given twice */
export const updateRow = <Args, T>(
  context: Context,
  model: string,
  change: Change,
  write: Write<Args, T>,
): Promise<T> => changeRow(context, model, change, 'update', write)

/** Changes a row to just this: what is left out is emptied where it may be. @throws Problem 400 likewise */
export const replaceRow = <Args, T>(
  context: Context,
  model: string,
  change: Change,
  write: Write<Args, T>,
): Promise<T> => changeRow(context, model, change, 'replace', write)

function changeRow<Args, T>(
  context: Context,
  model: string,
  { where, input, selection }: Change,
  mode: 'update' | 'replace',
  write: Write<Args, T>,
): Promise<T> {
  const args = { where, data: writeData(model, input, mode), ...selection } as Args
  return statement(context, (inside) => write(inside, args))
}

/**
 * Changes every row that `where` finds, or none, and returns how many.
 * @throws Problem 400 saying how many rows match when they are too many
 */
export function updateRows<Args>(
  context: Context,
  model: string,
  { where, input }: Omit<Change, 'selection'>,
  write: Write<Args, Count>,
): Promise<number> {
  const args = { where, data: writeData(model, input, 'update', 'data') } as Args
  return writeMany(context, model, where, (inside) => write(inside, args))
}

/** Deletes a row. */
export const deleteRow = <Args, T>(
  context: Context,
  _model: string,
  where: object,
  write: Write<Args, T>,
): Promise<T> => statement(context, (inside) => write(inside, { where } as Args))

/**
 * Deletes every row that `where` finds, or none, and returns how many.
 * @throws Problem 400 saying how many rows match when they are too many
 */
export const deleteRows = <Args>(
  context: Context,
  model: string,
  where: object,
  write: Write<Args, Count>,
): Promise<number> => writeMany(context, model, where, (inside) => write(inside, { where } as Args))

const writeMany = (
  context: Context,
  model: string,
  where: object,
  write: (context: Context) => Promise<Count>,
): Promise<number> =>
  transaction(context, async (inside) => {
    const matching = await readerOf(inside.db, model).count({ where })
    if (matching > MAX_BULK) {
      throw invalid('where', `Matches ${matching} rows; at most ${MAX_BULK} are written at once.`)
    }
    const { count } = await write(inside)
    return count
  })
