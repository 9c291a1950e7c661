import type { RawField, RawModel } from '../../schema/datamodel.js'
import { columnOf, type MysqlDatamodel } from '../mysql-datamodel.js'

/** The fields of a relation on both sides, and its name. */
export type KnownRelation = {
  readonly forward: string
  readonly back: string
  readonly name: string
}

/** What an app calls the parts of its database: these names stay when the database is read again. */
export type KnownNames = {
  readonly models: ReadonlyMap<string, string>
  /** By table and column, as are enums. */
  readonly fields: ReadonlyMap<string, string>
  readonly enums: ReadonlyMap<string, string>
  /** By enum and the database's value. */
  readonly values: ReadonlyMap<string, string>
  /** By `relationKey` of the foreign key, or the name of the hidden table. */
  readonly relations: ReadonlyMap<string, KnownRelation>
}

export const NO_NAMES: KnownNames = {
  models: new Map(),
  fields: new Map(),
  enums: new Map(),
  values: new Map(),
  relations: new Map(),
}

export const keyOf = (...parts: readonly string[]): string => parts.join('\0')

export const relationKey = (table: string, columns: readonly string[], target: string): string =>
  keyOf(table, [...columns].sort().join('\0'), target)

/** Reads the names of a schema. Pure. */
export function knownNames({ models, views, enums }: MysqlDatamodel): KnownNames {
  const all = [...models, ...views]
  const columns = all.flatMap((model) =>
    model.fields.filter(({ kind }) => kind !== 'object').map((field) => ({ model, field })),
  )
  return {
    models: new Map(all.map((model) => [tableOf(model), model.name])),
    fields: new Map(
      columns.map(({ model, field }) => [keyOf(tableOf(model), columnOf(field)), field.name]),
    ),
    enums: new Map(
      columns
        .filter(({ field }) => field.kind === 'enum')
        .map(({ model, field }) => [keyOf(tableOf(model), columnOf(field)), field.type]),
    ),
    values: new Map(
      enums.flatMap((type) =>
        type.values.map(({ name, dbName }) => [keyOf(type.name, dbName ?? name), name] as const),
      ),
    ),
    relations: new Map(models.flatMap((model) => relationsOf(model, models))),
  }
}

const tableOf = (model: RawModel): string => model.dbName ?? model.name

function relationsOf(model: RawModel, models: readonly RawModel[]): [string, KnownRelation][] {
  return model.fields.flatMap((field): [string, KnownRelation][] => {
    const target = models.find(({ name }) => name === field.type)
    if (field.kind !== 'object' || target === undefined) return []
    const other = target.fields.find(
      (one) => one.relationName === field.relationName && !(target === model && one === field),
    )
    if (other === undefined) return []
    const known = { forward: field.name, back: other.name, name: field.relationName ?? '' }
    if ((field.relationFromFields ?? []).length > 0) {
      const columns = (field.relationFromFields ?? []).map((name) => columnOf(fieldOf(model, name)))
      return [[relationKey(tableOf(model), columns, tableOf(target)), known]]
    }
    // Of a hidden table, column A belongs to the model whose name sorts first.
    const isFirst = model.name < target.name || (model === target && field.name < other.name)
    return field.isList && other.isList && isFirst ? [[`_${known.name}`, known]] : []
  })
}

const fieldOf = ({ fields }: RawModel, name: string): RawField =>
  fields.find((field) => field.name === name)!
