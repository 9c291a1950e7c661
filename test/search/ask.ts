import type { Model, Schema } from '../../src/schema/model.js'
import { nameModels } from '../../src/view/names.js'
import type { Row } from '../policies/scene.js'

/** One request: rows are named by the columns of their keys. */
export type Ask =
  | { readonly op: 'create'; readonly model: string; readonly data: Row }
  | {
      readonly op: 'update' | 'replace'
      readonly model: string
      readonly key: Row
      readonly data: Row
    }
  | { readonly op: 'delete'; readonly model: string; readonly key: Row }
  | { readonly op: 'get'; readonly model: string; readonly key: Row }
  | { readonly op: 'createMany'; readonly model: string; readonly data: readonly Row[] }
  | {
      readonly op: 'updateMany'
      readonly model: string
      readonly rows: readonly Row[]
      readonly data: Row
    }
  | { readonly op: 'deleteMany'; readonly model: string; readonly rows: readonly Row[] }
  | { readonly op: 'list'; readonly model: string }

export type Wire = { readonly method: string; readonly path: string; readonly body?: unknown }

/** A request as it is sent. */
export function wireOf({ models }: Pick<Schema, 'models'>, ask: Ask): Wire {
  const model = models.find(({ name }) => name === ask.model)!
  const base = `/api/${nameModels(models).get(ask.model)!.path}`
  const at = (key: Row): string =>
    `${base}/${model.key!.fields.map((name) => String(key[name])).join('/')}`
  switch (ask.op) {
    case 'create':
      return { method: 'POST', path: base, body: ask.data }
    case 'update':
      return { method: 'PATCH', path: at(ask.key), body: ask.data }
    case 'replace':
      return { method: 'PUT', path: at(ask.key), body: ask.data }
    case 'delete':
      return { method: 'DELETE', path: at(ask.key) }
    case 'get':
      return { method: 'GET', path: at(ask.key) }
    case 'createMany':
      return { method: 'POST', path: `${base}/bulk`, body: { data: ask.data } }
    case 'updateMany':
      return {
        method: 'PATCH',
        path: `${base}/bulk`,
        body: { where: whereOf(model, ask.rows), data: ask.data },
      }
    case 'deleteMany':
      return { method: 'DELETE', path: `${base}/bulk`, body: { where: whereOf(model, ask.rows) } }
    case 'list':
      return { method: 'GET', path: `${base}?take=100` }
  }
}

function whereOf({ key }: Model, rows: readonly Row[]): object {
  const [first] = key!.fields
  return key!.fields.length === 1
    ? { [first!]: { in: rows.map((row) => row[first!]) } }
    : { OR: rows.map((row) => Object.fromEntries(key!.fields.map((name) => [name, row[name]]))) }
}

/** The columns of a key in Prisma's WhereUniqueInput, `{ a_b: { a, b } }` among them. */
export function keyValues({ key }: Model, unique: Row): Row {
  return key!.fields.length === 1 ? unique : (unique[key!.name] as Row)
}

/** The same the other way round. */
export function uniqueOf({ key }: Model, row: Row): Row {
  const values = Object.fromEntries(key!.fields.map((name) => [name, row[name]]))
  return key!.fields.length === 1 ? values : { [key!.name]: values }
}
