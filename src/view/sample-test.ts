import type { Model } from '../schema/model.js'
import type { AppView } from './app.js'
import { isVisible } from './field.js'
import type { ModelView } from './model.js'
import type { ModelNames } from './names.js'
import { columnsOf, owningRelations, uniqueSets, type Column } from './sample-keys.js'
import { jsonLiteral } from './sample-literal.js'
import { sampleData, type SampleModel, type SampleRow } from './sample.js'
import { sampleValue } from './sample-value.js'
import { literal, propertyKey, stringLiteral } from './text.js'

/** Rows a model's test works with: the last is made and removed by single tests, the others are there from the start. */
const ROWS = 4

/** A module that a model's factory imports. */
type FactoryImport = { readonly variable: string; readonly file: string }

type FactoryView = {
  readonly variable: string
  readonly path: string
  /** Literal of the names of the key's columns; `null` where rows have no address. */
  readonly key: string
  readonly imports: readonly FactoryImport[]
  /** Literals of the bodies. */
  readonly bodies: readonly string[]
}

export type ModelTestView = {
  readonly file: string
  readonly name: string
  readonly path: string
  readonly variable: string
  /** Null where no row can be made through the API. */
  readonly factory: FactoryView | null
  /** Why `factory` is null. */
  readonly reason: string | null
  /** True where the API serves a create, whether or not a sample row can be made. */
  readonly creatable: boolean
  /** Arguments of `describeResource`, as `filter: 'title'`. */
  readonly options: readonly string[]
}

/**
 * @param fixed a column that is changed at an endpoint of its own
 * @returns what `test/<file>.test.ts` and `test/factories/<file>.ts` print, for every model
 */
export function viewTests(
  { schema, models }: Pick<AppView, 'schema' | 'models'>,
  fixed: { readonly model: string; readonly field: string } | null = null,
): ModelTestView[] {
  const views = new Map(models.map((view) => [view.name, view]))
  const enums = new Map(schema.enums.map((e) => [e.name, e.values.map((value) => value.name)]))
  return sampleData(schema, { rows: ROWS, purpose: 'api' }).flatMap((sample): ModelTestView[] => {
    const view = views.get(sample.model.name)
    if (!view) return []
    const { file, path, operations } = view
    const variable = factoryName(view)
    const base = {
      file,
      path,
      variable,
      name: stringLiteral(sample.model.name),
      creatable: operations.create,
    }
    if (sample.reason !== null)
      return [{ ...base, factory: null, reason: sample.reason, options: [] }]
    const again = (field: Column): string =>
      jsonLiteral(
        sampleValue(
          field,
          {
            model: sample.model.name,
            provider: schema.provider,
            values: field.kind === 'enum' ? (enums.get(field.type) ?? []) : [],
            distinct: true,
          },
          ROWS + 1,
        ),
      )
    const updatable = view.updatable.filter(
      ({ name }) => sample.model.name !== fixed?.model || name !== fixed.field,
    )
    const options = optionsOf(sample.model, { ...view, updatable }, sample.rows, again)
    return [{ ...base, factory: factoryView(sample, view, views), reason: null, options }]
  })
}

// With a word after it, it is never a reserved word or a global.
const factoryName = ({ variable }: ModelNames): string => `${variable}Rows`

function factoryView(
  { model, rows }: SampleModel,
  view: ModelView,
  views: ReadonlyMap<string, ModelView>,
): FactoryView {
  const parents = rows.flatMap((row) =>
    row.cells.flatMap(({ source }) => (source.kind === 'parent' ? [source.model] : [])),
  )
  const imports = [...new Set(parents)].flatMap((name) => views.get(name) ?? [])
  return {
    variable: factoryName(view),
    path: view.path,
    key: addressable(model) ? literal(model.key?.fields) : 'null',
    imports: imports
      .map((parent) => ({ variable: factoryName(parent), file: parent.file }))
      .sort((a, b) => (a.file < b.file ? -1 : 1)),
    bodies: rows.map((row) => bodyLiteral(row, views)),
  }
}

const addressable = (model: Model): boolean =>
  model.key !== null &&
  columnsOf(model).every((field) => !model.key?.fields.includes(field.name) || isVisible(field))

