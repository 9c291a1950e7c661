import { distance } from '../../nearest.js'
import { modelIn, type FieldOutline, type ModelOutline, type Outline } from './outline.js'
import { currentField, currentName, type Rename } from './rename.js'

/** A name that went, and those that came which may be what it is called now, the likeliest first. */
export type Candidate = { readonly from: string; readonly to: readonly string[] }

/** Models share this part of their fields at least. */
const ALIKE = 0.6

/**
 * Finds models and enums that went while one came that is nearly the same. Pure.
 * @param renames what is known already
 */
export function renamedTypes(
  old: Outline,
  now: Outline,
  renames: readonly Rename[] = [],
): Candidate[] {
  const taken = new Set(renames.map(({ to }) => to))
  const isGone = ({ name }: Named): boolean => !isNamed(currentName(name, renames), now)
  const isNew = ({ name }: Named): boolean => !taken.has(name) && !isNamed(name, old)
  const models = candidates(old.models.filter(isGone), now.models.filter(isNew), (before, after) =>
    before.view === after.view ? likeness(before, after, renames) : 0,
  )
  const enums = candidates(old.enums.filter(isGone), now.enums.filter(isNew), (before, after) =>
    shared(before.values, after.values),
  )
  return [...models, ...enums]
}

type Named = { readonly name: string }

const isNamed = (name: string, { models, enums }: Outline): boolean =>
  models.some((model) => model.name === name) || enums.some((type) => type.name === name)

function candidates<T extends Named>(
  gone: readonly T[],
  come: readonly T[],
  like: (before: T, after: T) => number,
): Candidate[] {
  return gone.flatMap((before) => {
    const to = come
      .map((after) => ({ name: after.name, like: like(before, after) }))
      .filter(({ like }) => like >= ALIKE)
      .toSorted((a, b) => b.like - a.like)
    return to.length === 0 ? [] : [{ from: before.name, to: to.map(({ name }) => name) }]
  })
}

function likeness(before: ModelOutline, after: ModelOutline, renames: readonly Rename[]): number {
  const sign = ({ name, type, list, column }: FieldOutline): string =>
    // A relation may point to a model that has got a new name too.
    `${name} ${column === undefined ? '' : currentName(type, renames)} ${list ?? ''}`
  return shared(before.fields.map(sign), after.fields.map(sign))
}

/** Which part of two lists is in both. */
function shared(a: readonly string[], b: readonly string[]): number {
  const both = a.filter((item) => b.includes(item)).length
  return both / (a.length + b.length - both)
}

/**
 * Finds columns that went from a model while one of the same type came. Pure.
 * @param renames what is known already, models too
 * @returns names as `--rename` takes them
 */
export function renamedFields(
  old: Outline,
  now: Outline,
  renames: readonly Rename[] = [],
): Candidate[] {
  return old.models.flatMap((before) => {
    const after = modelIn(now, currentName(before.name, renames))
    return after === undefined ? [] : fieldsOf(before, after, renames)
  })
}

function fieldsOf(
  before: ModelOutline,
  after: ModelOutline,
  renames: readonly Rename[],
): Candidate[] {
  const kept = new Set(
    before.fields.map(({ name }) => currentField(before.name, name, renames).field),
  )
  const come = after.fields.filter(({ name }) => !kept.has(name))
  const gone = before.fields.filter(({ name }) => {
    const { field } = currentField(before.name, name, renames)
    return !after.fields.some((other) => other.name === field)
  })
  return gone.flatMap((field) => {
    const to = come
      .filter((other) => isLike(field, other, renames))
      .toSorted((a, b) => distance(field.name, a.name) - distance(field.name, b.name))
    if (to.length === 0) return []
    const from = `${before.name}.${field.name}`
    return [{ from, to: to.map(({ name }) => `${after.name}.${name}`) }]
  })
}

const isLike = (before: FieldOutline, after: FieldOutline, renames: readonly Rename[]): boolean =>
  before.column !== undefined &&
  after.column !== undefined &&
  currentName(before.type, renames) === after.type &&
  before.list === after.list

/**
 * The likeliest renames of all, as one may type them after `--rename`: each new name once.
 * @returns null where none is likely
 */
export function likelyRenames(
  old: Outline,
  now: Outline,
  known: readonly Rename[] = [],
): string | null {
  const types = firstChoices(renamedTypes(old, now, known))
  const fields = firstChoices(renamedFields(old, now, [...known, ...types]))
  const all = [...types, ...fields]
  return all.length === 0 ? null : all.map(({ from, to }) => `${from}=${to}`).join(',')
}

function firstChoices(found: readonly Candidate[]): Rename[] {
  const taken = new Set<string>()
  return found.flatMap(({ from, to }) => {
    const free = to.find((name) => !taken.has(name))
    if (free === undefined) return []
    taken.add(free)
    return [{ from, to: free }]
  })
}
