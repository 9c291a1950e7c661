import type { Field, RelationField } from '../schema/model.js'
import type { AppView } from './app.js'
import { isVisible } from './field.js'
import type { ModelNames } from './names.js'
import { prismaLiteral } from './sample-literal.js'
import { sampleData, type SampleCell, type SampleModel, type SampleRow } from './sample.js'
import { propertyKey } from './text.js'

/** One statement of the seed script: a row that others refer to, by name, or all rows of a model at once. */
type SeedStatement = {
  /** `const user1 = ` or nothing. */
  readonly assign: string
  readonly call: 'create' | 'createMany'
  /** Literal of the row, or of the list of rows. */
  readonly data: string
  /** The further arguments: `, omit: { token: false }` or nothing. */
  readonly rest: string
}

export type SeedView = {
  readonly sections: readonly {
    readonly label: string
    readonly delegate: string
    readonly statements: readonly SeedStatement[]
  }[]
}

type Names = ReadonlyMap<string, ModelNames>

/** @returns what `prisma/seed.ts` prints: about five rows per model, fewer where there are many models */
export function viewSeed({ schema, models }: Pick<AppView, 'schema' | 'models'>): SeedView {
  const names: Names = new Map(models.map((model) => [model.name, model]))
  const { length } = models
  const rows = length <= 30 ? 5 : length <= 60 ? 3 : length <= 200 ? 2 : 1
  const data = sampleData(schema, { rows, purpose: 'seed' }).filter((item) => item.rows.length > 0)
  const links = new Map(
    data.map((item, index) => [item.model.name, linksOf(item, data.slice(0, index + 1))]),
  )
  const named = referredRows(data, [...links.values()].flat())
  return {
    sections: data.map((item) => {
      const own = links.get(item.model.name) ?? []
      const { pluralLabel, delegate } = namesOf(item.model.name, names)
      return { label: pluralLabel, delegate, statements: statementsOf(item, own, named, names) }
    }),
  }
}

/** Rows of a many-to-many relation that one row is connected to when it is made. */
type Link = {
  readonly row: number
  readonly field: RelationField
  /** Key column of the other model. */
  readonly key: string
  readonly to: readonly number[]
}

/** Connects each row to two of the other model, where that model was made before; in a self relation, to the row before. */
function linksOf({ model, rows }: SampleModel, before: readonly SampleModel[]): Link[] {
  const relations = model.fields.filter(
    (field): field is RelationField =>
      field.kind === 'relation' && field.cardinality === 'many-to-many',
  )
  return relations.flatMap((field) => {
    const target = before.find((item) => item.model.name === field.type)
    const key = target?.model.key?.fields[0]
    if (!target || key === undefined) return []
    if (!field.self)
      return rows.map(({ index }) => ({
        row: index,
        field,
        key,
        to: neighbours(index, target.rows.length),
      }))
    const first = field.name < field.inverse
    return first
      ? rows.slice(1).map(({ index }) => ({ row: index, field, key, to: [index - 1] }))
      : []
  })
}

const neighbours = (index: number, count: number): number[] => [
  ...new Set([index % count, (index + 1) % count]),
]

const rowKey = (model: string, row: number): string => `${model} ${row}`

/** Rows that a later row needs a column of, each with those columns. */
function referredRows(
  data: readonly SampleModel[],
  links: readonly Link[],
): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>()
  const add = (model: string, row: number, column: string) => {
    const key = rowKey(model, row)
    found.set(key, (found.get(key) ?? new Set()).add(column))
  }
  for (const { rows } of data)
    for (const { source } of rows.flatMap((row) => row.cells))
      if (source.kind === 'parent' && source.value === null)
        add(source.model, source.row, source.column)
  for (const { field, key, to } of links) for (const row of to) add(field.type, row, key)
  return found
}

function statementsOf(
  item: SampleModel,
  links: readonly Link[],
  named: ReadonlyMap<string, ReadonlySet<string>>,
  names: Names,
): SeedStatement[] {
  const { model, rows } = item
  const texts = rows.map((row) => rowLiteral(row, links, names))
  const referred = rows.some((row) => named.has(rowKey(model.name, row.index)))
  if (links.length === 0 && rows.length > 1 && !referred && !model.fields.some(isInherited))
    return [{ assign: '', call: 'createMany', data: `[${texts.join(', ')}]`, rest: '' }]
  return rows.map((row, i) => {
    const columns = named.get(rowKey(model.name, row.index))
    const hidden = model.fields.filter((field) => columns?.has(field.name) && !isVisible(field))
    return {
      assign: columns ? `const ${rowName(model.name, row.index, names)} = ` : '',
      call: 'create',
      data: texts[i] ?? '{}',
      rest:
        hidden.length === 0
          ? ''
          : `, omit: { ${hidden.map((field) => `${propertyKey(field.name)}: false`).join(', ')} }`,
    }
  })
}

/** TypeScript mistakes a column called `constructor` for that of Object where rows may be one or many. */
const isInherited = ({ name }: Field): boolean => name in Object.prototype

function rowLiteral(row: SampleRow, links: readonly Link[], names: Names): string {
  const columns = row.cells.map(
    (cell) => `${propertyKey(cell.field.name)}: ${cellLiteral(cell, names)}`,
  )
  const connected = links
    .filter((link) => link.row === row.index)
    .map(({ field, key, to }) => {
      const targets = to.map(
        (index) => `{ ${propertyKey(key)}: ${member(rowName(field.type, index, names), key)} }`,
      )
      return `${propertyKey(field.name)}: { connect: [${targets.join(', ')}] }`
    })
  const members = [...columns, ...connected]
  return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`
}

function cellLiteral({ field, source }: SampleCell, names: Names): string {
  if (source.kind === 'own' || source.value !== null) return prismaLiteral(field, source.value)
  return member(rowName(source.model, source.row, names), source.column)
}

const rowName = (model: string, row: number, names: Names): string =>
  `${namesOf(model, names).variable}${row + 1}`

const member = (object: string, name: string): string =>
  /^[A-Za-z_$][\w$]*$/.test(name) ? `${object}.${name}` : `${object}[${propertyKey(name)}]`

function namesOf(model: string, names: Names): ModelNames {
  const found = names.get(model)
  if (!found) throw new Error(`Model '${model}' was not named.`)
  return found
}
