import type { Context } from './context.js'
import { hasHooks } from './custom.js'
import { tableOf } from './delegate.js'
import {
  answerOf,
  createHooked,
  currentRow,
  currentRows,
  deleteHooked,
  deleteThese,
  updateHooked,
} from './hooked.js'
import { writableFilter } from './keys.js'
import { MAX_BULK } from './limits.js'
import { invalid } from './problem.js'
import { serializable, statement, transaction } from './transaction.js'
import { writeData } from './write.js'

// A model without hooks for an operation is written by one statement, which is a transaction by itself. With
// hooks there is one transaction around them all, and of many rows each is written between its own hooks. A hook
// that has seen a row decides by it: no other write comes between.

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
 * @throws Problem 400 for a foreign key that is missing or given twice
 */
export function createRow<Args, T extends object>(
  context: Context,
  model: string,
  { input, selection }: Omit<Change, 'where'>,
  write: Write<Args, T>,
): Promise<T> {
  if (!hasHooks(model, 'Create')) {
    const args = { data: writeData(model, input, 'create'), ...selection } as Args
    return statement(context, (inside) => write(inside, args))
  }
  return transaction(context, async (inside) => {
    const row = await createHooked(inside, model, input, '', (args) => write(inside, args as Args))
    return answerOf(inside, model, row, selection)
  })
}

/** Creates all of these rows or none, and returns how many. @throws Problem 400 naming the row */
export function createRows<Args>(
  context: Context,
  model: string,
  rows: readonly object[],
  write: Write<Args, Count>,
): Promise<number> {
  const pathOf = (index: number): string => `data.${index}`
  if (!hasHooks(model, 'Create')) {
    const data = rows.map((row, index) => writeData(model, row, 'create', pathOf(index)))
    return statement(context, (inside) => counted(write(inside, { data } as Args)))
  }
  return transaction(context, async (inside) => {
    const table = tableOf(inside.db, model)
    for (const [index, row] of rows.entries()) {
      await createHooked(inside, model, row, pathOf(index), (args) => table.create(args))
    }
    return rows.length
  })
}

/** Changes a row. @throws Problem 400 for a foreign key that is given twice */
export const updateRow = <Args, T extends object>(
  context: Context,
  model: string,
  change: Change,
  write: Write<Args, T>,
): Promise<T> => changeRow(context, model, change, 'update', write)

/** Changes a row to just this: what is left out is emptied where it may be. @throws Problem 400 likewise */
export const replaceRow = <Args, T extends object>(
  context: Context,
  model: string,
  change: Change,
  write: Write<Args, T>,
): Promise<T> => changeRow(context, model, change, 'replace', write)

function changeRow<Args, T extends object>(
  context: Context,
  model: string,
  { where, input, selection }: Change,
  mode: 'update' | 'replace',
  write: Write<Args, T>,
): Promise<T> {
  if (!hasHooks(model, 'Update')) {
    const args = { where, data: writeData(model, input, mode), ...selection } as Args
    return statement(context, (inside) => write(inside, args))
  }
  return serializable(context, async (inside) => {
    const before = await currentRow(inside, model, where)
    const change = { before, input, mode, path: '' }
    const row = await updateHooked(inside, model, change, (args) => write(inside, args as Args))
    return answerOf(inside, model, row, selection)
  })
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
  const path = 'data'
  if (!hasHooks(model, 'Update')) {
    const data = writeData(model, input, 'update', path)
    return transaction(context, async (inside) => {
      await checkCount(inside, model, where)
      return counted(
        write(inside, { where: await rowsToWrite(inside, model, where), data } as Args),
      )
    })
  }
  return serializable(context, async (inside) => {
    await checkCount(inside, model, where)
    const table = tableOf(inside.db, model)
    const rows = await currentRows(inside, model, where)
    for (const before of rows) {
      const change = { before, input, mode: 'update', path } as const
      await updateHooked(inside, model, change, (args) => table.update(args))
    }
    return rows.length
  })
}

/** Deletes a row. */
export async function deleteRow<Args>(
  context: Context,
  model: string,
  where: object,
  write: Write<Args, object>,
): Promise<void> {
  if (!hasHooks(model, 'Delete')) {
    await statement(context, (inside) => write(inside, { where } as Args))
    return
  }
  await serializable(context, async (inside) => {
    const row = await currentRow(inside, model, where)
    await deleteHooked(inside, model, [row], () => write(inside, { where } as Args))
  })
}

/**
 * Deletes every row that `where` finds, or none, and returns how many.
 * @throws Problem 400 saying how many rows match when they are too many
 */
export function deleteRows<Args>(
  context: Context,
  model: string,
  where: object,
  write: Write<Args, Count>,
): Promise<number> {
  if (!hasHooks(model, 'Delete')) {
    return transaction(context, async (inside) => {
      await checkCount(inside, model, where)
      return counted(write(inside, { where: await rowsToWrite(inside, model, where) } as Args))
    })
  }
  return serializable(context, async (inside) => {
    await checkCount(inside, model, where)
    const rows = await currentRows(inside, model, where)
    await deleteHooked(inside, model, rows, () => deleteThese(inside, model, rows))
    return rows.length
  })
}

const rowsToWrite = ({ db }: Context, model: string, where: object): Promise<object> =>
  writableFilter(tableOf(db, model), model, where)

const counted = async (written: Promise<Count>): Promise<number> => (await written).count

/** @throws Problem 400 saying how many rows match when they are too many */
async function checkCount({ db }: Context, model: string, where: object): Promise<void> {
  const matching = await tableOf(db, model).count({ where })
  if (matching > MAX_BULK) {
    throw invalid('where', `Matches ${matching} rows; at most ${MAX_BULK} are written at once.`)
  }
}
