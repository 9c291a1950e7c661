import { Problem } from '../http/problem.js'
import type { ModelMeta, RelationMeta } from '../schema/meta.js'
import { isRelation, modelMeta } from '../http/lookup.js'
import { inTransaction, tableOf, type Access, type Row } from './table.js'
import { checkUnique, filterOf } from './filter.js'
import type { Operation } from './grants.js'
import { isAllowed, requireIdentity, selecting } from './identity.js'
import { allOf, type Rule } from './rules.js'
import { withoutWitnesses } from './witnesses.js'

/** One write with all that hangs on it, in one transaction. */
export interface Writing {
  readonly access: Access
  readonly create: Create
  /** Has a row checked once everything is written: a rule may ask for rows that are written along. */
  check(meta: ModelMeta, row: Row, operation: 'create' | 'update', rule: Rule): void
  /** Checks every row that was written. @throws Problem 401 or 403; the transaction is undone */
  finish(): Promise<void>
}

type Create = (meta: ModelMeta, data: Row, back?: string) => Promise<Row>

interface Check {
  readonly meta: ModelMeta
  readonly row: Row
  readonly operation: Operation
  readonly rule: Rule
}

/**
 * Runs a write in a transaction.
 * @param create how a row is created, also one that is written along
 */
export const writing = <T>(
  access: Access,
  create: (to: Writing, ...row: Parameters<Create>) => Promise<Row>,
  write: (to: Writing) => Promise<T>,
): Promise<T> =>
  inTransaction(access, (inside) => {
    const checks: Check[] = []
    const created = (of: ModelMeta): Row[] =>
      checks.flatMap(({ meta, row, operation }) =>
        meta.name === of.name && operation === 'create' ? [row] : [],
      )
    const to: Writing = {
      access: inside,
      create: (...row) => create(to, ...row),
      check: (meta, row, operation, rule) => void checks.push({ meta, row, operation, rule }),
      async finish() {
        for (const { meta, row, operation, rule } of checks) {
          const asked = operation === 'create' ? withoutWitnesses(rule, meta, created(meta)) : rule
          if (await isAllowed(inside, meta, row, asked)) continue
          throw inside.grants.refusal(meta.name, operation, `such a ${meta.name}`)
        }
      },
    }
    return write(to)
  })

/**
 * For which rows these fields may be written; a foreign key is written by its relation, and the other way round.
 * @throws Problem 401 or 403 for a field that may be written in no row
 */
export function fieldRule(
  { grants }: Access,
  meta: ModelMeta,
  names: Iterable<string>,
  operation: 'create' | 'update',
): Rule {
  const written = new Set(names)
  for (const [name, field] of Object.entries(meta.fields)) {
    if (!isRelation(field) || !field.fields) continue
    if (field.fields.some((key) => written.has(key))) written.add(name)
    else if (written.has(name)) for (const key of field.fields) written.add(key)
  }
  return allOf(
    ...[...written].map((name) => {
      const rule = grants.field(meta.name, name, operation)
      if (rule !== false) return rule
      throw grants.refusal(meta.name, operation, `${name} of a ${meta.name}`)
    }),
  )
}

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
 * A row to connect. One that may not be read is not there.
 * @throws Problem 409, the same for both
 */
export async function reach({ access }: Writing, model: string, unique: object): Promise<Row> {
  const { grants } = access
  const meta = modelMeta(model)
  checkUnique(grants, meta, unique)
  const where = { ...unique, AND: [filterOf(model, grants.rows(model, 'read'))] }
  const row = await tableOf(access, model).findUnique({ where, select: linkFields(meta) })
  if (row) return row
  throw new Problem(409, 'related_not_found', {
    detail: 'A row to connect or disconnect is not there.',
  })
}

/** @throws Problem 401 or 403 unless a row that may be read may also be changed */
export async function requireUpdate(
  { access }: Writing,
  meta: ModelMeta,
  row: Row,
  names: Iterable<string>,
): Promise<void> {
  const rule = allOf(
    access.grants.rows(meta.name, 'update'),
    fieldRule(access, meta, names, 'update'),
  )
  if (await isAllowed(access, meta, row, rule)) return
  throw access.grants.refusal(meta.name, 'update', `this ${meta.name}`)
}

type OwningRelation = RelationMeta & {
  readonly fields: readonly string[]
  readonly references: readonly string[]
}

/** Relations whose foreign key is in the model's own rows. */
export const owningRelations = (meta: ModelMeta): [string, OwningRelation][] =>
  Object.entries(meta.fields).filter(
    (entry): entry is [string, OwningRelation] =>
      isRelation(entry[1]) && entry[1].fields !== undefined,
  )

/**
 * Writing a foreign key is connecting a row: it must be there, and one that may not be read is not.
 * @param before the row as it is, where there is one: a key that stays is not written
 * @param back the relation to the row that this one hangs on, which is known
 * @throws Problem 409, the same for both
 */
export async function checkForeignKeys(
  access: Access,
  meta: ModelMeta,
  data: Row,
  before: Row = {},
  back?: string,
): Promise<void> {
  for (const [name, { model, fields, references }] of owningRelations(meta)) {
    if (name === back || fields.every((key) => isSame(data[key], before[key]))) continue
    const rule = access.grants.rows(model, 'read')
    const values = fields.map((key) => (data[key] === undefined ? before[key] : data[key]))
    if (rule === true || values.some((value) => value === null || value === undefined)) continue
    const target = Object.fromEntries(references.map((key, index) => [key, values[index]]))
    const where = { AND: [target, filterOf(model, rule)] }
    if ((await tableOf(access, model).count({ where })) > 0) continue
    throw new Problem(409, 'foreign_key_conflict', {
      detail: 'A related row is missing, or this row is still referred to.',
    })
  }
}

const isSame = (given: unknown, known: unknown): boolean =>
  given === undefined || (known !== undefined && String(given) === String(known))
