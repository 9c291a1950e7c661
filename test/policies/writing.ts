import { expect, it } from 'vitest'
import type { Caller } from './app.js'
import { isMoved, isSound, leadsTo, owning, type Change, type Step } from './change.js'
import { changes } from './changes.js'
import { columnsOf, isNow } from './columns.js'
import { Oracle } from './oracle.js'
import type { Tally } from './reading.js'
import { modelsOf, nameOf, type Row, type Scene, type World } from './scene.js'

type Asking = {
  readonly scene: Scene
  readonly caller: () => Caller
  readonly tally: Tally
  /** Of how many changes one is made. */
  readonly share: number
}

const DENIED = new Set([401, 403, 404, 409])

/** Everything that is written, by everybody: what is denied changes nothing, what is allowed just that. */
export function writing({ scene, caller, tally, share }: Asking): void {
  const { schema, world, people } = scene
  const each = people.flatMap((who) =>
    modelsOf(scene).map((model) => [nameOf(who), model, who] as const),
  )

  it.each(each)('%s writes of %s what the oracle allows', async (_, model, who) => {
    const oracle = new Oracle(schema, world, who)
    const before = tally.wrong.length
    const turn = people.indexOf(who)
    for (const change of changes(scene, oracle, model).filter((_, i) => (i + turn) % share === 0)) {
      const wanted = outcome(oracle, change)
      const { method, path, body } = change
      const { status, body: answer, after } = await caller().write(who, method, path, body)
      const at = `${nameOf(who)}: ${method} ${path} ${JSON.stringify(body)}: ${status} ${answer?.detail ?? ''}`
      tally.asked += 1
      const isApart = status === 400 && /change it at POST/.test(answer.detail)
      const wrong = judge(oracle, wanted, change, { status, after, isApart })
      if (wrong !== null) tally.wrong.push(`${at}: ${wrong}`)
    }
    expect(tally.wrong.slice(before)).toEqual([])
  })
}

/** The rows afterwards; null where it is denied. */
function outcome(oracle: Oracle, change: Change): World | null {
  const { reached = [], links = {}, steps } = change
  if (reached.some(([model, row]) => row === undefined || !oracle.allows(model, 'read', row)))
    return null
  if (!steps.every((step) => permitted(oracle, step))) return null
  const isAllowedAlone = (step: Step): boolean =>
    allowsAfterwards(oracle.in(together(oracle, needed(oracle, step, steps))), step)
  if (!steps.every(isAllowedAlone)) return null
  const world = together(oracle.in({ ...oracle.world, ...links }), steps)
  if (!isSound(oracle.in(world))) return null
  // What the database deletes by itself is no reason against a deleted row.
  const left = oracle.in(together(oracle, steps))
  return steps.every((step) =>
    allowsAfterwards(step.after === null ? left : oracle.in(world), step),
  )
    ? world
    : null
}

/** All rows once these steps are taken. */
const together = (oracle: Oracle, steps: readonly Step[]): World =>
  steps.reduce((rows, step) => apply(oracle, rows, step), oracle.world)

/** A step alone: with the new rows that its row hangs on, without which it can't be. */
function needed(oracle: Oracle, step: Step, steps: readonly Step[]): readonly Step[] {
  const { model, after } = step
  if (after === null) return [step]
  const hangsOn = steps.filter(
    (other) =>
      other !== step &&
      other.before === null &&
      owning(oracle, model).some(
        (field) => field.type === other.model && leadsTo(field, after, other.after!),
      ),
  )
  return [...hangsOn.flatMap((other) => needed(oracle, other, steps)), step]
}

function permitted(oracle: Oracle, { model, before, after, fields }: Step): boolean {
  if (before === null) return true
  const operation = after === null ? 'delete' : 'update'
  if (!oracle.allows(model, 'read', before) || !oracle.allows(model, operation, before))
    return false
  return fields.every((name) => oracle.allowsField(model, name, operation, before))
}

/** Whether the rules allow a row as it is afterwards; one that is gone, as it would be were it still there. */
function allowsAfterwards(oracle: Oracle, { model, before, after, fields }: Step): boolean {
  const rowsWith = (row: Row): Oracle =>
    oracle.in({ ...oracle.world, [model]: [...oracle.rows(model), row] })
  if (after === null) return rowsWith(before!).allows(model, 'delete', before!)
  // A row that is new where it is now is neither a reason for itself nor against itself.
  const others = oracle.rows(model).filter((row) => row !== after)
  const it = oracle.in({ ...oracle.world, [model]: others })
  if (before !== null)
    return (isMoved(oracle, model, before, after) ? it : oracle).allows(model, 'update', after)
  return (
    it.allows(model, 'create', after) &&
    fields.every((name) => it.allowsField(model, name, 'create', after))
  )
}

function apply(oracle: Oracle, world: World, { model, before, after }: Step): World {
  const rows = world[model]!
  const kept =
    before === null
      ? rows
      : rows.filter((row) => oracle.idOf(model, row) !== oracle.idOf(model, before))
  return { ...world, [model]: after === null ? kept : [...kept, after] }
}

type Written = {
  readonly status: number
  readonly after: World
  /** Refused by name, as people sign in by it and change it elsewhere. */
  readonly isApart: boolean
}

function judge(
  oracle: Oracle,
  wanted: World | null,
  { mayBeRefused }: Change,
  { status, after, isApart }: Written,
): string | null {
  const text = (world: World): string => JSON.stringify(rowTexts(oracle, world))
  const unchanged = text(after) === text(oracle.world)
  if (mayBeRefused) return unchanged ? null : 'written'
  if (wanted === null) {
    if (!DENIED.has(status) && !isApart) return 'not denied'
    return unchanged ? null : 'denied, and yet written'
  }
  if (status >= 300) return 'denied'
  return text(after) === text(wanted) ? null : `written ${difference(oracle, after, wanted)}`
}

const rowTexts = (oracle: Oracle, world: World): readonly (readonly string[])[] =>
  oracle.everyModel.map(({ name }) =>
    (world[name] ?? []).map((row) => rowText(oracle, name, row)).sort(),
  )

/** The ids of new rows are the database's to choose, and so is the time at which they come. */
function rowText(oracle: Oracle, model: string, row: Row): string {
  const has = (type: string, key: string, value: unknown): boolean =>
    oracle.rows(type).some((it) => it[key] === value)
  const isNewRow = !has(model, 'id', row['id'])
  const chosen = new Set(
    columnsOf(oracle, model)
      .filter((column) => isNewRow && (column.name === 'id' || isNow(column)))
      .map(({ name }) => name),
  )
  for (const { type, fields, references } of owning(oracle, model))
    for (const [i, key] of fields.entries())
      if (row[key] !== null && !has(type, references[i]!, row[key])) chosen.add(key)
  return JSON.stringify(
    Object.entries(row)
      .map(([name, value]) => [name, chosen.has(name) ? 'new' : value] as const)
      .sort(([x], [y]) => (x < y ? -1 : 1)),
  )
}

const difference = (oracle: Oracle, got: World, wanted: World): string =>
  oracle.everyModel
    .flatMap(({ name }) => {
      const [a, b] = [got, wanted].map(
        (world) => new Set((world[name] ?? []).map((row) => rowText(oracle, name, row))),
      )
      const more = [...a!].filter((row) => !b!.has(row))
      const less = [...b!].filter((row) => !a!.has(row))
      return more.length + less.length === 0 ? [] : [`${name} +${more} -${less}`]
    })
    .join('; ')
