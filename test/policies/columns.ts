import type { EnumField, Field, ScalarField } from '../../src/schema/model.js'
import { isMade } from './change.js'
import type { Oracle } from './oracle.js'
import type { Row } from './scene.js'

export type Column = ScalarField | EnumField

const isColumn = (field: Field): field is Column => field.kind !== 'relation'

export const columnsOf = (oracle: Oracle, model: string): readonly Column[] =>
  oracle.model(model).fields.filter(isColumn)

/** True for a time that nobody gives. */
export const isNow = (column: Column): boolean =>
  column.default?.kind === 'function' && column.default.name === 'now'

/** What must be said to get a new row: not what is null, nor what the database chooses. */
export function bodyOf(
  oracle: Oracle,
  model: string,
  row: Row,
  unsaid: readonly string[] = [],
): Row {
  const made = isMade(oracle, model) ? oracle.model(model).primaryKey : []
  const columns = columnsOf(oracle, model).filter(
    (column) =>
      !made.includes(column.name) &&
      !isNow(column) &&
      !unsaid.includes(column.name) &&
      (row[column.name] ?? null) !== null,
  )
  return Object.fromEntries(columns.map(({ name }) => [name, row[name]]))
}

/** The key at a place, from 1, in the order in which databases have keys; the last one where there are fewer. */
export function pivotOf(oracle: Oracle, model: string, place: number): unknown {
  const key = oracle.model(model).key!.fields[0]!
  const values = [...new Set(oracle.rows(model).map((row) => row[key] as number | string))]
  const inOrder = values.sort((a, b) => (a < b ? -1 : 1))
  return inOrder[Math.min(place, inOrder.length) - 1]
}
