import type { Model, RelationField, Schema } from '../schema/model.js'
import { isGiven } from '../schema/given.js'
import { isVisible } from './field.js'
import {
  columnsOf,
  isUniqueOn,
  neededRelations,
  owningRelations,
  rowDigits,
  uniqueSets,
  type Column,
} from './sample-keys.js'
import { sampleValue, type JsonValue, type SampleContext } from './sample-value.js'

/** Where a column of a sample row gets its value: from the row itself, or from a row that is made before it. */
export type SampleCell = {
  readonly field: Column
  readonly source:
    | { readonly kind: 'own'; readonly value: JsonValue }
    | {
        readonly kind: 'parent'
        readonly model: string
        readonly row: number
        readonly column: string
        /** The parent's value; null where only the made row knows it. */
        readonly value: JsonValue
      }
  /** Equal for two cells exactly where their values will be equal. */
  readonly origin: string
}

export type SampleRow = {
  readonly index: number
  /** Columns with a value, in schema order; the others are left to Prisma and the database. */
  readonly cells: readonly SampleCell[]
  /** Rows that its foreign keys point to, one per relation. */
  readonly parents: readonly { readonly relation: RelationField; readonly row: number }[]
}

/** `api`: what a create body needs, and plain optional columns. `seed`: as full as a row in use. */
export type SamplePurpose = 'api' | 'seed'

/** What the rows of a model are made from. */
export type RowContext = {
  readonly schema: Schema
  readonly purpose: SamplePurpose
  readonly enums: ReadonlyMap<string, readonly string[]>
  /** True where some model has a column that is part of two foreign keys. */
  readonly sharedKeys: boolean
  /** Of the model, found once for all its rows. */
  readonly filled: readonly FilledColumn[]
  /** Rows of the models made so far, those of the model itself included. */
  readonly rowsOf: (model: string) => readonly SampleRow[]
}

/** A column that may get a value of the row's own, with what that depends on. */
type FilledColumn = { readonly field: Column; readonly context: SampleContext }

/** Columns that sample rows give values of their own, as far as these don't come from a parent; in schema order. */
export const filledColumns = (
  model: Model,
  { schema, enums, purpose }: Pick<RowContext, 'schema' | 'enums' | 'purpose'>,
): FilledColumn[] =>
  columnsOf(model)
    .filter((field) => isFilled(field, model, purpose))
    .map((field) => ({
      field,
      context: {
        model: model.name,
        provider: schema.provider,
        values: field.kind === 'enum' ? (enums.get(field.type) ?? []) : [],
        distinct: uniqueSets(model).some((set) => set.includes(field.name)),
      },
    }))

/** @returns row `index` of a model, or null where there is no such row: its parents or its distinct values run out */
export function sampleRow(model: Model, index: number, context: RowContext): SampleRow | null {
  const cells = new Map<string, SampleCell>()
  const parents: { relation: RelationField; row: number }[] = []
  for (const relation of linkedRelations(model, context)) {
    const needed = neededRelations(model).includes(relation)
    const row = parentRow(model, relation, index, context)
    const linked = row && link(model, relation, row)
    const fits = linked?.every((cell) => {
      const other = cells.get(cell.field.name)
      return other === undefined ? true : needed && other.origin === cell.origin
    })
    if (row && linked && fits) {
      for (const cell of linked) cells.set(cell.field.name, cell)
      parents.push({ relation, row: row.index })
    } else if (needed) return null
  }
  const digits = rowDigits(model, index, (column) => valueCount(column, context))
  for (const { field, context: given } of context.filled) {
    if (cells.has(field.name)) continue
    const value = sampleValue(field, given, digits.get(field.name) ?? index)
    cells.set(field.name, { field, source: { kind: 'own', value }, origin: JSON.stringify(value) })
  }
  return { index, cells: columnsOf(model).flatMap((f) => cells.get(f.name) ?? []), parents }
}

/** Relations that get a parent: the needed ones first, then in a seed the others. */
function linkedRelations(model: Model, { purpose }: RowContext): readonly RelationField[] {
  const needed = neededRelations(model)
  const others = owningRelations(model).filter((relation) => !needed.includes(relation))
  return purpose === 'seed' ? [...needed, ...others] : needed
}

/**
 * The row a foreign key points to. Two rows share a parent where no constraint forbids it; where columns are part
 * of two foreign keys, row n keeps to row n of every parent, so that they agree.
 */
function parentRow(
  model: Model,
  relation: RelationField,
  index: number,
  { sharedKeys, rowsOf }: RowContext,
): SampleRow | undefined {
  const rows = rowsOf(relation.type)
  // The first row is a root, the others form a tree below it.
  if (relation.self)
    return index === 0 || isUniqueOn(model, relation.fields) ? undefined : rows[(index - 1) >> 1]
  if (isUniqueOn(model, relation.fields)) return rows[index]
  const constrained = uniqueSets(model).some((set) =>
    set.some((name) => relation.fields.includes(name)),
  )
  const apart = constrained || sharedKeys
  return rows[apart ? index : index >> 1] ?? rows.at(-1)
}

/** The cells of a foreign key. */
function link(model: Model, relation: RelationField, row: SampleRow): SampleCell[] {
  return relation.fields.flatMap((name, i) => {
    const field = columnsOf(model).find((column) => column.name === name)
    const column = relation.references[i]
    if (!field || column === undefined) return []
    const target = row.cells.find((cell) => cell.field.name === column)
    const value = target?.source.value ?? null
    const source = { kind: 'parent', model: relation.type, row: row.index, column, value } as const
    return [
      { field, source, origin: target?.origin ?? `${relation.type}.${column} of row ${row.index}` },
    ]
  })
}

/** True where a sample row gives the column a value of its own. */
function isFilled(field: Column, model: Model, purpose: SamplePurpose): boolean {
  const unique = uniqueSets(model).some((set) => set.includes(field.name))
  const left = field.updatedAt || field.computedBy !== null || fillsItself(field, unique)
  if (left || (field.foreignKeyOf.length > 0 && !field.required)) return false
  const bare = field.default === null || field.default.kind === 'function'
  const must = field.required && !field.list && (bare || unique)
  if (purpose === 'api')
    return isGiven(field) && (must || (isPlainOptional(field) && isVisible(field)))
  if (field.default !== null)
    return must || field.kind === 'enum' || ['Int', 'Boolean'].includes(field.type)
  return must || isVisible(field)
}

/**
 * True where the default is another value for each row. It is not in the moment of a transaction, and a
 * `dbgenerated()` without an expression stands for what only a database that was there before can do.
 */
export function fillsItself({ default: value }: Column, unique: boolean): boolean {
  if (value?.kind !== 'function') return false
  if (value.name === 'dbgenerated') return value.args.length > 0 && value.args[0] !== ''
  return !(unique && value.name === 'now')
}

const isPlainOptional = (field: Column): boolean =>
  !field.required && !field.list && field.default === null

function valueCount(column: Column, { enums }: RowContext): number | null {
  if (column.kind === 'enum') return enums.get(column.type)?.length ?? 0
  return column.type === 'Boolean' ? 2 : null
}
