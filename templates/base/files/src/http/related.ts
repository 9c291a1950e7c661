import { prisma, type Db } from '../db.js'
import type { RelationMeta } from '../schema/meta.js'
import { tableOf } from './delegate.js'
import { keyOf } from './keys.js'
import { MAX_RELATED } from './limits.js'
import { isRelation, modelMeta } from './lookup.js'
import { invalid } from './problem.js'
import { isObject } from './reading.js'

/** A relation to many rows, by the steps that lead there from the rows of a list. */
interface Path {
  readonly names: readonly string[]
  readonly steps: readonly RelationMeta[]
}

interface Selected {
  readonly include?: object
  readonly select?: object
}

/**
 * Sees to it that no more related rows are read for a page than can be at once: for several rows Prisma reads all
 * that belong to any of them, and only then takes the first of each.
 * @param page what tells the rows of the page, as `findMany` is given it
 * @throws Problem 400 naming the relation
 */
export async function checkRelated(
  db: Db,
  model: string,
  page: object,
  selection: Selected,
): Promise<void> {
  const large = await largeOf(listsOf(model, selection))
  if (large.length === 0) return
  const rows = await tableOf(db, model).findMany({ ...page, select: keysOf(model) })
  await checkCounts(model, rows, large)
}

/**
 * The same for the answer of a route that reads or writes one row.
 * @param unique what tells the row; null for a new one: what it will be connected with is not known yet
 * @throws Problem 400 naming the relation
 */
export async function checkRelatedOfOne(
  db: Db,
  model: string,
  unique: object | null,
  selection: Selected,
): Promise<void> {
  const lists = listsOf(model, selection).filter(({ steps }) => steps.length > 1)
  const [first, ...others] = await largeOf(lists)
  if (!first) return
  if (unique === null) {
    const name = `include.${first.names.join('.')}`
    throw invalid(name, `There may be more than ${MAX_RELATED}: read them by their own route.`)
  }
  const row = await tableOf(db, model).findUnique({ where: unique, select: keysOf(model) })
  if (row) await checkCounts(model, [row], [first, ...others])
}

async function largeOf(paths: readonly Path[]): Promise<Path[]> {
  const large: Path[] = []
  for (const path of paths) if (await isLarge(path)) large.push(path)
  return large
}

async function checkCounts(
  model: string,
  rows: readonly object[],
  paths: readonly Path[],
): Promise<void> {
  let left = MAX_RELATED
  for (const { names, steps } of paths) {
    // Of a single row the database itself takes the first.
    if (rows.length === 0 || (rows.length === 1 && steps.length === 1)) continue
    left -= await countAlong(model, rows, steps, left)
    if (left >= 0) continue
    const most = `More than ${MAX_RELATED} rows belong to ${rows.length === 1 ? 'this one' : `these ${rows.length}`}`
    throw invalid(
      `include.${names.join('.')}`,
      `${most}: lower take, or read them by their own route.`,
    )
  }
}

function listsOf(model: string, { include, select }: Selected, before?: Path): Path[] {
  const { names = [], steps = [] } = before ?? {}
  return Object.entries(include ?? select ?? {}).flatMap(([name, value]) => {
    const field = modelMeta(model).fields[name]
    if (!field || !isRelation(field)) return []
    const path = { names: [...names, name], steps: [...steps, field] }
    const inner = isObject(value) ? listsOf(field.model, value, path) : []
    return field.list ? [path, ...inner] : inner
  })
}

/** How many rows are reached from these, step by step; no more than one beyond `most`. */
async function countAlong(
  model: string,
  rows: readonly object[],
  [step, ...rest]: readonly RelationMeta[],
  most: number,
): Promise<number> {
  if (!step || rows.length === 0) return rows.length
  const table = tableOf(prisma, step.model)
  const next = new Map<string, object>()
  let count = 0
  for (let from = 0; from < rows.length && count <= most; from += CHUNK) {
    const where = belongingTo(model, rows.slice(from, from + CHUNK), step)
    const asked = { where, take: most + 1 }
    if (rest.length === 0) count += await table.count(asked)
    else {
      const found = await table.findMany({ ...asked, select: keysOf(step.model) })
      for (const row of found) next.set(JSON.stringify(row, asText), row)
      count = next.size
    }
  }
  return rest.length === 0 || count > most
    ? count
    : countAlong(step.model, [...next.values()], rest, most)
}

/** Rows that are named in one statement: databases bound its parameters. */
const CHUNK = 200

const asText = (_: string, value: unknown): unknown =>
  typeof value === 'bigint' ? String(value) : value

/** Prisma's `where` for what a step leads to. */
function belongingTo(model: string, rows: readonly object[], step: RelationMeta): object {
  const back = modelMeta(step.model).fields[step.inverse]
  if (!back || !isRelation(back)) throw new Error(`Nothing leads back to ${model}.`)
  const [column, ...others] = back.fields ?? []
  const [reference = ''] = back.references ?? []
  if (column !== undefined && others.length === 0)
    return { [column]: { in: valuesOf(rows, reference) } }
  const among = amongThese(model, rows)
  return { [step.inverse]: back.list ? { some: among } : among }
}

function amongThese(model: string, rows: readonly object[]): object {
  const [key, ...others] = modelMeta(model).uniques[0]?.fields ?? []
  if (key !== undefined && others.length === 0) return { [key]: { in: valuesOf(rows, key) } }
  return { OR: rows.map((row) => keyOf(model, row)) }
}

const valuesOf = (rows: readonly object[], column: string): unknown[] =>
  rows.map((row) => (row as Readonly<Record<string, unknown>>)[column])

/** Relations point to unique columns, so these are enough. */
const keysOf = (model: string): object =>
  Object.fromEntries(
    modelMeta(model).uniques.flatMap(({ fields }) => fields.map((name) => [name, true])),
  )

const SIZE_MS = 10_000
const sizes = new Map<string, { readonly large: boolean; readonly at: number }>()

/** Whether there are more rows in all, as of late. Most tables are small: then nothing else needs to be asked. */
async function isLarge({ steps }: Path): Promise<boolean> {
  const model = steps.at(-1)?.model ?? ''
  const known = sizes.get(model)
  if (known && Date.now() - known.at < SIZE_MS) return known.large
  const large = (await tableOf(prisma, model).count({ take: MAX_RELATED + 1 })) > MAX_RELATED
  sizes.set(model, { large, at: Date.now() })
  return large
}
