import type { EnumField, ScalarField } from './model.js'

type Column = ScalarField | EnumField

/** Set by the server: a primary key that is generated, `@updatedAt`, `@readonly`, or computed by the database. */
export const isServerSet = (field: Column): boolean =>
  field.annotations.readonly ||
  field.updatedAt ||
  field.computedBy !== null ||
  (field.id && field.default?.kind === 'function')

/** True for a column that bodies may hold: neither the server sets it nor is it `@hidden`. */
export const isGiven = (field: Column): boolean => !isServerSet(field) && !field.annotations.hidden

/** True where whoever makes a row must give a value of the column. */
const needsValue = (field: Column): boolean =>
  field.required &&
  !field.list &&
  !field.updatedAt &&
  field.default === null &&
  field.computedBy === null

/** Columns that a row can't be without, and that no body may hold: rows can't be created through the API. */
export const stuckColumns = (
  fields: readonly (Column | { readonly kind: 'relation' })[],
): Column[] =>
  fields.filter(
    (field): field is Column => field.kind !== 'relation' && needsValue(field) && !isGiven(field),
  )
