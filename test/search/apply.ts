import { cleared, owning } from '../policies/change.js'
import type { Row } from '../policies/scene.js'
import type { Ask } from './ask.js'
import { Draft } from './draft.js'
import { createRow, refuseHidden, updateRow, visible, writtenFields } from './nested.js'
import { keyOf, type RandomOracle } from './world.js'

/**
 * Carries a request out as it is written, whoever asks: what rules say of its changes is not asked here, only what
 * may be seen.
 * @throws Refused for what is not there or may not be seen, and what no database takes
 */
export function applyAsk(before: RandomOracle, ask: Ask): Draft {
  const to = new Draft(before)
  const { model } = ask
  switch (ask.op) {
    case 'create':
      createRow(to, model, ask.data)
      break
    case 'createMany':
      for (const row of ask.data) createRow(to, model, row)
      break
    case 'update':
      updateRow(to, model, visible(to, model, ask.key), ask.data)
      break
    case 'replace':
      updateRow(to, model, visible(to, model, ask.key), emptied(before, model, ask.data))
      break
    case 'delete':
      removeRows(to, model, [visible(to, model, ask.key)])
      break
    case 'updateMany':
    case 'deleteMany':
      applyMany(to, ask)
      break
    case 'get':
    case 'list':
  }
  return to
}

/** Rows that may not be changed are passed over. */
function applyMany(to: Draft, ask: Extract<Ask, { op: 'updateMany' | 'deleteMany' }>): void {
  const { before } = to
  const { model } = ask
  const named = new Set(ask.rows.map((row) => keyOf(before.model(model), row)))
  const operation = ask.op === 'updateMany' ? 'update' : 'delete'
  const fields = ask.op === 'updateMany' ? writtenFields(before, model, Object.keys(ask.data)) : []
  if (ask.op === 'updateMany') refuseHidden(before, model, ask.data)
  const rows = before
    .visible(model)
    .filter((row) => named.has(keyOf(before.model(model), row)))
    .filter((row) => before.allows(model, operation, row))
    .filter((row) => fields.every((name) => before.allowsField(model, name, 'update', row)))
  // Whoever may change no row at all may be told so, and where no row is found nothing else need be looked at.
  if (rows.length === 0) to.unclear = true
  if (ask.op === 'deleteMany') return removeRows(to, model, rows)
  for (const { fields: keys, references, type } of owning(before, model)) {
    const given = keys.filter((name) => name in ask.data)
    const isTarget = (row: Row): boolean =>
      keys.every((name, index) => row[references[index]!] === ask.data[name])
    // A key that is the same already is refused with those that are not.
    if (given.length > 0 && !before.visible(type).some(isTarget)) to.unclear = true
  }
  for (const row of rows) updateRow(to, model, row, ask.data)
}

/** With what a replacement leaves out: null, where there can be. */
function emptied(before: RandomOracle, model: string, data: Row): Row {
  const { fields, primaryKey } = before.model(model)
  const left = fields.flatMap((field) =>
    field.kind === 'relation' ||
    field.required ||
    field.list ||
    field.annotations.hidden ||
    primaryKey.includes(field.name)
      ? []
      : [[field.name, null]],
  )
  return { ...Object.fromEntries(left), ...data }
}

function removeRows(to: Draft, model: string, rows: readonly Row[]): void {
  if (rows.length === 0) return
  const { before } = to
  // Of several rows that refer to each other, the database may refuse the first or take all.
  const refers = before.model(model).fields.some((field) => field.kind === 'relation' && field.self)
  if (rows.length > 1 && refers) to.unclear = true
  to.replaceRows(cleared(before, model, rows))
  to.remove(model, rows)
  for (const { name, fields } of before.everyModel)
    for (const field of fields) {
      if (field.kind !== 'relation' || field.cardinality !== 'many-to-many') continue
      const end = before.ends.get(`${name}.${field.name}`)!
      const isGone = (link: Row): boolean => to.at(name, JSON.stringify([link[end]])) === undefined
      to.dropLinks(field.relationName, isGone)
    }
}
