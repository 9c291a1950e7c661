import { Prisma } from '../generated/prisma/client.js'
import type { ModelMeta } from '../schema/meta.js'
import {
  linkFields,
  owningRelations,
  relatedMissing,
  requireReadableTarget,
  type OwningRelation,
} from './foreign-keys.js'
import { allowedRows, isAllowed, keyOf, keyText } from './identity.js'
import type { Rule } from './rules.js'
import { tableOf, undone, type Access, type Row } from './table.js'
import { asksFor, withoutWitness } from './witnesses.js'

// Each row that a request changes must be allowed on its own, and still when all is done (docs/policies.md of
// create-ssot-app says why). So nothing is written before everything is planned and each row is asked for as it was.
// Then each change is made alone, asked for and undone, wherever a rule could see another one. Then all are made, and
// each is asked for again.

/** What a request changes of one row. */
export interface Step {
  readonly meta: ModelMeta
  /** The row as it was, by the fields of `linkFields`; null for a new one. */
  readonly before: Row | null
  readonly columns: Row
  /** Foreign keys that lead to rows of other steps. */
  readonly links: Link[]
  /** What is connected and cut off, by name of a many-to-many relation. */
  readonly ends: Map<string, Ends>
  /** Rows that must make room first. */
  readonly room: Step[]
  /** Relations whose rows are known once this one is written, and must be ones that may be read. */
  readonly reaches: OwningRelation[]
  /** What must hold of the row once it is written. */
  readonly rule: Rule
}

export interface Link {
  readonly fields: readonly string[]
  readonly references: readonly string[]
  readonly to: Step
}

/** Rows at the other end of a many-to-many relation. */
export interface Ends {
  readonly meta: ModelMeta
  readonly connect: readonly Row[]
  readonly create: readonly Step[]
  readonly disconnect: readonly Row[]
}

/** The rows of steps that are done. */
type Done = Map<Step, Row>

export const newStep = (
  meta: ModelMeta,
  before: Row | null,
  rule: Rule,
  columns: Row = {},
): Step => ({
  ...{ meta, before, columns, rule },
  ...{ links: [], ends: new Map(), room: [], reaches: [] },
})

/**
 * Makes all changes, where each is allowed on its own and still when all are made.
 * @returns the fields of `linkFields` of the row of each step
 * @throws Problem 401, 403 or 409; what is written by then is to be undone
 */
export async function makeAll(
  access: Access,
  steps: readonly Step[],
): Promise<ReadonlyMap<Step, Row>> {
  await askAlone(access, steps)
  const done: Done = new Map()
  for (const step of steps) await make(access, step, done, true)
  await askAll(access, done)
  return done
}

/** Asks for each row with its own change alone, and takes that back, where its rule could see other changes. */
export async function askAlone(access: Access, steps: readonly Step[]): Promise<void> {
  const counts = new Map<string, number>()
  for (const { meta } of steps) counts.set(meta.name, (counts.get(meta.name) ?? 0) + 1)
  for (const step of steps) {
    const { name } = step.meta
    const others = [...counts].flatMap(([it, count]) => (it !== name || count > 1 ? [it] : []))
    const seesOthers = isChange(step) && asksFor(step.meta, step.rule, new Set(others))
    if (!seesOthers && step.reaches.length === 0) continue
    const row = await undone(access, async (inside) => {
      const alone = await make(inside, step, new Map(), false)
      if (seesOthers) await ask(inside, step, alone)
      return alone
    })
    for (const relation of step.reaches) await requireReadableTarget(access, relation, row)
  }
}

const isChange = ({ before, columns, links, ends }: Step): boolean =>
  before === null || links.length > 0 || ends.size > 0 || Object.keys(columns).length > 0

/**
 * Writes a row, after those that it can't be without.
 * @param isTogether whether new rows at the other end of a many-to-many relation are there, too
 */
async function make(access: Access, step: Step, done: Done, isTogether: boolean): Promise<Row> {
  const known = done.get(step)
  if (known) return known
  const ends = [...step.ends.values()]
  const first = isTogether ? ends.flatMap(({ create }) => create) : []
  for (const other of [...step.room, ...first]) await make(access, other, done, isTogether)
  const data: Row = { ...step.columns, ...endsOf(step, done) }
  for (const { fields, references, to } of step.links) {
    const row = done.get(to) ?? to.before ?? (await make(access, to, done, isTogether))
    for (const [index, field] of fields.entries()) data[field] = row[references[index] ?? '']
  }
  const row = await write(access, step, data)
  done.set(step, row)
  return row
}

/** What Prisma is to do at the other ends. */
function endsOf({ ends }: Step, done: Done): Row {
  const entries = [...ends].map(([name, { meta, connect, create, disconnect }]) => {
    const created = create.flatMap((step): Row[] => {
      const row = done.get(step)
      return row ? [row] : []
    })
    const keys = (rows: readonly Row[]): Row[] => rows.map((row) => keyOf(meta, row))
    const cut = disconnect.length > 0 && { disconnect: keys(disconnect) }
    return [name, { connect: keys([...connect, ...created]), ...cut }] as const
  })
  return Object.fromEntries(entries)
}

async function write(access: Access, { meta, before, reaches }: Step, data: Row): Promise<Row> {
  const table = tableOf(access, meta.name)
  const select = linkFields(meta)
  try {
    if (before === null) return await table.create({ data, select })
    if (Object.keys(data).length === 0) return before
    return await table.update({ where: keyOf(meta, before), data, select })
  } catch (error) {
    const isMissing =
      error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2003'
    throw isMissing && reaches.length > 0 ? relatedMissing() : error
  }
}

/** Asks for each row now that all are written, those with the same rule at once. */
export async function askAll(access: Access, done: ReadonlyMap<Step, Row>): Promise<void> {
  const alike = new Map<Rule, [Step, Row][]>()
  for (const [step, row] of done) {
    const { meta, rule, reaches } = step
    const isOwnWitness = asksFor(meta, rule, new Set([meta.name])) && isNewcomer(step, row)
    if (isOwnWitness || reaches.length > 0) await ask(access, step, row)
    else alike.set(rule, [...(alike.get(rule) ?? []), [step, row]])
    for (const relation of reaches) await requireReadableTarget(access, relation, row)
  }
  for (const [rule, those] of alike) {
    const [[first] = []] = those
    if (rule === true || !first) continue
    const { meta } = first
    const rows = those.map(([, row]) => row)
    const allowed = await allowedRows(access, meta.name, rows, rule)
    for (const [step, row] of those)
      if (!allowed.has(keyText(meta, row))) throw refusal(access, step)
  }
}

/** A row that is new where it is now is neither a reason for itself nor against itself. */
async function ask(access: Access, step: Step, row: Row): Promise<void> {
  const { meta, rule } = step
  const asked = isNewcomer(step, row) ? withoutWitness(rule, meta, row) : rule
  if (!(await isAllowed(access, meta, row, asked))) throw refusal(access, step)
}

/** Whether there was no such row, or it belonged to others: a foreign key of it is another one now. */
const isNewcomer = ({ meta, before }: Step, row: Row): boolean =>
  before === null ||
  owningRelations(meta).some(([, { fields }]) =>
    fields.some((key) => keyText(meta, before, [key]) !== keyText(meta, row, [key])),
  )

const refusal = ({ grants }: Access, { meta, before }: Step): Error =>
  grants.refusal(meta.name, before === null ? 'create' : 'update', `such a ${meta.name}`)
