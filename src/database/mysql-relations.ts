import type { RawField, RawModel } from '../schema/datamodel.js'
import { columnOf, type MysqlDatamodel } from './mysql-datamodel.js'

export type ForeignKey = {
  readonly columns: readonly string[]
  /** The table that it points to, and the columns there. */
  readonly table: string
  readonly references: readonly string[]
  readonly onDelete: string
  readonly onUpdate: string
}

/** The foreign key of a relation field that holds one. */
export function foreignKey(
  model: RawModel,
  field: RawField,
  models: readonly RawModel[],
): ForeignKey {
  const target = modelNamed(models, field.type)
  return {
    columns: (field.relationFromFields ?? []).map((name) => columnNamed(model, name)),
    table: target.dbName ?? target.name,
    references: (field.relationToFields ?? []).map((name) => columnNamed(target, name)),
    onDelete: action(field.relationOnDelete ?? (field.isRequired ? 'Restrict' : 'SetNull')),
    onUpdate: action(field.relationOnUpdate ?? 'Cascade'),
  }
}

/** `SetNull` → `SET NULL` */
const action = (name: string): string => name.replace(/([a-z])([A-Z])/g, '$1 $2').toUpperCase()

type Side = { readonly model: RawModel; readonly id: RawField }

/** The hidden table of an implicit many-to-many relation. */
export type JoinTable = { readonly name: string; readonly a: Side; readonly b: Side }

/** One table per implicit many-to-many relation; column A belongs to the model whose name sorts first. */
export function joinTables({ models }: MysqlDatamodel): JoinTable[] {
  const found = new Map<string, JoinTable>()
  for (const model of models)
    for (const field of model.fields) {
      if (!isManyToMany(model, field, models)) continue
      const sides = [model, modelNamed(models, field.type)]
      const [a, b] = sides.sort((x, y) => (x.name < y.name ? -1 : 1)).map(sideOf)
      found.set(field.relationName!, { name: `_${field.relationName}`, a: a!, b: b! })
    }
  return [...found.values()]
}

function isManyToMany(model: RawModel, field: RawField, models: readonly RawModel[]): boolean {
  if (field.kind !== 'object' || !field.isList) return false
  const { fields } = modelNamed(models, field.type)
  const inverse = fields.find(
    (other) =>
      other.relationName === field.relationName &&
      other.type === model.name &&
      !(field.type === model.name && other.name === field.name),
  )
  return inverse?.isList === true
}

function sideOf(model: RawModel): Side {
  const id = model.fields.find((field) => field.isId)
  const [only] = model.primaryKey?.fields ?? []
  const found = id ?? model.fields.find((field) => field.name === only)
  if (!found) throw new Error(`Model '${model.name}' has no id of one field.`)
  return { model, id: found }
}

function modelNamed(models: readonly RawModel[], name: string): RawModel {
  const model = models.find((candidate) => candidate.name === name)
  if (!model) throw new Error(`There is no model '${name}'.`)
  return model
}

function columnNamed(model: RawModel, name: string): string {
  const field = model.fields.find((candidate) => candidate.name === name)
  if (!field) throw new Error(`Model '${model.name}' has no field '${name}'.`)
  return columnOf(field)
}
