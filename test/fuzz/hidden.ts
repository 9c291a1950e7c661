import * as fc from 'fast-check'
import type { Model, Schema } from '../../src/schema/model.js'
import { isHidden, modelOf, relationsOf } from './names.js'
import { JSON_TYPE, type Operation, type Request } from './operations.js'
import { queryText } from './query-text.js'

/** Names a hidden column, by whatever way leads to it: all of these are refused. Undefined where none is hidden. */
export function hiddenRequests(
  schema: Schema,
  operations: readonly Operation[],
): fc.Arbitrary<Request> | undefined {
  const targets = schema.models.flatMap((model) => {
    const list = operations.find(
      ({ id, node }) => id.startsWith('list') && node.tags[0] === model.name,
    )
    return list ? pathsIn(schema, model, 3).map((path) => ({ model, path, list })) : []
  })
  if (targets.length === 0) return undefined
  const operators = fc.constantFrom('equals', 'not', 'gte', 'in')
  return fc
    .tuple(fc.constantFrom(...targets), fc.nat(5), operators)
    .map(([{ model, path, list }, way, operator]) => {
      const condition = { [operator]: operator === 'in' ? [1] : 1 }
      return {
        operation: list.id,
        kind: 'hidden',
        ...asked(schema, model, path, condition, way, list),
      }
    })
}

type Asked = Pick<Request, 'method' | 'path' | 'headers' | 'body'>

function asked(
  schema: Schema,
  model: Model,
  path: readonly string[],
  condition: object,
  way: number,
  list: Operation,
): Asked {
  const get = (end: string): Asked => ({ method: 'GET', path: list.path + end, headers: {} })
  const send = (method: string, end: string, body: object): Asked => ({
    method,
    path: list.path + end,
    headers: JSON_TYPE,
    body: JSON.stringify(body),
  })
  const where = whereOf(schema, model, path, condition)
  const dotted = path.join('.')
  switch (way) {
    case 0:
      return get(`?${queryText({ where })}`)
    case 1:
      return get(`?orderBy=-${dotted}`)
    case 2:
      return get(`?select=${dotted}`)
    case 3:
      return get(`/count?${queryText({ where: { OR: [where] } })}`)
    case 4:
      return send('POST', '/search', { where: { NOT: [where] } })
    default:
      return send('DELETE', '/bulk', { where })
  }
}

function pathsIn(schema: Schema, model: Model, depth: number): string[][] {
  const own = model.fields.filter(isHidden).map(({ name }) => [name])
  if (depth === 0) return own
  const related = relationsOf(model).flatMap(({ name, type }) =>
    pathsIn(schema, modelOf(schema, type), depth - 1).map((path) => [name, ...path]),
  )
  return [...own, ...related]
}

function whereOf(
  schema: Schema,
  model: Model,
  [name, ...rest]: readonly string[],
  condition: object,
): object {
  const field = model.fields.find((it) => it.name === name)!
  if (rest.length === 0) return { [field.name]: condition }
  const inner = whereOf(schema, modelOf(schema, field.type), rest, condition)
  return { [field.name]: field.list ? { some: inner } : inner }
}
