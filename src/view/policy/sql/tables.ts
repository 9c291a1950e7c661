import type { Model, RelationField } from '../../../schema/model.js'
import { ident } from './quote.js'

/** A row in SQL: of which model, and what columns are named by. */
export type SqlRow = { readonly model: Model; readonly sql: string }

type Models = ReadonlyMap<string, Model>

export const tableOf = ({ dbSchema, dbName }: Model): string =>
  [...(dbSchema === null ? [] : [dbSchema]), dbName].map(ident).join('.')

/** A column of a row. */
export function columnOf({ model, sql }: SqlRow, name: string): string {
  const field = model.fields.find((it) => it.name === name)
  if (!field) throw new Error(`${model.name} has no field ${name}.`)
  return `${sql}.${ident(field.dbName)}`
}

/** The field at the other end. */
function inverseOf(relation: RelationField, models: Models): RelationField {
  const field = models.get(relation.type)?.fields.find(({ name }) => name === relation.inverse)
  if (field?.kind !== 'relation')
    throw new Error(`${relation.type}.${relation.inverse} is no relation.`)
  return field
}

/** Table of a many-to-many relation, and its columns for the side of the field and for the other one. */
export function linkOf(
  from: Model,
  field: RelationField,
  models: Models,
): { readonly table: string; readonly near: string; readonly far: string } {
  const to = models.get(field.type)!
  // Prisma's order: by the model, then by the field.
  const isFirst = from.name === to.name ? field.name < field.inverse : from.name < to.name
  const first = isFirst ? from : to
  const [near, far] = isFirst ? ['"A"', '"B"'] : ['"B"', '"A"']
  const name = { ...first, dbName: `_${field.relationName}` }
  return { table: tableOf(name), near, far }
}

/**
 * How the rows of a relation are found.
 * @returns what stands after FROM or JOIN, and the condition that ties it to the row
 */
export function joinOf(
  row: SqlRow,
  field: RelationField,
  target: SqlRow,
  models: Models,
): { readonly from: string; readonly on: string } {
  const table = `${tableOf(target.model)} ${target.sql}`
  if (field.cardinality === 'many-to-many') {
    const { table: link, near, far } = linkOf(row.model, field, models)
    const alias = `${target.sql}_link`
    const key = (of: SqlRow): string => columnOf(of, of.model.primaryKey[0]!)
    return {
      from: `${link} ${alias} JOIN ${table} ON ${alias}.${far} = ${key(target)}`,
      on: `${alias}.${near} = ${key(row)}`,
    }
  }
  const inverse = inverseOf(field, models)
  const pairs = field.owning
    ? field.fields.map((name, i) => [columnOf(row, name), columnOf(target, field.references[i]!)])
    : inverse.fields.map((name, i) => [
        columnOf(row, inverse.references[i]!),
        columnOf(target, name),
      ])
  return { from: table, on: pairs.map(([a, b]) => `${b} = ${a}`).join(' AND ') }
}
