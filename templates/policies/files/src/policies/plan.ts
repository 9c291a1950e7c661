import { modelMeta } from '../http/lookup.js'
import { Problem } from '../http/problem.js'
import type { ModelMeta } from '../schema/meta.js'
import { linkFields, owningRelations } from './foreign-keys.js'
import { checkUnique, filterOf } from './filter.js'
import { isAllowed, keyText } from './identity.js'
import { allOf, type Rule } from './rules.js'
import { newStep, type Link, type Step } from './steps.js'
import { tableOf, type Access, type Row } from './table.js'

/** What one request is about to write. As long as it is planned, the database is as it was. */
export interface Plan {
  readonly access: Access
  readonly steps: Step[]
  /** Plans a new row and what is written along with it. @throws Problem 401, 403 or 409 */
  readonly create: (plan: Plan, meta: ModelMeta, data: Row, back?: Back) => Promise<Step>
}

/** The way back from a row to the one that it hangs on. */
export interface Back {
  readonly relation: string
  readonly link: Link
}

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
  for (const [name, { fields }] of owningRelations(meta)) {
    if (fields.some((key) => written.has(key))) written.add(name)
    else if (written.has(name)) for (const key of fields) written.add(key)
  }
  return allOf(
    ...[...written].map((name) => {
      const rule = grants.field(meta.name, name, operation)
      if (rule !== false) return rule
      throw grants.refusal(meta.name, operation, `${name} of a ${meta.name}`)
    }),
  )
}

/**
 * A row to connect. One that may not be read is not there.
 * @throws Problem 409, the same for both
 */
export async function reach({ access }: Plan, model: string, unique: object): Promise<Row> {
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

/**
 * The step of a row that is there and may be read: one for each row, whatever ways lead to it.
 * @param names what is to be written of it
 * @throws Problem 401 or 403 unless that may be changed of the row as it is
 */
export async function change(
  plan: Plan,
  meta: ModelMeta,
  row: Row,
  names: Iterable<string>,
): Promise<Step> {
  const { access, steps } = plan
  const rule = access.grants.rows(meta.name, 'update')
  const asked = allOf(rule, fieldRule(access, meta, names, 'update'))
  if (!(await isAllowed(access, meta, row, asked))) {
    throw access.grants.refusal(meta.name, 'update', `this ${meta.name}`)
  }
  const key = keyText(meta, row)
  const known = steps.find(
    ({ meta: other, before }) => other === meta && before !== null && keyText(meta, before) === key,
  )
  if (known) return known
  const step = newStep(meta, row, rule)
  steps.push(step)
  return step
}
