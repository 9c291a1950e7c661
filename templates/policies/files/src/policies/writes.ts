import type { ModelMeta } from '../schema/meta.js'
import { writableFilter } from '../http/keys.js'
import { notFound } from '../http/problem.js'
import { tableOf, inTransaction, type Access, type Count, type Row, type Table } from './table.js'
import { createBulk, updateBulk } from './bulk.js'
import { createRow } from './create.js'
import { filterOf, readable } from './filter.js'
import { isAllowed, keyOf, requireIdentity, selecting } from './identity.js'
import { readsOf } from './reads.js'
import { allOf } from './rules.js'
import type { Selection } from './shape.js'
import { updateRow } from './update.js'
import { unreadable } from './withheld.js'
import { writing, type Writing } from './writing.js'

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
  const writeOne = (selection: Selection, write: (to: Writing) => Promise<Row>): Promise<Row> =>
    writing(access, createRow, async (to) => {
      const row = await write(to)
      await to.finish()
      const where = keyOf(meta, row)
      const readable = grants.rows(model, 'read') !== false
      const seen = readable && (await readsOf(to.access, meta).findUnique({ where, ...selection }))
      if (seen) return seen
      const { omit = {} } = selection
      const written = await tableOf(to.access, model).findUnique({ where, omit })
      return written ? unreadable(written) : {}
    })

  return {
    create: ({ data, ...selection }: DataArgs) =>
      writeOne(selection, (to) => createRow(to, meta, data)),
    update: ({ where, data, ...selection }: DataArgs & { readonly where: object }) =>
      writeOne(selection, (to) => updateRow(to, meta, where, data)),
    createMany: ({ data }: { readonly data: readonly Row[] }) => createBulk(access, meta, data),
    updateMany: ({ where, data }: DataArgs & { readonly where?: object }) =>
      updateBulk(access, meta, where, data),
    delete: ({ where }: { readonly where: object }) =>
      inTransaction(access, (inside) => deleteRow(inside, meta, where)),
    async deleteMany({ where }: { readonly where?: object } = {}): Promise<Count> {
      const rule = grants.rows(model, 'delete')
      if (rule === false) throw grants.refusal(model, 'delete')
      const filter = filterOf(model, allOf(readable(grants, model, where), rule))
      return inTransaction(access, async (inside) => {
        const table = tableOf(inside, model)
        return table.deleteMany({ where: await writableFilter(table, model, filter) })
      })
    },
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
