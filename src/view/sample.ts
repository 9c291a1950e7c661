import type { Model, Schema } from '../schema/model.js'
import { isGiven, stuckColumns } from '../schema/given.js'
import { isVisible } from './field.js'
import {
  columnsOf,
  neededRelations,
  owningRelations,
  sharesKeyColumns,
  uniqueSets,
} from './sample-keys.js'
import {
  filledColumns,
  fillsItself,
  sampleRow,
  type RowContext,
  type SamplePurpose,
  type SampleRow,
} from './sample-row.js'

export type { SampleCell, SampleRow } from './sample-row.js'

/** The sample rows of a model; none, with the reason, where no row can be made. */
export type SampleModel =
  | {
      readonly model: Model
      readonly rows: readonly [SampleRow, ...SampleRow[]]
      readonly reason: null
    }
  | { readonly model: Model; readonly rows: readonly []; readonly reason: string }

export type SampleOptions = {
  /** Rows wanted per model; there are fewer where a unique column has fewer values. */
  readonly rows: number
  readonly purpose: SamplePurpose
}

type Maker = {
  readonly options: SampleOptions
  readonly models: ReadonlyMap<string, Model>
  readonly enums: ReadonlyMap<string, readonly string[]>
  readonly schema: Schema
  readonly sharedKeys: boolean
  /** In the order in which rows can be inserted. */
  readonly made: Map<string, SampleModel>
  /** Models that wait for a parent, outermost first. */
  readonly waiting: Set<string>
}

/**
 * Sample rows for every model, parents before children; a row refers to rows made before it only.
 * The same schema and options give the same rows. Pure.
 */
export function sampleData(schema: Schema, options: SampleOptions): readonly SampleModel[] {
  const maker: Maker = {
    options,
    schema,
    models: new Map(schema.models.map((model) => [model.name, model])),
    enums: new Map(schema.enums.map((e) => [e.name, e.values.map((value) => value.name)])),
    sharedKeys: schema.models.some(sharesKeyColumns),
    made: new Map(),
    waiting: new Set(),
  }
  for (const model of schema.models) make(model, maker)
  return [...maker.made.values()]
}

function make(model: Model, maker: Maker): void {
  if (maker.made.has(model.name)) return
  maker.waiting.add(model.name)
  for (const { type } of neededRelations(model)) visit(type, maker)
  if (maker.options.purpose === 'seed')
    for (const { type } of owningRelations(model)) if (isFree(type, maker)) visit(type, maker)
  maker.waiting.delete(model.name)
  maker.made.set(model.name, sampleModel(model, maker))
}

function visit(name: string, maker: Maker): void {
  const model = maker.models.get(name)
  if (model && !maker.waiting.has(name)) make(model, maker)
}

/** True where a model can be made now: neither it nor a model that it needs waits for another. */
function isFree(name: string, maker: Maker, seen = new Set<string>()): boolean {
  if (maker.waiting.has(name)) return false
  if (seen.has(name)) return true
  seen.add(name)
  const model = maker.models.get(name)
  return !model || neededRelations(model).every(({ type }) => isFree(type, maker, seen))
}

function sampleModel(model: Model, maker: Maker): SampleModel {
  const reason = obstacle(model, maker)
  if (reason !== null) return { model, rows: [], reason }
  const [first, ...others] = makeRows(model, maker)
  if (!first)
    return {
      model,
      rows: [],
      reason: 'its foreign keys share columns, and no sample rows agree on them',
    }
  return { model, rows: [first, ...others], reason: null }
}

function makeRows(model: Model, { schema, options, enums, sharedKeys, made }: Maker): SampleRow[] {
  const rows: SampleRow[] = []
  const seen = new Set<string>()
  const context: RowContext = {
    schema,
    enums,
    sharedKeys,
    purpose: options.purpose,
    filled: filledColumns(model, { schema, enums, purpose: options.purpose }),
    rowsOf: (name) => (name === model.name ? rows : (made.get(name)?.rows ?? [])),
  }
  while (rows.length < options.rows) {
    const row = sampleRow(model, rows.length, context)
    const keys =
      row === null ? [] : uniqueSets(model).flatMap((fields) => identity(row, fields) ?? [])
    if (row === null || keys.some((key) => seen.has(key))) break
    for (const key of keys) seen.add(key)
    rows.push(row)
  }
  return rows
}

/** What a row must share with no other; null where a column is null or given by the server. */
function identity(row: SampleRow, fields: readonly string[]): string | null {
  const origins = fields.map((name) => row.cells.find((cell) => cell.field.name === name)?.origin)
  return origins.includes(undefined) ? null : JSON.stringify([fields, origins])
}

/** Why no row of a model can be made, or null. */
function obstacle(model: Model, { options, made }: Maker): string | null {
  if (model.kind === 'view') return 'a view is read-only'
  const unseen = model.unseen.find((field) => field.blocksCreate)
  if (unseen) return `its required column '${unseen.name}' can't be written through the client`
  for (const relation of neededRelations(model)) {
    const parent = made.get(relation.type)
    if (!parent)
      return `each row needs a row of ${relation.type}, which needs a row of ${model.name}`
    if (parent.reason !== null) return `it needs a row of ${relation.type}: ${parent.reason}`
  }
  return options.purpose === 'api' ? lockedColumn(model, made) : null
}

/** A column that a create body can't fill, though the row needs it. */
function lockedColumn(model: Model, made: ReadonlyMap<string, SampleModel>): string | null {
  const [locked] = stuckColumns(model.fields)
  if (locked) return `its required column '${locked.name}' is set by the server`
  const alike = uniqueSets(model).find((set) => set.every((name) => isSameInAll(model, name)))
  if (alike) return `every row would have the same ${alike.join(' and ')}`
  for (const relation of neededRelations(model)) {
    const fixed = columnsOf(model).find(
      (field) => relation.fields.includes(field.name) && !isGiven(field),
    )
    if (fixed) return `'${relation.name}' is found by '${fixed.name}', which is set by the server`
    const hidden = made
      .get(relation.type)
      ?.model.fields.find((field) => relation.references.includes(field.name) && !isVisible(field))
    if (hidden)
      return `'${relation.name}' is found by '${hidden.name}', which never leaves the server`
  }
  return null
}

/** True for a column that no body may hold, and whose default is one value. */
const isSameInAll = (model: Model, name: string): boolean =>
  columnsOf(model).some(
    (field) =>
      field.name === name && field.required && !isGiven(field) && !fillsItself(field, true),
  )
