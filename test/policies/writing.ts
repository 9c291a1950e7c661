import { expect, it } from 'vitest'
import type { Schema } from '../../src/schema/model.js'
import type { Caller } from './app.js'
import type { Change, Step } from './change.js'
import { changes } from './changes.js'
import { Oracle } from './oracle.js'
import { idOf, type Tally } from './reading.js'
import { MODELS, nameOf, PEOPLE, WORLD, type Row, type World } from './world.js'

type Asking = {
  readonly schema: Schema
  readonly caller: () => Caller
  readonly tally: Tally
  /** Of how many changes one is made. */
  readonly share: number
}

const DENIED = new Set([401, 403, 404, 409])

/** Everything that is written, by everybody: what is denied changes nothing, what is allowed just that. */
export function writing({ schema, caller, tally, share }: Asking): void {
  const each = PEOPLE.flatMap((who) => MODELS.map((model) => [nameOf(who), model, who] as const))

  it.each(each)('%s writes of %s what the oracle allows', async (_, model, who) => {
    const oracle = new Oracle(schema, WORLD, who)
    const before = tally.wrong.length
    const turn = PEOPLE.indexOf(who)
    for (const change of changes(oracle, model).filter((_, i) => (i + turn) % share === 0)) {
      const wanted = outcome(oracle, change)
      const { method, path, body } = change
      const { status, body: answer, after } = await caller().write(who, method, path, body)
      const at = `${nameOf(who)}: ${method} ${path} ${JSON.stringify(body)}: ${status} ${answer?.detail ?? ''}`
      tally.asked += 1
      const wrong = judge(wanted, change, status, after)
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
  const world = steps.reduce(apply, { ...WORLD, ...links })
  const later = oracle.in(world)
  return steps.every((step) => stillPermitted(later, step)) ? world : null
}

function permitted(oracle: Oracle, { model, before, after, fields }: Step): boolean {
  if (before === null) return true
  const operation = after === null ? 'delete' : 'update'
  if (!oracle.allows(model, 'read', before) || !oracle.allows(model, operation, before))
    return false
  return fields.every((name) => oracle.allowsField(model, name, operation, before))
}

function stillPermitted(
  oracle: Oracle,
  { model, before, after, fields, unchecked }: Step,
): boolean {
  if (after === null || unchecked) return true
  if (before !== null) return oracle.allows(model, 'update', after)
  return (
    oracle.allows(model, 'create', after) &&
    fields.every((name) => oracle.allowsField(model, name, 'create', after))
  )
}

function apply(world: World, { model, before, after }: Step): World {
  const rows = world[model]!
  const kept =
    before === null ? rows : rows.filter((row) => idOf(model, row) !== idOf(model, before))
  return { ...world, [model]: after === null ? kept : [...kept, after] }
}

function judge(wanted: World | null, change: Change, status: number, after: World): string | null {
  if (change.mayBeRefused) return text(after) === text(WORLD) ? null : 'written'
  // A row that others refer to stays: the database says so.
  const refused = wanted === null || (status === 409 && change.mayConflict === true)
  if (refused) {
    if (!DENIED.has(status)) return 'not denied'
    return text(after) === text(WORLD) ? null : 'denied, and yet written'
  }
  if (status >= 300) return 'denied'
  return text(after) === text(wanted) ? null : `written ${difference(after, wanted)}`
}

const text = (world: World): string =>
  JSON.stringify(
    MODELS.map((model) => (world[model] ?? []).map((row) => rowText(model, row)).sort()),
  )

/** The ids of new rows are the database's to choose. */
const rowText = (model: string, row: Row): string => {
  const known = new Set(WORLD[model]!.map(({ id }) => id))
  const isNew = (name: string, value: unknown): boolean =>
    name === 'id' ? !known.has(value) : name === 'projectId' && Number(value) > 8
  return JSON.stringify(
    Object.entries(row)
      .map(([name, value]) => [name, isNew(name, value) ? 'new' : value] as const)
      .sort(([x], [y]) => (x < y ? -1 : 1)),
  )
}

const difference = (got: World, wanted: World): string =>
  MODELS.flatMap((model) => {
    const [a, b] = [got, wanted].map(
      (world) => new Set((world[model] ?? []).map((row) => rowText(model, row))),
    )
    const more = [...a!].filter((row) => !b!.has(row))
    const less = [...b!].filter((row) => !a!.has(row))
    return more.length + less.length === 0 ? [] : [`${model} +${more} -${less}`]
  }).join('; ')
