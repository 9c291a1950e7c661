import { expect, it } from 'vitest'
import type { Caller } from './app.js'
import { isSound, owning, type Change, type Step } from './change.js'
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
      const wrong = judge(oracle, wanted, change, { status, after })
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
  const world = steps.reduce((rows, step) => apply(oracle, rows, step), {
    ...oracle.world,
    ...links,
  })
  const later = oracle.in(world)
  if (!isSound(later)) return null
  return steps.every((step) => stillPermitted(later, step, steps)) ? world : null
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
  steps: readonly Step[],
): boolean {
  if (after === null || unchecked) return true
  if (before !== null) return oracle.allows(model, 'update', after)
  const others = oracle.in({ ...oracle.world, [model]: without(oracle.rows(model), steps, model) })
  return (
    others.allows(model, 'create', after) &&
    fields.every((name) => others.allowsField(model, name, 'create', after))
  )
}

/** Those that are not new: a new row is no reason for itself, nor for others that come with it. */
const without = (rows: readonly Row[], steps: readonly Step[], model: string): readonly Row[] => {
  const created = steps.filter((step) => step.model === model && step.before === null)
  return rows.filter((row) => !created.some(({ after }) => after === row))
}

function apply(oracle: Oracle, world: World, { model, before, after }: Step): World {
  const rows = world[model]!
  const kept =
    before === null
      ? rows
      : rows.filter((row) => oracle.idOf(model, row) !== oracle.idOf(model, before))
  return { ...world, [model]: after === null ? kept : [...kept, after] }
}

type Written = { readonly status: number; readonly after: World }

function judge(
  oracle: Oracle,
  wanted: World | null,
  { mayBeRefused }: Change,
  { status, after }: Written,
): string | null {
  const text = (world: World): string => JSON.stringify(rowTexts(oracle, world))
  const unchanged = text(after) === text(oracle.world)
  if (mayBeRefused) return unchanged ? null : 'written'
  if (wanted === null) {
    if (!DENIED.has(status)) return 'not denied'
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
