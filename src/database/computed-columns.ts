import type { Schema } from '../schema/model.js'
import { escapeRegExp } from './regexp.js'

/**
 * Words the columns that a database computes as such: Prisma knows them as a default, which may not name a column. Pure.
 * @param sql what the engine would run
 */
export function withComputedColumns(sql: string, schema: Schema): string {
  const computed = schema.models.flatMap(({ fields }) =>
    fields.flatMap((field) =>
      field.kind !== 'relation' && field.computedBy !== null
        ? [{ column: field.dbName, expression: field.computedBy }]
        : [],
    ),
  )
  return computed.reduce(
    (text, { column, expression }) =>
      text.replace(
        new RegExp(
          `((?:^\\s*|ADD COLUMN\\s+)"${escapeRegExp(column)}" [^\\n]*?) DEFAULT ${escapeRegExp(expression)}`,
          'gm',
        ),
        (_, before: string) => `${before} GENERATED ALWAYS AS (${expression.trim()}) STORED`,
      ),
    sql,
  )
}
