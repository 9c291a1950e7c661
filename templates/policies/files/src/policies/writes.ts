import type { ModelMeta } from '../schema/meta.js'
import { notFound } from '../http/problem.js'
import { inTransaction, tableOf, type Access, type Row, type Table } from './table.js'
import { createBulk, deleteBulk, updateBulk } from './bulk.js'
import { newPlan, planCreate } from './create.js'
import { isAllowed, keyOf, requireIdentity, selecting } from './identity.js'
import type { Plan } from './plan.js'
import { readsOf } from './reads.js'
import type { Selection } from './shape.js'
import { makeAll, type Step } from './steps.js'
import { planUpdate } from './update.js'
import { unreadable } from './withheld.js'

type Writes = Pick<
  Table,
  'create' | 'createMany' | 'update' | 'updateMany' | 'delete' | 'deleteMany'
>

interface DataArgs extends Selection {
  readonly data: Row
}

/** The writing operations of a model, for one user. Each is a transaction, or part of one. */
export function writesOf(access: Access, meta: ModelMeta): Writes {
  const { grants } = access
  const { name: model } = meta

  /** Writes one row, and reads it as the user may see it: as a row without columns where he may not. */
  const writeOne =
    (selection: Selection, planned: (plan: Plan) => Promise<Step>) =>
    async (inside: Access): Promise<Row> => {
      const plan = newPlan(inside)
      const step = await planned(plan)
      const row = (await makeAll(inside, plan.steps)).get(step)
      if (!row) return {}
      const where = keyOf(meta, row)
      const isReadable = grants.rows(model, 'read') !== false
      const seen = isReadable && (await readsOf(inside, meta).findUnique({ where, ...selection }))
      if (seen) return seen
      const { omit = {} } = selection
      const written = await tableOf(inside, model).findUnique({ where, omit })
      return written ? unreadable(written) : {}
    }

  return {
    create: ({ data, ...selection }: DataArgs) =>
      inTransaction(
        access,
        writeOne(selection, (plan) => planCreate(plan, meta, data)),
      ),
    update: ({ where, data, ...selection }: DataArgs & { readonly where: object }) =>
      inTransaction(
        access,
        writeOne(selection, (plan) => planUpdate(plan, meta, where, data)),
      ),
    delete: ({ where }: { readonly where: object }) =>
      inTransaction(access, (inside) => deleteRow(inside, meta, where)),
    createMany: ({ data }: { readonly data: readonly Row[] }) => createBulk(access, meta, data),
    updateMany: ({ where, data }: DataArgs & { readonly where?: object }) =>
      updateBulk(access, meta, where, data),
    deleteMany: ({ where }: { readonly where?: object } = {}) => deleteBulk(access, meta, where),
  }
}

async function deleteRow(access: Access, meta: ModelMeta, where: object): Promise<Row> {
  const { grants } = access
  const select = selecting(requireIdentity(meta).fields)
  const row = await readsOf(access, meta).findUnique({ where, select })
  if (!row) throw notFound(meta.name)
  if (!(await isAllowed(access, meta, row, grants.rows(meta.name, 'delete')))) {
    throw grants.refusal(meta.name, 'delete', `this ${meta.name}`)
  }
  return tableOf(access, meta.name).delete({ where: keyOf(meta, row), select })
}
