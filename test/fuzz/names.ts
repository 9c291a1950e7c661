import * as fc from 'fast-check'
import type { Field, Model, RelationField, Schema } from '../../src/schema/model.js'

export const isHidden = (field: Field): boolean =>
  field.annotations.hidden || field.annotations.writeonly

export const relationsOf = (model: Model): RelationField[] =>
  model.fields.filter((field): field is RelationField => field.kind === 'relation')

export const modelOf = ({ models }: Schema, name: string): Model =>
  models.find((model) => model.name === name)!

const columnsOf = (model: Model): Field[] =>
  model.fields.filter((field) => field.kind !== 'relation' && !isHidden(field))

const sortable = (model: Model): string[] =>
  columnsOf(model)
    .filter(({ type, list }) => !list && type !== 'Json' && type !== 'Bytes')
    .map(({ name }) => name)

/** For `orderBy`: columns, also of a related row. */
export function order(schema: Schema, model: Model): fc.Arbitrary<string> {
  const related = relationsOf(model)
    .filter(({ list }) => !list)
    .flatMap(({ name, type }) =>
      sortable(modelOf(schema, type)).map((column) => `${name}.${column}`),
    )
  const path = fc.constantFrom(...sortable(model), ...related)
  return some(fc.tuple(path, fc.boolean()).map(([it, down]) => (down ? `-${it}` : it)))
}

/** For `include`; empty where there is no relation. */
export function include(schema: Schema, model: Model): fc.Arbitrary<string> {
  const own = relationsOf(model)
  if (own.length === 0) return fc.constant('')
  const deeper = own.flatMap(({ name, type }) =>
    relationsOf(modelOf(schema, type)).map((next) => `${name}.${next.name}`),
  )
  return some(fc.constantFrom(...own.map(({ name }) => name), ...deeper))
}

/** For `select`. */
export function select(schema: Schema, model: Model): fc.Arbitrary<string> {
  const own = columnsOf(model).map(({ name }) => name)
  const deeper = relationsOf(model).flatMap(({ name, type }) => [
    name,
    ...columnsOf(modelOf(schema, type)).map((column) => `${name}.${column.name}`),
  ])
  return some(fc.constantFrom(...own, ...own, ...deeper))
}

/** One to three of them, each once. */
const some = (path: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc
    .uniqueArray(path, { minLength: 1, maxLength: 3, selector: (text) => text.replace('-', '') })
    .map((paths) => paths.join(','))
