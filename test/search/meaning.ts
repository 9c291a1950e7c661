import type { RelationField } from '../../src/schema/model.js'
import { isMoved, isSound, owning } from '../policies/change.js'
import type { Row } from '../policies/scene.js'
import { applyAsk } from './apply.js'
import type { Ask } from './ask.js'
import { Draft, Refused, type Change } from './draft.js'
import { linksOf, type Rows } from './spec.js'
import { keyOf, type RandomOracle } from './world.js'

/** What a request should come to. */
export type Outcome =
  | { readonly kind: 'refused'; readonly why: string }
  | { readonly kind: 'done'; readonly world: Rows }
  /** What is written says nothing of this; if it is done, no row may have changed that may not. */
  | { readonly kind: 'unclear' }

/**
 * What becomes of a request by the written meaning: each row that it changes must be allowed on its own, and still
 * when all is done.
 */
export function outcomeOf(before: RandomOracle, ask: Ask): Outcome {
  let draft: Draft
  try {
    draft = applyAsk(before, ask)
  } catch (error) {
    if (error instanceof Refused) return { kind: 'refused', why: error.message }
    throw error
  }
  if (draft.unclear) return { kind: 'unclear' }
  const after = before.in(draft.world)
  if (!isSound(after)) return { kind: 'refused', why: 'the database does not take it' }
  const changes = [...draft.changes.values()]
  const wrong = changes.flatMap((change) => {
    const why = objection(before, after, change, changes)
    return why === null ? [] : [{ ...why, text: `${change.model} ${change.key} ${why.text}` }]
  })
  if (wrong.length === 0) return { kind: 'done', world: draft.world }
  if (wrong.every(({ open }) => open)) return { kind: 'unclear' }
  return { kind: 'refused', why: wrong.map(({ text }) => text).join('; ') }
}

export type Objection = {
  readonly text: string
  /** True where what is written can be read either way. */
  readonly open: boolean
}

/** Why a row may not be changed so; null where it may. */
export function objection(
  before: RandomOracle,
  after: RandomOracle,
  change: Change,
  changes: readonly Change[],
): Objection | null {
  const { model, before: was, fields, deleted, asked } = change
  // Whether a row counts as changed that is connected again to what it is connected with is open.
  const because = (text: string, open = !asked): Objection => ({ text, open })
  if (was !== null) {
    const operation = deleted ? 'delete' : 'update'
    if (!before.allows(model, 'read', was)) return because('may not be read')
    if (!before.allows(model, operation, was)) return because(`is not for ${operation} as it was`)
    if (deleted)
      return withoutOthers(before, change, changes)
        ? null
        : because('is not for delete beside the others')
    const field = [...fields].find((name) => !before.allowsField(model, name, 'update', was))
    if (field !== undefined) return because(`is not for update of ${field} as it was`)
  }
  const row = after.rows(model).find((it) => keyOf(after.model(model), it) === change.key)!
  const single = alone(before, after, change, row, changes)
  const text =
    mayBe(single, change, row, 'on its own') ?? mayBe(after, change, row, 'when all is done')
  if (text === null) return null
  // The other end of a many-to-many relation has no change that it could be asked for alone.
  const isEnd = was !== null && change.columns.size === 0 && text.endsWith('on its own')
  return because(text, !asked || (isEnd && !change.named))
}

/** Why a row may not be so among these rows; null where it may. */
function mayBe(world: RandomOracle, change: Change, row: Row, when: string): string | null {
  const { model, before: was, fields } = change
  // A row that is new where it is now is no reason for or against itself.
  const others = world.in({ ...world.world, [model]: world.rows(model).filter((it) => it !== row) })
  if (was !== null) {
    const asked = isMoved(world, model, was, row) ? others : world
    return asked.allows(model, 'update', row) ? null : `is not for update ${when}`
  }
  if (!others.allows(model, 'create', row)) return `is not for create ${when}`
  const field = [...fields].find((name) => !others.allowsField(model, name, 'create', row))
  return field === undefined ? null : `is not for create with ${field} ${when}`
}

/** Whether a row may be deleted when the others are gone already. */
function withoutOthers(before: RandomOracle, change: Change, changes: readonly Change[]): boolean {
  const { model, before: was } = change
  const others = changes.filter((it) => it !== change && it.deleted)
  const gone = new Set(others.map((it) => it.before))
  const left = before.rows(model).filter((row) => !gone.has(row))
  return before.in({ ...before.world, [model]: left }).allows(model, 'delete', was!)
}

/**
 * All rows as they were, and of the request the change of one row alone, with what it can't be without: new rows that
 * its foreign keys lead to, and whoever makes room for it.
 */
function alone(
  before: RandomOracle,
  after: RandomOracle,
  change: Change,
  row: Row,
  changes: readonly Change[],
): RandomOracle {
  const rows: Record<string, readonly Row[]> = { ...before.world }
  const put = (model: string, one: Row): void => {
    const key = keyOf(before.model(model), one)
    rows[model] = [...rows[model]!.filter((it) => keyOf(before.model(model), it) !== key), one]
    for (const field of owning(before, model)) {
      const [target] = after.related(model, one, field.name)
      const isNew = changes.some(
        (it) =>
          it.before === null &&
          it.model === field.type &&
          target &&
          keyOf(before.model(it.model), target) === it.key,
      )
      if (isNew && target && !rows[field.type]!.includes(target)) put(field.type, target)
      for (const other of changes)
        if (makesRoom(before, field, model, one, other)) put(model, now(after, other))
    }
    putLinks(rows, before, after, model, one)
  }
  put(change.model, row)
  return before.in(rows)
}

const now = (after: RandomOracle, { model, key }: Change): Row =>
  after.rows(model).find((it) => keyOf(after.model(model), it) === key)!

/** Whether a row held what another one holds now, and only one can. */
function makesRoom(
  before: RandomOracle,
  field: RelationField,
  model: string,
  row: Row,
  other: Change,
): boolean {
  const { before: was } = other
  if (field.cardinality !== 'one-to-one' || was === null || other.deleted || other.model !== model)
    return false
  if (other.key === keyOf(before.model(model), row)) return false
  return field.fields.every((name) => was[name] !== null && was[name] === row[name])
}

function putLinks(
  rows: Record<string, readonly Row[]>,
  before: RandomOracle,
  after: RandomOracle,
  model: string,
  row: Row,
): void {
  for (const field of before.model(model).fields) {
    if (field.kind !== 'relation' || field.cardinality !== 'many-to-many') continue
    const links = linksOf(field.relationName)
    const end = before.ends.get(`${model}.${field.name}`)!
    const isOwn = (link: Row): boolean => link[end] === row['id']
    rows[links] = [
      ...rows[links]!.filter((link) => !isOwn(link)),
      ...after.rows(links).filter(isOwn),
    ]
  }
}
