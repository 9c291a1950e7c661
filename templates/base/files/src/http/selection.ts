import type { ModelMeta, RelationMeta } from '../schema/meta.js'
import { computedOf } from './custom.js'
import { MAX_DEPTH, MAX_INCLUDED, MAX_PATHS, MAX_ROWS } from './limits.js'
import { isRelation, isVisible, modelMeta, perModel, visibleField, visibleKey } from './lookup.js'
import { keyOrder } from './order.js'
import { readPaths } from './paths.js'
import { invalid } from './problem.js'
import type { Selected } from './serialize.js'

export interface Selection {
  readonly include?: object
  readonly select?: object
  readonly omit?: object
}

/** Has the hidden columns read that computed fields need, where there are any. */
const hiddenNeeds = perModel((meta): Selection => {
  const needs = [...computedOf(meta.name).values()].flatMap((field) => field.needs)
  const hidden = needs.filter((name) => {
    const field = meta.fields[name]
    return field !== undefined && !isVisible(field)
  })
  return hidden.length === 0
    ? {}
    : { omit: Object.fromEntries(hidden.map((name) => [name, false])) }
})

/** To-one relations come with every row, one level deep. */
const defaultRelations = perModel((meta): readonly string[] =>
  Object.entries(meta.fields).flatMap(([name, field]) =>
    isRelation(field) && !field.list && isVisible(field) ? [name] : [],
  ),
)

const defaultSelection = perModel((meta): Selection => {
  const own = hiddenNeeds(meta.name)
  const names = defaultRelations(meta.name)
  if (names.length === 0) return own
  const tree = treeOf([], 'include', names)
  return { include: argsOf(meta, tree, 'include', 'include', 1, { left: MAX_ROWS }), ...own }
})

/**
 * Reads `include=author,comments.author` or `select=id,title,author.name` into Prisma's arguments.
 * The key of the row itself is always selected: it is how the row is addressed.
 * @param take rows that the answer may hold, to bound what relations add
 * @throws Problem 400 naming what is unknown, hidden or too much
 */
export function parseSelection(
  model: string,
  include: unknown,
  select: unknown,
  take: number,
): Selection {
  if (include === undefined && select === undefined) return defaultSelection(model)
  if (include !== undefined && select !== undefined) {
    throw invalid('select', 'Give include or select, not both.')
  }
  const meta = modelMeta(model)
  const rows = { left: MAX_ROWS }
  if (select !== undefined) {
    const tree = selectedOf(model, select)
    return { select: argsOf(meta, tree, 'select', 'select', take, rows) }
  }
  const paths = readPaths(include, 'include', MAX_PATHS)
  const tree = treeOf(paths, 'include', defaultRelations(model))
  return { include: argsOf(meta, tree, 'include', 'include', take, rows), ...hiddenNeeds(model) }
}

/** What `select` names, and the key. @throws Problem 400 */
export const selectedOf = (model: string, select: unknown): Selected =>
  treeOf(readPaths(select, 'select', MAX_PATHS), 'select', visibleKey(modelMeta(model)))

/** @param always names of the row itself that are there whether named or not */
function treeOf(paths: readonly string[], parameter: string, always: readonly string[]): Selected {
  const tree: Record<string, Selected | true> = Object.create(null)
  for (const name of always) tree[name] = true
  for (const path of paths) {
    const names = path.split('.')
    if (names.length > MAX_DEPTH + 1) throw invalid(`${parameter}.${path}`, 'Nested too deep.')
    let node = tree
    for (const [index, name] of names.entries()) {
      const known = node[name]
      if (index === names.length - 1) node[name] = known ?? true
      else node = node[name] = known === undefined || known === true ? Object.create(null) : known
    }
  }
  return tree
}

function argsOf(
  meta: ModelMeta,
  tree: Selected,
  kind: 'include' | 'select',
  path: string,
  rows: number,
  budget: { left: number },
): object {
  const args: Record<string, unknown> = {}
  for (const [name, child] of Object.entries(tree)) {
    const at = `${path}.${name}`
    const computed = computedOf(meta.name).get(name)
    if (computed && kind === 'select' && child === true) {
      for (const need of columnsFor(meta, computed.needs)) args[need] = true
      continue
    }
    const field = visibleField(meta, name, at)
    if (isRelation(field)) args[name] = relationArgs(field, child, kind, at, rows, budget)
    else if (kind === 'include' || child !== true) throw invalid(at, `'${name}' is not a relation.`)
    else args[name] = true
  }
  return args
}

/** What is read for a computed field. Prisma selects no row without a column. */
const columnsFor = (meta: ModelMeta, needs: readonly string[]): readonly string[] =>
  needs.length === 0 ? (meta.uniques[0]?.fields ?? []) : needs

function relationArgs(
  field: RelationMeta,
  child: Selected | true,
  kind: 'include' | 'select',
  path: string,
  rows: number,
  budget: { left: number },
): object | true {
  if (path.split('.').length - 1 > MAX_DEPTH) {
    throw invalid(path, `Crosses more than ${MAX_DEPTH} relations.`)
  }
  const related = field.list ? rows * MAX_INCLUDED : rows
  if (field.list) budget.left -= related
  if (budget.left < 0) throw invalid(path, 'Too many rows: include less, or lower take.')
  const page = field.list ? { take: MAX_INCLUDED, orderBy: keyOrder(field.model) } : undefined
  const own = hiddenNeeds(field.model)
  if (child === true) return page || own.omit ? { ...page, ...own } : true
  return {
    ...page,
    ...(kind === 'include' ? own : {}),
    [kind]: argsOf(modelMeta(field.model), child, kind, path, related, budget),
  }
}
