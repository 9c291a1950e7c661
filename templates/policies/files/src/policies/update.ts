import { notFound } from '../http/problem.js'
import type { ModelMeta } from '../schema/meta.js'
import { namesOf, planFields } from './create.js'
import { checkUnique, filterOf } from './filter.js'
import { linkFields } from './foreign-keys.js'
import { attach } from './links.js'
import { change, type Plan } from './plan.js'
import type { Step } from './steps.js'
import { tableOf, type Access, type Row } from './table.js'

/**
 * Plans the change of a row and what is written along with it.
 * @throws Problem 404 for a row that may not be read, 401 or 403 for one that may not be changed so, 409
 */
export async function planUpdate(
  plan: Plan,
  meta: ModelMeta,
  unique: object,
  data: Row,
): Promise<Step> {
  const before = await find(plan.access, meta, unique)
  const step = await change(plan, meta, before, namesOf(data))
  const hanging = await planFields(plan, step, data)
  for (const [field, value] of hanging) await attach(plan, step, field, value)
  return step
}

async function find(access: Access, meta: ModelMeta, unique: object): Promise<Row> {
  const { grants } = access
  const rule = grants.rows(meta.name, 'read')
  checkUnique(grants, meta, unique)
  const where = { ...unique, AND: [filterOf(meta.name, rule)] }
  const select = linkFields(meta)
  const row = await tableOf(access, meta.name).findUnique({ where, select })
  if (row) return row
  const refusal = grants.refusal(meta.name, 'read')
  throw rule === false && refusal.status === 401 ? refusal : notFound(meta.name)
}
