import type { Row } from '../policies/scene.js'
import type { Ask } from './ask.js'
import type { Answer } from './host.js'
import { keyOf, type RandomOracle } from './world.js'

/** Why an answer to a question is wrong; null where it is right. */
export function judgeRead(
  oracle: RandomOracle,
  ask: Extract<Ask, { op: 'get' } | { op: 'list' }>,
  { status, body }: Answer,
): string | null {
  const { model } = ask
  const seen = oracle.visible(model)
  if (ask.op === 'list') {
    if (status >= 300) return seen.length > 0 ? 'refuses rows that may be read' : null
    const rows = body.data as readonly Row[]
    if (rows.length !== seen.length) return `tells of ${rows.length} rows, not ${seen.length}`
    return firstOf(rows, (row) => wrongRow(oracle, model, row))
  }
  const wanted = seen.find(
    (row) => keyOf(oracle.model(model), row) === keyOf(oracle.model(model), ask.key),
  )
  if (!wanted) return status < 300 ? 'tells of a row that may not be read' : null
  return status < 300 ? wrongRow(oracle, model, body.data as Row) : 'refuses a row that may be read'
}

/** Holds each field of a row against what is there and may be read; related rows, too. */
function wrongRow(oracle: RandomOracle, model: string, row: Row): string | null {
  const { fields } = oracle.model(model)
  const there = oracle
    .visible(model)
    .find((it) => keyOf(oracle.model(model), it) === keyOf(oracle.model(model), row))
  if (!there) return `tells of ${model} ${JSON.stringify(row)}, which may not be read`
  return firstOf(fields, (field) => {
    const { name } = field
    const at = `${model}.${name} of ${JSON.stringify(row)}`
    if (field.kind !== 'relation') {
      const readable = oracle.allowsField(model, name, 'read', there)
      if (readable !== name in row) return `${readable ? 'leaves out' : 'tells'} ${at}`
      return readable && row[name] !== there[name] ? `tells another ${at}` : null
    }
    if (row[name] === undefined || row[name] === null) return null
    return firstOf([row[name]].flat() as Row[], (other) => wrongRow(oracle, field.type, other))
  })
}

function firstOf<T>(list: readonly T[], wrong: (item: T) => string | null): string | null {
  for (const item of list) {
    const why = wrong(item)
    if (why !== null) return why
  }
  return null
}
