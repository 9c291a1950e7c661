import type { Oracle } from './oracle.js'
import { idOf, PATHS } from './reading.js'
import type { Row, World } from './world.js'

/** What becomes of one row; null before is a new one, null after a deleted one. */
export type Step = {
  readonly model: string
  readonly before: Row | null
  readonly after: Row | null
  /** Fields that are written. */
  readonly fields: readonly string[]
  /** True where a row counts as changed and stays as it is: the other end of a many-to-many relation. */
  readonly unchecked?: boolean
}

export type Change = {
  readonly method: string
  readonly path: string
  readonly body?: unknown
  readonly steps: readonly Step[]
  /** Rows that are connected: they must be there and be seen. */
  readonly reached?: readonly (readonly [string, Row | undefined])[]
  /** Rows in which connections change that are in no column. */
  readonly links?: World
  readonly mayConflict?: boolean
  /** True where there is nothing to write: whether that is refused does not matter. */
  readonly mayBeRefused?: boolean
}

export const pathOf = (model: string, row: Row): string =>
  `/api/${PATHS[model]}/${idOf(model, row)}`

/** The database chooses the ids of these. */
export const isMade = (model: string): boolean => /^(Project|Task|Tag|Note)$/.test(model)

/** What the database does when these rows go. */
export function cleared(oracle: Oracle, model: string, rows: readonly Row[]): World {
  const ids = new Set(rows.map((row) => row['id']))
  if (model === 'Task')
    return {
      Task: oracle
        .rows('Task')
        .map((it) => (ids.has(it['parentId']) ? { ...it, parentId: null } : it)),
    }
  if (model === 'Member') {
    const isOf = (note: Row): boolean =>
      rows.some((row) => row['orgId'] === note['memberOrg'] && row['userId'] === note['memberId'])
    return {
      Note: oracle
        .rows('Note')
        .map((it) => (isOf(it) ? { ...it, memberOrg: null, memberId: null } : it)),
    }
  }
  if (model !== 'Tag') return {}
  return {
    Project: oracle.rows('Project').map((it) => ({
      ...it,
      tags: (it['tags'] as number[]).filter((tag) => !ids.has(tag)),
    })),
  }
}

/** Rows that changed foreign keys lead to. */
export function targets(
  oracle: Oracle,
  model: string,
  row: Row,
  before: Row,
): readonly (readonly [string, Row | undefined])[] {
  return oracle.model(model).fields.flatMap((field): (readonly [string, Row | undefined])[] => {
    if (field.kind !== 'relation' || !field.owning) return []
    const keys = field.fields
    const same = keys.every((key) => row[key] === before[key])
    const none = keys.some((key) => (row[key] ?? null) === null)
    return same || none ? [] : [[field.type, oracle.related(model, row, field.name)[0]]]
  })
}
