import {
  modelIn,
  type FieldOutline,
  type ModelOutline,
  type Outline,
} from '../../schema/rename/outline.js'
import { currentField, currentName, type Rename } from '../../schema/rename/rename.js'

/** Something in the database that goes on under a new name. Each builds on those before it. */
export type RenameStep = {
  readonly kind: 'table' | 'column' | 'type'
  /** Null: the one that the connection is for. */
  readonly schema: string | null
  /** Of a column: the name of its table by then. */
  readonly table?: string
  readonly from: string
  readonly to: string
  /** Of the hidden table of a many-to-many: its columns A and B change places, and hold this then. */
  readonly turned?: string
}

/**
 * What a database has to call otherwise so that it keeps its rows. Names that stay by `@map` or `@@map` need nothing. Pure.
 * @param before the schema that the database was made by
 * @param renames of models, enums and fields since
 */
export function renameSteps(
  before: Outline,
  now: Outline,
  renames: readonly Rename[],
): RenameStep[] {
  const pairs = before.models.flatMap((old): Pair[] => {
    const current = modelIn(now, currentName(old.name, renames))
    return current === undefined || old.view || current.view ? [] : [{ old, current }]
  })
  return [
    ...typeSteps(before, now, renames),
    ...pairs.flatMap(tableSteps),
    ...pairs.flatMap((pair) => columnSteps(pair, renames)),
    ...joinSteps(pairs, renames),
  ]
}

type Pair = { readonly old: ModelOutline; readonly current: ModelOutline }

function typeSteps(before: Outline, now: Outline, renames: readonly Rename[]): RenameStep[] {
  return before.enums.flatMap(({ name, type }): RenameStep[] => {
    const current = now.enums.find((other) => other.name === currentName(name, renames))
    if (current === undefined || current.type === type) return []
    return [{ kind: 'type', schema: null, from: type, to: current.type }]
  })
}

const tableSteps = ({ old, current }: Pair): RenameStep[] =>
  old.table === current.table || old.schema !== current.schema
    ? []
    : [{ kind: 'table', schema: old.schema ?? null, from: old.table, to: current.table }]

function columnSteps({ old, current }: Pair, renames: readonly Rename[]): RenameStep[] {
  return old.fields.flatMap(({ name, column }): RenameStep[] => {
    const { field } = currentField(old.name, name, renames)
    const to = current.fields.find((other) => other.name === field)?.column
    if (column === undefined || to === undefined || column === to) return []
    const { table, schema = null } = current
    return [{ kind: 'column', schema, table, from: column, to }]
  })
}

type Join = {
  readonly table: string
  readonly schema: string | null
  /** Models and fields of the relation, that of column A first. */
  readonly ends: readonly (readonly [model: string, field: string])[]
}

/** Column A is that of the model whose name sorts first, so that a new name may exchange the two. */
function joinSteps(pairs: readonly Pair[], renames: readonly Rename[]): RenameStep[] {
  const [before, now] = [
    joinsOf(pairs.map(({ old }) => old)),
    joinsOf(pairs.map(({ current }) => current)),
  ]
  return before.flatMap((join): RenameStep[] => {
    const ends = join.ends.map(([model, field]) => currentField(model, field, renames))
    const found = now.filter((other) => isSameModels(other, ends))
    const current = found.find(({ table, ends: [first] }) =>
      found.length === 1 ? true : table === join.table || ends.some((end) => isEnd(end, first!)),
    )
    if (current === undefined) return []
    const { table: to, schema } = current
    const turned = isTurned(current, ends) ? { turned: contentOf(current) } : {}
    if (join.table === to && turned.turned === undefined) return []
    return [{ kind: 'table', schema, from: join.table, to, ...turned }]
  })
}

const contentOf = ({ ends }: Join): string =>
  ends.map(([model, field], index) => `${'AB'[index]} is of ${model}.${field}`).join(', ')

type End = { readonly model: string; readonly field: string }

const isEnd = ({ model, field }: End, [otherModel, otherField]: readonly [string, string]) =>
  model === otherModel && field === otherField

function isSameModels({ ends }: Join, others: readonly End[]): boolean {
  const names = (list: readonly string[]): string => list.toSorted().join(' ')
  return names(ends.map(([model]) => model)) === names(others.map(({ model }) => model))
}

/** True where what was column A is column B now. */
function isTurned({ ends: [a, b] }: Join, [first]: readonly End[]): boolean {
  if (a![0] !== b![0]) return first!.model === b![0]
  // Of a relation of a model to itself only the fields tell.
  return isEnd(first!, b!)
}

function joinsOf(models: readonly ModelOutline[]): Join[] {
  const ends = models.flatMap((model) =>
    model.fields.flatMap((field) => (field.join ? [{ model, field, ...field.join }] : [])),
  )
  return ends
    .filter(({ own }) => own === 'A')
    .flatMap(({ model, field, table }): Join[] => {
      const other = ends.find(
        (end) => end.own === 'B' && end.table === table && isInverse(end, field),
      )
      if (other === undefined) return []
      const { schema = null } = model
      return [
        {
          table,
          schema,
          ends: [
            [model.name, field.name],
            [other.model.name, other.field.name],
          ],
        },
      ]
    })
}

const isInverse = ({ model }: { model: ModelOutline }, field: FieldOutline): boolean =>
  model.name === field.type