function bodyLiteral({ cells }: SampleRow, views: ReadonlyMap<string, ModelView>): string {
  const members = cells.map(({ field, source }) => {
    const parent = source.kind === 'parent' ? views.get(source.model) : undefined
    const value =
      source.kind === 'parent' && parent
        ? `${factoryName(parent)}.ref(${source.row}, ${stringLiteral(source.column)})`
        : jsonLiteral(source.value)
    return `${propertyKey(field.name)}: ${value}`
  })
  return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`
}

/** Which columns the tests of a model use, each as a property; a test without its column is not emitted. */
function optionsOf(
  model: Model,
  view: ModelView,
  rows: readonly SampleRow[],
  again: (field: Column) => string,
): string[] {
  const own = (rows[0]?.cells ?? []).flatMap(({ field, source }) =>
    source.kind === 'own' ? [field] : [],
  )
  const shown = own.filter(isVisible)
  const filter = best(shown.filter(isComparable))
  const sort = best(shown.filter((field) => isComparable(field) && differs(field, rows)))
  const change = changeOf(model, view, shown, again)
  const wrong = best(own.filter((field) => field.type !== 'Json'))
  const conflict = conflictOf(model, rows)
  const unseen = own.filter((field) => !isVisible(field)).map((field) => field.name)
  return [
    ...(filter ? [`filter: ${stringLiteral(filter.name)}`] : []),
    ...(sort ? [`sort: ${stringLiteral(sort.name)}`] : []),
    ...(change ? [`change: ${change}`] : []),
    ...(wrong ? [`wrong: { ${propertyKey(wrong.name)}: ${wrongValue(wrong)} }`] : []),
    ...(conflict ? [`conflict: ${literal(conflict)}`] : []),
    ...(unseen.length > 0 ? [`writeonly: ${literal(unseen)}`] : []),
  ]
}

// From the type whose order and equality are the same everywhere to the one that is merely usable.
const PREFERRED = ['String', 'Int', 'BigInt', 'DateTime', 'Boolean']

const best = (fields: readonly Column[]): Column | undefined => {
  const rank = (field: Column) =>
    field.kind === 'enum' ? 4.5 : PREFERRED.indexOf(field.type) >>> 0
  return fields.toSorted((a, b) => rank(a) - rank(b))[0]
}

/** Types that every database compares alike; of the native ones, those that keep what they are given. */
const isComparable = (field: Column): boolean =>
  !field.list &&
  field.kind === 'scalar' &&
  PREFERRED.includes(field.type) &&
  (field.nativeType === null ||
    /^(VarChar|NVarChar|Text|Integer|Int|BigInt|Uuid)$/.test(field.nativeType.name))

function differs(field: Column, rows: readonly SampleRow[]): boolean {
  const origins = rows.map(
    (row) => row.cells.find((cell) => cell.field.name === field.name)?.origin,
  )
  return new Set(origins).size === rows.length
}

/** Literal of a change that every row can take: of a column that the bodies hold, else of any other. */
function changeOf(
  model: Model,
  view: ModelView,
  shown: readonly Column[],
  again: (field: Column) => string,
): string | undefined {
  const updatable = new Set(view.operations.update ? view.updatable.map((field) => field.name) : [])
  const plain = columnsOf(model).filter(
    (field) =>
      updatable.has(field.name) &&
      !model.key?.fields.includes(field.name) &&
      isVisible(field) &&
      !field.list &&
      field.foreignKeyOf.length === 0,
  )
  const field = best(plain.filter((column) => shown.includes(column))) ?? best(plain)
  if (!field) return undefined
  const toggled = field.type === 'Boolean' && field.default?.kind === 'literal'
  const value = toggled ? String(field.default.value !== true) : again(field)
  return `{ ${propertyKey(field.name)}: ${value} }`
}

const wrongValue = (field: Column): string => {
  if (field.list) return `'no list'`
  if (field.kind === 'enum') return `'no such value'`
  return field.type === 'String' || field.type === 'DateTime' || field.type === 'Bytes'
    ? '42'
    : `'nonsense'`
}

/** A unique constraint that a body can break alone: all of its columns are in the body, and no foreign key is cut in two. */
function conflictOf(model: Model, rows: readonly SampleRow[]): readonly string[] | undefined {
  const names = new Set(rows[0]?.cells.map((cell) => cell.field.name))
  const relations = owningRelations(model)
  const sets = uniqueSets(model).filter(
    (set) =>
      rows.length > 1 &&
      set.every((name) => names.has(name)) &&
      relations.every(
        ({ fields }) =>
          fields.every((name) => set.includes(name)) || !fields.some((name) => set.includes(name)),
      ),
  )
  const isKey = (set: readonly string[]) => set.join() === model.key?.fields.join()
  return sets.find((set) => !isKey(set)) ?? sets[0]
}
