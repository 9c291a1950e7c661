import type { Model, RelationField, Schema } from '../../src/schema/model.js'
import { Oracle, type Person } from '../policies/oracle.js'
import type { Row, World } from '../policies/scene.js'
import { eachRow } from './rows.js'

/** What of an answer is not for this person; `world` is how all rows are when he is answered. */
export function wrongReads(
  schema: Schema,
  world: World,
  who: Person | null,
  model: string,
  body: unknown,
): string[] {
  const oracle = new Oracle(schema, world, who)
  const { data, meta } = body as { data: unknown; meta?: { total: number } }
  const wrong: string[] = []
  const seen = oracle.visible(model).length
  if (meta && meta.total > seen) wrong.push(`finds ${meta.total} of ${model}, and sees ${seen}`)
  eachRow(schema, model, data, ({ name, key, fields }, row) => {
    if (!key!.fields.every((field) => field in row)) return
    const at = `${name} ${oracle.idOf(name, row)}`
    const original = world[name]!.find((it) => oracle.idOf(name, it) === oracle.idOf(name, row))
    if (original === undefined) wrong.push(`${at} is in the answer, and not there`)
    else if (!oracle.allows(name, 'read', original)) wrong.push(`${at} is not to be seen`)
    else
      for (const { name: column, kind } of fields)
        if (kind !== 'relation' && column in row) {
          if (!oracle.allowsField(name, column, 'read', original))
            wrong.push(`${at} ${column} is not to be seen`)
          else if (String(row[column]) !== String(original[column]))
            wrong.push(`${at} ${column} is ${row[column]}, in the database ${original[column]}`)
        }
  })
  return wrong
}

/** What of a count is not for this person. */
export function wrongCount(
  schema: Schema,
  world: World,
  who: Person | null,
  model: string,
  count: number,
): string[] {
  const seen = new Oracle(schema, world, who).visible(model).length
  return count > seen ? [`counts ${count} of ${model}, and sees ${seen}`] : []
}

/** What of the changes between two worlds this person may not make. */
export function wrongWrites(
  schema: Schema,
  before: World,
  after: World,
  who: Person | null,
): string[] {
  const was = new Oracle(schema, before, who)
  const is = new Oracle(schema, after, who)
  return Object.keys(before).flatMap((name) => {
    const [old, now] = [was, is].map((oracle) => byId(oracle, name))
    const meta = was.model(name)
    const ids = [...new Set([...old!.keys(), ...now!.keys()])]
    return ids.flatMap((id) => {
      const change = { meta, was, is, old: old!.get(id), now: now!.get(id) }
      return wrongChange(change).map((text) => `${name} ${id} ${text}`)
    })
  })
}

const byId = (oracle: Oracle, model: string): ReadonlyMap<string, Row> =>
  new Map(oracle.world[model]!.map((row) => [oracle.idOf(model, row), row]))

type Change = {
  readonly meta: Model
  readonly was: Oracle
  readonly is: Oracle
  readonly old: Row | undefined
  readonly now: Row | undefined
}

function wrongChange(change: Change): string[] {
  const { meta, was, is, old, now } = change
  const { name } = meta
  if (now === undefined) {
    const allowed = was.allows(name, 'read', old!) && was.allows(name, 'delete', old!)
    return allowed ? [] : ['is deleted']
  }
  if (old === undefined) {
    const columns = Object.keys(now).filter((column) => now[column] !== null)
    // New rows are no reason for one another.
    const before = byId(was, name)
    const others = is.in({
      ...is.world,
      [name]: is.rows(name).filter((row) => before.has(is.idOf(name, row))),
    })
    const refused = columns.filter((column) => !others.allowsField(name, column, 'create', now))
    return [
      ...(others.allows(name, 'create', now) ? [] : ['is created']),
      ...refused.map((column) => `is created with ${column}`),
      ...wrongLinks(change, columns),
    ]
  }
  const columns = Object.keys(now).filter((column) => text(now[column]) !== text(old[column]))
  const written = columns.filter((column) => !isCutOff(change, column))
  if (written.length === 0) return []
  const seen = was.allows(name, 'read', old) && was.allows(name, 'update', old)
  const refused = written.filter((column) => !was.allowsField(name, column, 'update', old))
  const linked = written.every((column) => column === 'tags')
  return [
    ...(seen ? [] : [`is changed: ${written.join(', ')}`]),
    ...(linked || is.allows(name, 'update', now) ? [] : ['is changed into what it may not be']),
    ...refused.map((column) => `has ${column} changed`),
    ...wrongLinks(change, written),
  ]
}

/** A foreign key that the database has emptied with the row that it pointed to. */
function isCutOff({ meta, is, old, now }: Change, column: string): boolean {
  const relation = owning(meta).find(({ fields }) => fields.includes(column))
  if (relation === undefined || now![column] !== null) return false
  const key = relation.fields.map((field) => old![field]).join('/')
  return !is.rows(relation.type).some((row) => referred(relation, row) === key)
}

/** Rows that are connected are seen; those of the many-to-many relation may be changed, too. */
function wrongLinks({ was, is, meta, old, now }: Change, columns: readonly string[]): string[] {
  const seen = (model: string, find: (row: Row) => boolean): boolean =>
    [was, is].some((oracle) => oracle.visible(model).some(find))
  const keys = owning(meta)
    .filter(({ fields }) => fields.some((field) => columns.includes(field)))
    .filter(({ fields }) => fields.every((field) => now![field] !== null))
    .filter((relation) => {
      const key = relation.fields.map((field) => now![field]).join('/')
      return !seen(relation.type, (row) => referred(relation, row) === key)
    })
    .map(({ name }) => `is connected by ${name} with what is not seen`)
  const [had, has] = [old, now].map((row) => new Set((row?.['tags'] ?? []) as number[]))
  const moved = was
    .rows('Tag')
    .filter(({ id }) => had!.has(id as number) !== has!.has(id as number))
  const stiff = moved.filter(
    (tag) => !was.allows('Tag', 'read', tag) || !was.allows('Tag', 'update', tag),
  )
  return [...keys, ...stiff.map(({ id }) => `has the link with tag ${id} changed`)]
}

const owning = ({ fields }: Model): RelationField[] =>
  fields.filter((field): field is RelationField => field.kind === 'relation' && field.owning)

const referred = ({ references }: RelationField, row: Row): string =>
  references.map((field) => row[field]).join('/')

const text = (value: unknown): string => JSON.stringify(value)
