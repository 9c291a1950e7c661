import { isRelation, modelMeta } from '../http/lookup.js'
import { Problem } from '../http/problem.js'
import type { ModelMeta, RelationMeta } from '../schema/meta.js'
import { filterOf } from './filter.js'
import { requireIdentity, selecting } from './identity.js'
import { tableOf, type Access, type Row } from './table.js'

export interface OwningRelation extends RelationMeta {
  readonly fields: readonly string[]
  readonly references: readonly string[]
}

/** Relations whose foreign key is in the model's own rows. */
export const owningRelations = (meta: ModelMeta): [string, OwningRelation][] =>
  Object.entries(meta.fields).filter(
    (entry): entry is [string, OwningRelation] =>
      isRelation(entry[1]) && entry[1].fields !== undefined,
  )

/** Fields of a model that its rows are told apart by, and that foreign keys point to or are made of. */
export const linkFields = (meta: ModelMeta): Record<string, true> =>
  selecting([
    ...requireIdentity(meta).fields,
    ...Object.values(meta.fields).flatMap((field) => {
      if (!isRelation(field)) return []
      const inverse = modelMeta(field.model).fields[field.inverse]
      const pointed = inverse && isRelation(inverse) ? (inverse.references ?? []) : []
      return [...(field.fields ?? []), ...pointed]
    }),
  ])

/**
 * Writing a foreign key is connecting a row: it must be there, and one that may not be read is not.
 * @param before the row as it is; null for a new one, of which the database fills in what is not given
 * @param written columns that other rows decide
 * @param known relations whose rows have been found already
 * @returns relations of which that can't be said before the row is written
 * @throws Problem 409, the same for a row that is not there and for one that may not be read
 */
export async function checkForeignKeys(
  access: Access,
  meta: ModelMeta,
  data: Row,
  before: Row | null,
  written: readonly string[] = [],
  known: readonly string[] = [],
): Promise<OwningRelation[]> {
  const open: OwningRelation[] = []
  for (const [name, relation] of owningRelations(meta)) {
    const { model, fields } = relation
    if (known.includes(name) || access.grants.rows(model, 'read') === true) continue
    const stays = (key: string): boolean =>
      !written.includes(key) && before !== null && isSame(data[key], before[key])
    if (fields.every(stays)) continue
    const values = { ...before, ...given(data) }
    const isOpen = (key: string): boolean => written.includes(key) || values[key] === undefined
    if (fields.some(isOpen)) open.push(relation)
    else await requireReadableTarget(access, relation, values)
  }
  return open
}

const given = (data: Row): Row =>
  Object.fromEntries(Object.entries(data).filter(([, value]) => value !== undefined))

const isSame = (value: unknown, known: unknown): boolean =>
  value === undefined || (known !== undefined && String(value) === String(known))

/** @throws Problem 409 unless the row that a foreign key leads to is there and may be read */
export async function requireReadableTarget(
  access: Access,
  { model, fields, references }: OwningRelation,
  row: Row,
): Promise<void> {
  const rule = access.grants.rows(model, 'read')
  const values = fields.map((key) => row[key])
  if (rule === true || values.some((value) => value === null || value === undefined)) return
  const target = Object.fromEntries(references.map((key, index) => [key, values[index]]))
  const where = { AND: [target, filterOf(model, rule)] }
  if ((await tableOf(access, model).count({ where })) === 0) throw relatedMissing()
}

export const relatedMissing = (): Problem =>
  new Problem(409, 'foreign_key_conflict', {
    detail: 'A related row is missing, or this row is still referred to.',
  })
