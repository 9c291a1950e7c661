import { cleared, targets, type Change } from './change.js'
import { bulk } from './changes-bulk.js'
import { bodyOf, columnsOf, type Column } from './columns.js'
import type { Oracle } from './oracle.js'
import type { Row, Scene } from './scene.js'

/** All that is tried on a model. */
export function changes(scene: Scene, oracle: Oracle, model: string): readonly Change[] {
  const { updates, creates, unsaid, nested } = scene.tried(oracle, model)
  const rows = oracle.rows(model)
  return [
    ...rows.flatMap((row) => updates.map((data) => update(oracle, model, row, data))),
    ...rows.flatMap((row) => replacement(oracle, model, row, updates[0])),
    ...rows.map((row) => removal(oracle, model, row)),
    ...creates.map((row) => creation(oracle, model, row, unsaid)),
    ...bulk(oracle, model, updates, creates, unsaid),
    ...nested,
  ]
}

function update(oracle: Oracle, model: string, row: Row, data: Row): Change {
  const after = { ...row, ...data }
  return {
    method: 'PATCH',
    path: oracle.pathOf(model, row),
    body: data,
    steps: [{ model, before: row, after, fields: Object.keys(data) }],
    reached: targets(oracle, model, after, row),
  }
}

/** What is not given becomes null, where it can; what it takes is in no column of the key. */
function replacement(
  oracle: Oracle,
  model: string,
  row: Row,
  data: Row | undefined,
): readonly Change[] {
  const { primaryKey } = oracle.model(model)
  const columns = columnsOf(oracle, model).filter(
    ({ name, annotations }) =>
      !primaryKey.includes(name) && !annotations.hidden && !annotations.readonly,
  )
  if (data === undefined || columns.length === 0) return []
  const isGiven = ({ name, required }: Column): boolean => required || name in data
  const written = Object.fromEntries(
    columns.map((column) => {
      const { name } = column
      return [name, isGiven(column) ? (name in data ? data[name] : row[name]) : null]
    }),
  )
  const after = { ...row, ...written }
  return [
    {
      method: 'PUT',
      path: oracle.pathOf(model, row),
      body: Object.fromEntries(columns.filter(isGiven).map(({ name }) => [name, written[name]])),
      steps: [{ model, before: row, after, fields: Object.keys(written) }],
      reached: targets(oracle, model, after, row),
    },
  ]
}

const removal = (oracle: Oracle, model: string, row: Row): Change => ({
  method: 'DELETE',
  path: oracle.pathOf(model, row),
  steps: [{ model, before: row, after: null, fields: [] }],
  links: cleared(oracle, model, [row]),
})

function creation(oracle: Oracle, model: string, row: Row, unsaid?: readonly string[]): Change {
  const body = bodyOf(oracle, model, row, unsaid)
  return {
    method: 'POST',
    path: oracle.pathOf(model),
    body,
    steps: [{ model, before: null, after: row, fields: Object.keys(body) }],
    reached: targets(oracle, model, row, {}),
  }
}
