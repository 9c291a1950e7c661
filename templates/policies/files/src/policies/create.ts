import { isRelation, modelMeta } from '../http/lookup.js'
import type { RelationMeta, ModelMeta } from '../schema/meta.js'
import { checkForeignKeys, type OwningRelation } from './foreign-keys.js'
import { attach, isManyToMany, manyToMany, rowsOf } from './links.js'
import { fieldRule, reach, type Back, type Plan } from './plan.js'
import { allOf } from './rules.js'
import { newStep, type Step } from './steps.js'
import type { Access, Row } from './table.js'

/** A plan of nothing yet. */
export const newPlan = (access: Access): Plan => ({ access, steps: [], create: planCreate })

/**
 * Plans a new row and what is written along with it.
 * @throws Problem 401, 403 or 409
 */
export async function planCreate(
  plan: Plan,
  meta: ModelMeta,
  data: Row,
  back?: Back,
): Promise<Step> {
  const { grants } = plan.access
  const rule = grants.rows(meta.name, 'create')
  if (rule === false) throw grants.refusal(meta.name, 'create')
  const names = [...namesOf(data), ...(back?.link.fields ?? [])]
  const step = newStep(meta, null, allOf(rule, fieldRule(plan.access, meta, names, 'create')))
  if (back) step.links.push(back.link)
  const hanging = await planFields(plan, step, data, back?.relation)
  plan.steps.push(step)
  for (const [field, value] of hanging) await attach(plan, step, field, value)
  return step
}

/** The fields that are given. */
export const namesOf = (data: Row): string[] =>
  Object.keys(data).filter((name) => data[name] !== undefined)

/**
 * Plans the columns of a row, and the rows that its foreign keys lead to or that are connected with it.
 * @param back the relation to a row that is known
 * @returns nested writes to rows that hang on this one
 * @throws Problem 401, 403 or 409
 */
export async function planFields(
  plan: Plan,
  step: Step,
  data: Row,
  back?: string,
): Promise<[RelationMeta, Row][]> {
  const { meta, before, columns, links } = step
  const hanging: [RelationMeta, Row][] = []
  const known = back === undefined ? [] : [back]
  for (const name of namesOf(data)) {
    const field = meta.fields[name]
    if (!field) throw new Error(`${meta.name} has no field ${name}.`)
    const value = data[name] as Row
    if (!isRelation(field)) columns[name] = value
    else if (isOwning(field)) {
      await planOwned(plan, step, field, value)
      known.push(name)
    } else if (isManyToMany(field)) step.ends.set(name, await manyToMany(plan, step, field, value))
    else hanging.push([field, value])
  }
  const linked = links.flatMap(({ fields }) => fields)
  const open = await checkForeignKeys(plan.access, meta, columns, before, linked, known)
  step.reaches.push(...open)
  return hanging
}

const isOwning = (relation: RelationMeta): relation is OwningRelation =>
  relation.fields !== undefined

/** A nested write to a relation whose foreign key is in the row itself. */
async function planOwned(
  plan: Plan,
  step: Step,
  { fields, references, model }: OwningRelation,
  write: Row,
): Promise<void> {
  const [created] = rowsOf(write['create'])
  const [connected] = rowsOf(write['connect'])
  const cut = write['disconnect'] === true
  if (created) {
    const to = await planCreate(plan, modelMeta(model), created)
    step.links.push({ fields, references, to })
  } else if (connected || cut) {
    const target = connected && (await reach(plan, model, connected))
    for (const [index, key] of fields.entries()) {
      step.columns[key] = target ? target[references[index] ?? ''] : null
    }
  } else throw new Error(`Only connect, create and disconnect are for one user.`)
}
