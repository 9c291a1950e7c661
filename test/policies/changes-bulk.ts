import { cleared, isMade, targets, type Change } from './change.js'
import { bodyOf, pivotOf } from './columns.js'
import type { Oracle } from './oracle.js'
import type { Row } from './scene.js'

/** Writes of many rows: what is not seen or may not be changed is passed over; an escape undoes all of it. */
export function bulk(
  oracle: Oracle,
  model: string,
  updates: readonly Row[],
  creates: readonly Row[],
  unsaid?: readonly string[],
): readonly Change[] {
  const key = oracle.model(model).key!.fields[0]!
  const pivot = pivotOf(oracle, model, 3) as number
  const where = { [key]: { lte: pivot } }
  const path = `${oracle.pathOf(model)}/bulk`
  const found = oracle.visible(model).filter((row) => (row[key] as number) <= pivot)
  const patches = updates.filter((data) => !isUnique(oracle, model, data))
  const removable = found.filter((row) => oracle.allows(model, 'delete', row))
  const rows = creates.slice(0, 2)
  return [
    ...patches.map((data) => patch(oracle, model, data, { path, where, found })),
    {
      ...{ method: 'DELETE', path, body: { where } },
      steps: removable.map((before) => ({ model, before, after: null, fields: [] })),
      links: cleared(oracle, model, removable),
      mayBeRefused: removable.length === 0,
    },
    ...(rows.length < 2 ? [] : [many(oracle, model, path, rows, unsaid)]),
  ]
}

function patch(
  oracle: Oracle,
  model: string,
  data: Row,
  { path, where, found }: { path: string; where: object; found: readonly Row[] },
): Change {
  const fields = Object.keys(data)
  const rows = found.filter(
    (row) =>
      oracle.allows(model, 'update', row) &&
      fields.every((name) => oracle.allowsField(model, name, 'update', row)),
  )
  return {
    ...{ method: 'PATCH', path, body: { where, data } },
    steps: rows.map((row) => ({ model, before: row, after: { ...row, ...data }, fields })),
    reached: targets(oracle, model, { ...data }, {}),
    mayBeRefused: rows.length === 0,
  }
}

function many(
  oracle: Oracle,
  model: string,
  path: string,
  rows: readonly Row[],
  unsaid: readonly string[] = [],
): Change {
  // Rows whose ids the database chooses are told apart here.
  const after = rows.map((row, i) => (isMade(oracle, model) ? { ...row, id: `new ${i}` } : row))
  const given = rows.map((row) => bodyOf(oracle, model, row, unsaid))
  return {
    ...{ method: 'POST', path, body: { data: given } },
    steps: after.map((row, i) => ({
      model,
      before: null,
      after: row,
      fields: Object.keys(given[i]!),
    })),
    reached: rows.flatMap((row) => targets(oracle, model, row, {})),
  }
}

const isUnique = (oracle: Oracle, model: string, data: Row): boolean =>
  oracle.model(model).uniques.some(({ fields }) => fields.some((name) => name in data))
