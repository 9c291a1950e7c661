import type { RelationField } from '../../src/schema/model.js'
import type { Oracle } from './oracle.js'
import type { Row, World } from './scene.js'

/** What becomes of one row; null before is a new one, null after a deleted one. */
export type Step = {
  readonly model: string
  readonly before: Row | null
  readonly after: Row | null
  /** Fields that are written. */
  readonly fields: readonly string[]
}

export type Change = {
  readonly method: string
  readonly path: string
  readonly body?: unknown
  readonly steps: readonly Step[]
  /** Rows that are connected: they must be there and be seen. */
  readonly reached?: readonly (readonly [string, Row | undefined])[]
  /** Rows that the database changes, and connections that are in no column. */
  readonly links?: World
  /** True where there is nothing to write: whether that is refused does not matter. */
  readonly mayBeRefused?: boolean
}

/** True where the database chooses the ids of new rows. */
export function isMade(oracle: Oracle, model: string): boolean {
  const [first] = oracle.model(model).primaryKey
  const field = oracle.model(model).fields.find(({ name }) => name === first)
  return field !== undefined && field.kind !== 'relation' && field.default?.kind === 'function'
}

/** Relations that are columns of a model. */
export const owning = (oracle: Oracle, model: string): readonly RelationField[] =>
  oracle
    .model(model)
    .fields.filter((field): field is RelationField => field.kind === 'relation' && field.owning)

/** Whether a foreign key of a row is another one than before. */
export const isMoved = (oracle: Oracle, model: string, before: Row, after: Row): boolean =>
  owning(oracle, model).some(({ fields }) => fields.some((key) => before[key] !== after[key]))

/** What the database does to other rows when these go. */
export function cleared(oracle: Oracle, model: string, rows: readonly Row[]): World {
  const world: Record<string, readonly Row[]> = {}
  const rowsOf = (name: string): readonly Row[] => world[name] ?? oracle.rows(name)
  const remove = (target: string, gone: readonly Row[]): void => {
    for (const { name } of oracle.everyModel)
      for (const field of owning(oracle, name).filter(({ type }) => type === target)) {
        const refers = (row: Row): boolean => gone.some((it) => leadsTo(field, row, it))
        const hit = rowsOf(name).filter(refers)
        if (hit.length === 0) continue
        const action = field.onDelete ?? (field.required ? 'Restrict' : 'SetNull')
        const none = Object.fromEntries(field.fields.map((key) => [key, null]))
        if (action === 'SetNull')
          world[name] = rowsOf(name).map((row) => (refers(row) ? { ...row, ...none } : row))
        if (action !== 'Cascade') continue
        world[name] = rowsOf(name).filter((row) => !hit.includes(row))
        remove(name, hit)
      }
    unlink(target, gone)
  }
  const unlink = (target: string, gone: readonly Row[]): void => {
    const ids = new Set(gone.map(({ id }) => id))
    for (const field of oracle.model(target).fields)
      if (field.kind === 'relation' && field.cardinality === 'many-to-many')
        world[field.type] = rowsOf(field.type).map((row) => {
          const linked = row[field.inverse]
          if (!Array.isArray(linked)) return row
          return { ...row, [field.inverse]: linked.filter((id) => !ids.has(id)) }
        })
  }
  remove(model, rows)
  return world
}

export const leadsTo = ({ fields, references }: RelationField, row: Row, target: Row): boolean =>
  fields.every((key, i) => row[key] !== null && row[key] === target[references[i]!])

/** Does each foreign key lead to a row, and is nothing there twice that must be unique? */
export const isSound = (oracle: Oracle): boolean =>
  oracle.everyModel.every(({ name, uniques }) => {
    const rows = oracle.rows(name)
    const found = owning(oracle, name).every(({ type, ...field }) =>
      rows.every(
        (row) =>
          field.fields.some((key) => row[key] === null) ||
          oracle.rows(type).some((other) => leadsTo({ type, ...field }, row, other)),
      ),
    )
    return found && uniques.every(({ fields }) => areDistinct(rows, fields))
  })

function areDistinct(rows: readonly Row[], fields: readonly string[]): boolean {
  const keys = rows
    .filter((row) => fields.every((name) => row[name] !== null))
    .map((row) => JSON.stringify(fields.map((name) => row[name])))
  return new Set(keys).size === keys.length
}

/** Rows that changed foreign keys lead to. */
export function targets(
  oracle: Oracle,
  model: string,
  row: Row,
  before: Row,
): readonly (readonly [string, Row | undefined])[] {
  return owning(oracle, model).flatMap(
    ({ name, type, fields }): (readonly [string, Row | undefined])[] => {
      const same = fields.every((key) => row[key] === before[key])
      const none = fields.some((key) => (row[key] ?? null) === null)
      return same || none ? [] : [[type, oracle.related(model, row, name)[0]]]
    },
  )
}
