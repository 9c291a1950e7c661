import { modelMeta } from '../http/lookup.js'
import type { RelationMeta } from '../schema/meta.js'
import { filterOf } from './filter.js'
import type { Grants } from './grants.js'
import { filtersOfRows, keyText } from './identity.js'
import type { Related } from './shape.js'
import { tableOf, type Access, type Row } from './table.js'
import { copyOf } from './withheld.js'

/**
 * True for a related row that must be there and that not all may read. Prisma takes it for an error where the
 * database hides it.
 */
export const isApart = (grants: Grants, { model, fields, nullable }: RelationMeta): boolean =>
  fields !== undefined && !nullable && grants.rows(model, 'read') !== true

/** What the rows of these relations are found by. */
export const foreignKeys = (apart: readonly Related[]): string[] =>
  apart.flatMap(({ relation }) => relation.fields ?? [])

/** Reads the related rows of all these rows at once. One that may not be read is left out. */
export async function settleApart(
  access: Access,
  rows: readonly Row[],
  { name, relation, shape }: Related,
): Promise<void> {
  const { model, fields = [], references = [] } = relation
  const target = modelMeta(model)
  const meta = { ...target, key: { name: references.join('_'), fields: references } }
  const keyOf = (row: Row): Row =>
    Object.fromEntries(references.map((key, index) => [key, row[fields[index] ?? '']]))
  const rule = filterOf(model, access.grants.rows(model, 'read'))
  const found = await Promise.all(
    filtersOfRows(meta, rows.map(keyOf)).map((these) =>
      tableOf(access, model).findMany({ where: { AND: [these, rule] }, ...shape.args }),
    ),
  )
  const related = found.flat()
  // By then the keys may be taken out.
  const byKey = new Map(related.map((row) => [keyText(meta, row), row]))
  await shape.settle(access, related)
  for (const row of rows) {
    const one = byKey.get(keyText(meta, keyOf(row)))
    if (one) row[name] = copyOf(one)
  }
}
