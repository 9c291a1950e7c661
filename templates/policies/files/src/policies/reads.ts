import type { ModelMeta } from '../schema/meta.js'
import { tableOf, type Access, type Row, type Table } from './table.js'
import { checkOrder, checkUnique, filterOf, readable, requireReadable } from './filter.js'
import type { Rule } from './rules.js'
import { shapeOf, type Selection } from './shape.js'

type Reads = Pick<Table, 'findMany' | 'findFirst' | 'findUnique' | 'count' | 'groupBy'>

interface ReadArgs extends Selection {
  readonly where?: object
  readonly orderBy?: unknown
  readonly cursor?: object
  readonly distinct?: string | readonly string[]
  readonly take?: number
  readonly skip?: number
}

/** The reading operations of a model, for one user. */
export function readsOf(access: Access, meta: ModelMeta): Reads {
  const { grants } = access
  const table = tableOf(access, meta.name)
  const rule = (): Rule => grants.rows(meta.name, 'read')

  /** Where no row at all may be read, a list says so. */
  function listed(where: object | undefined): object {
    if (rule() === false) throw grants.refusal(meta.name, 'read', `any ${meta.name}`)
    return filterOf(meta.name, readable(grants, meta.name, where))
  }

  async function findMany(args: ReadArgs = {}): Promise<Row[]> {
    const { where, orderBy, cursor, distinct, take, skip, ...selection } = args
    const filter = listed(where)
    check(orderBy, distinct)
    if (cursor && !(await isThere(cursor))) return []
    const shape = shapeOf(grants, meta, selection)
    const rest = { orderBy, cursor, distinct, take, skip }
    const rows = await table.findMany({ where: filter, ...given(rest), ...shape.args })
    await shape.settle(access, rows)
    return rows
  }

  function check(orderBy: unknown, columns: string | readonly string[] = []): void {
    checkOrder(grants, meta, orderBy)
    for (const name of [columns].flat()) requireReadable(grants, meta, name, name)
  }

  async function isThere(unique: object): Promise<boolean> {
    return (await table.findUnique({ where: uniqueWhere(unique) })) !== null
  }

  function uniqueWhere(unique: object): object {
    checkUnique(grants, meta, unique)
    return { ...unique, AND: [filterOf(meta.name, rule())] }
  }

  return {
    findMany,
    async findFirst(args: ReadArgs = {}) {
      const [row] = await findMany({ ...args, take: 1 })
      return row ?? null
    },
    async findUnique({ where, ...selection }: Selection & { readonly where: object }) {
      if (rule() === false) {
        const refusal = grants.refusal(meta.name, 'read')
        if (refusal.status === 401) throw refusal
        return null
      }
      const shape = shapeOf(grants, meta, selection)
      const row = await table.findUnique({ where: uniqueWhere(where), ...shape.args })
      if (row) await shape.settle(access, [row])
      return row
    },
    count: async ({ where, ...others }: ReadArgs = {}) => {
      const [name] = Object.keys(others)
      if (name !== undefined) throw new Error(`count takes a where, not ${name}.`)
      return table.count({ where: listed(where) })
    },
    groupBy: async ({ by, where, orderBy }: ReadArgs & { readonly by: readonly string[] }) => {
      check(orderBy, by)
      return table.groupBy({ by, where: listed(where), ...given({ orderBy }) })
    },
  }
}

/** Without what is undefined. */
const given = (args: object): object =>
  Object.fromEntries(Object.entries(args).filter(([, value]) => value !== undefined))
