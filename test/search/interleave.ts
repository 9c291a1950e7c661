import type { Edit } from '../support/app-edits.js'
import type { Answer } from './host.js'
import { isSame, type Verdict } from './judge.js'
import { outcomeOf } from './meaning.js'
import { Random } from './random.js'
import { Asking } from './random-ask.js'
import { randomPeople, randomRows } from './random-rows.js'
import { randomSpec } from './random-schema.js'
import type { Rows, Spec } from './spec.js'
import { Stepper } from './stepper.js'
import { Subject, type Call, type Where } from './subject.js'

/** Requests at once to the same rows; the order of their statements follows from `turns`. */
type Meeting = {
  readonly spec: Spec
  readonly mode: 'registry' | 'layered'
  readonly rows: Rows
  readonly calls: readonly Call[]
  readonly turns: number
}

export type Clash = { readonly seed: number; readonly one: Meeting; readonly why: string }

type Options = {
  readonly seed: number
  readonly schemas: number
  readonly each: number
  readonly edits?: readonly Edit[]
  readonly whereFor?: () => Promise<Where>
  readonly until?: (clash: Clash) => boolean
}

/** What all requests come to, one by one in some order. */
type Ending = {
  readonly rows: Rows
  readonly done: ReadonlySet<Call>
  readonly refusals: readonly string[]
}

const stepper = new Stepper()
Object.assign(globalThis, { stepped: <F extends never>(factory: F) => stepper.wrap(factory) })

/** Lets the driver of the app stop before each statement. */
const STEPPED: Edit = {
  file: 'src/db.ts',
  find: 'await createAdapter(env.DATABASE_URL, env.QUERY_TIMEOUT_MS)',
  replace:
    '(globalThis as never as { stepped<T>(it: T): T }).stepped(await createAdapter(env.DATABASE_URL, env.QUERY_TIMEOUT_MS))',
}

/**
 * Makes two and three requests at once, and says where what comes of them is what no order of them one by one would
 * have come to.
 */
export async function interleave(options: Options): Promise<{
  readonly clashes: readonly Clash[]
  readonly counts: ReadonlyMap<string, number>
}> {
  const { seed, schemas, each, edits = [], whereFor, until = () => false } = options
  const clashes: Clash[] = []
  const counts = new Map<string, number>()
  for (let at = seed; at < seed + schemas; at++) {
    const random = new Random(at)
    const spec = randomSpec(random)
    const mode = random.pick(['registry', 'layered'] as const)
    const subject = await Subject.of({ spec, mode }, [...edits, STEPPED], await whereFor?.())
    try {
      for (let index = 0; index < each; index++) {
        const one = { ...randomMeeting(random, subject, spec), mode }
        const { kind, wrong } = await meet(subject, one)
        counts.set(kind, (counts.get(kind) ?? 0) + 1)
        if (wrong === null) continue
        const clash = { seed: at, one, why: wrong }
        clashes.push(clash)
        if (until(clash)) return { clashes, counts }
      }
    } finally {
      await subject.close()
    }
  }
  return { clashes, counts }
}

/** Tries so many requests for ones that get into each other's way. */
const TRIES = 60

/** Requests of which each may be done, and that together come to something else than apart, where there are any. */
function randomMeeting(random: Random, subject: Subject, spec: Spec): Omit<Meeting, 'mode'> {
  const rows = randomRows(random, spec)
  const people = randomPeople(random)
  const asking = new Asking(random, subject.oracle({ rows, who: null }))
  const allowed: Call[] = []
  let pair: readonly Call[] = []
  for (let left = TRIES; left > 0; left--) {
    const call = { who: random.pick(people), ask: asking.ask() }
    if (call.ask.op === 'get' || call.ask.op === 'list') continue
    if (outcomeOf(subject.oracle({ rows, who: call.who }), call.ask).kind !== 'done') continue
    for (const other of allowed) {
      const why = objectionTo(subject, rows, other, call)
      if (why !== null && (pair.length === 0 || why === 'rule')) pair = [other, call]
      if (why === 'rule') left = 0
    }
    allowed.push(call)
  }
  const two = pair.length > 0 ? pair : allowed.slice(0, 2)
  const calls = random.chance(0.3) && two.length > 0 ? [...two, random.pick(allowed)] : two
  return { spec, rows, calls, turns: random.below(2 ** 31) }
}

/** What one may not be done any more for after the other: a rule, or something else. */
function objectionTo(subject: Subject, rows: Rows, a: Call, b: Call): 'rule' | 'other' | null {
  const refusals = [
    [a, b],
    [b, a],
  ].flatMap((order) => endingOf(subject, rows, order)?.refusals ?? [])
  if (refusals.length === 0) return null
  return refusals.some((why) => why.includes('is not for')) ? 'rule' : 'other'
}

/** Null where what is written says nothing of it. */
function endingOf(subject: Subject, rows: Rows, calls: readonly Call[]): Ending | null {
  let now = rows
  const done = new Set<Call>()
  const refusals: string[] = []
  for (const call of calls) {
    const outcome = outcomeOf(subject.oracle({ rows: now, who: call.who }), call.ask)
    if (outcome.kind === 'unclear') return null
    if (outcome.kind === 'refused') {
      refusals.push(outcome.why)
      continue
    }
    now = outcome.world
    done.add(call)
  }
  return { rows: now, done, refusals }
}

/** Makes the requests of a meeting, and says what is wrong with what comes of them. */
async function meet(subject: Subject, one: Meeting): Promise<Verdict> {
  const { rows, turns } = one
  // The same request twice is two.
  const calls = one.calls.map((call) => ({ ...call }))
  const { answers, after } = await subject.askAtOnce(rows, calls, (works) =>
    stepper.run(works, new Random(turns)),
  )
  const statuses = answers.map(({ status }) => status).join(', ')
  const failed = answers.find(({ status }) => status === 500)
  if (failed) return { kind: 'wrong', wrong: `fails: ${statuses}` }
  // Whoever is told to try again has not been there.
  const isThere = (_: unknown, index: number): boolean => answers[index]!.status !== 503
  const present = calls.filter(isThere)
  const told = answers.filter(isThere)
  const endings = orders(present).map((order) => endingOf(subject, rows, order))
  if (endings.includes(null)) return { kind: 'unclear', wrong: null }
  const isSo = (ending: Ending): boolean =>
    isSame(ending.rows, after) &&
    present.every((call, index) => ending.done.has(call) === isDone(told[index]!))
  if (endings.some((ending) => ending !== null && isSo(ending)))
    return { kind: present.length < calls.length ? 'given up' : 'as one by one', wrong: null }
  return { kind: 'wrong', wrong: `is as in no order one by one: ${statuses}` }
}

const isDone = ({ status }: Answer): boolean => status < 300

function orders<T>(list: readonly T[]): readonly (readonly T[])[] {
  if (list.length < 2) return [list]
  return list.flatMap((first, index) =>
    orders(list.toSpliced(index, 1)).map((rest) => [first, ...rest]),
  )
}
