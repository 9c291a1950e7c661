import type { EnumField, Model, RelationField, ScalarField } from '../schema/model.js'

export type Column = ScalarField | EnumField

/** Computes once per model: these are asked for with every value of every row. */
function perModel<T>(compute: (model: Model) => T): (model: Model) => T {
  const known = new WeakMap<Model, T>()
  return (model) => {
    const value = known.get(model) ?? compute(model)
    known.set(model, value)
    return value
  }
}

export const columnsOf = perModel((model): readonly Column[] =>
  model.fields.filter((field): field is Column => field.kind !== 'relation'),
)

/** Relations whose foreign key the model holds. */
export const owningRelations = perModel((model): readonly RelationField[] =>
  model.fields.filter((field): field is RelationField => field.kind === 'relation' && field.owning),
)

/** True where a row can't be without the related row: every column of the foreign key is required. */
function isNeeded(relation: RelationField, model: Model): boolean {
  const columns = columnsOf(model).filter((column) => relation.fields.includes(column.name))
  return columns.every((column) => column.required)
}

export const neededRelations = perModel((model): readonly RelationField[] =>
  owningRelations(model).filter((relation) => isNeeded(relation, model)),
)

/** Sets of columns that no two rows may share, readable by the client or not. */
export const uniqueSets = perModel((model): readonly (readonly string[])[] => {
  const sets = [...model.uniques, ...model.indexes.filter((index) => index.unique)]
  return [...new Map(sets.map(({ fields }) => [fields.join(), fields])).values()]
})

/** True where two rows can't have the same foreign key. */
export const isUniqueOn = (model: Model, fields: readonly string[]): boolean =>
  uniqueSets(model).some((set) => set.every((name) => fields.includes(name)))

/** True where a column is part of two foreign keys, so that related rows must agree with each other. */
export function sharesKeyColumns(model: Model): boolean {
  const names = owningRelations(model).flatMap((relation) => relation.fields)
  return new Set(names).size < names.length
}

/**
 * Numbers the columns of row `index` like the digits of a number, where a unique constraint consists only of
 * columns with few values: the pairs (false, a), (true, a), (false, b) … instead of (false, a), (true, b) and no more.
 * @param values number of values of a column, null where there are plenty
 */
export function rowDigits(
  model: Model,
  index: number,
  values: (column: Column) => number | null,
): ReadonlyMap<string, number> {
  const digits = new Map<string, number>()
  const columns = new Map(columnsOf(model).map((column) => [column.name, column]))
  for (const set of uniqueSets(model)) {
    const members = set.flatMap((name) => columns.get(name) ?? [])
    const few = members.filter(
      (column) => column.foreignKeyOf.length === 0 && values(column) !== null,
    )
    if (few.length < members.length) continue
    let rest = index
    for (const column of few) {
      if (!digits.has(column.name)) digits.set(column.name, rest)
      rest = Math.floor(rest / (values(column) ?? 1))
    }
  }
  return digits
}
