import type { Row } from '../policies/scene.js'
import type { Verdict } from './judge.js'
import { smallerSpecs } from './shrink-spec.js'
import type { Case } from './subject.js'

/** Answers for a case; null where it can't be asked, as when a rule names what is gone. */
export type Asked = (one: Case) => Promise<Verdict | null>

/**
 * Makes a failing case smaller as long as it fails in the same way.
 * @param asked tells how a case fails
 * @param schemas how many other schemas are tried: each is another app, while other requests and rows cost nothing
 */
export async function shrink(
  failing: Case,
  why: string,
  asked: Asked,
  schemas = 300,
): Promise<Case> {
  const kind = kindOf(why)
  let smallest = failing
  let left = schemas
  const better = async (candidates: Iterable<Case>, costs: number): Promise<boolean> => {
    for (const candidate of candidates) {
      if (left <= 0) return false
      left -= costs
      const wrong = (await asked(candidate))?.wrong ?? null
      if (wrong === null || kindOf(wrong) !== kind) continue
      smallest = candidate
      return true
    }
    return false
  }
  while (
    (await better(smallerAsks(smallest), 0)) ||
    (await better(smallerRows(smallest), 0)) ||
    (await better(smallerSpecs(smallest), 1))
  );
  return smallest
}

/** How it fails, whatever it is about. */
const kindOf = (why: string): string =>
  /is done, though|is refused, though|is refused and yet|fails|writes|tells|leaves out|refuses/.exec(
    why,
  )?.[0] ?? why

function* smallerAsks(one: Case): Generator<Case> {
  const { ask, who } = one
  if ('data' in ask)
    for (const data of smallerValues(ask.data))
      yield { ...one, ask: { ...ask, data } as Case['ask'] }
  if ('rows' in ask)
    for (const rows of withoutEach(ask.rows))
      if (rows.length > 0) yield { ...one, ask: { ...ask, rows } }
  if (who !== null)
    for (const name of Object.keys(who.claims))
      yield { ...one, who: { ...who, claims: without(who.claims, name) } }
}

/** The same without one part, wherever in it. */
function* smallerValues(value: unknown): Generator<unknown> {
  if (Array.isArray(value)) {
    yield* withoutEach(value)
    for (const [index, item] of value.entries())
      for (const smaller of smallerValues(item)) yield value.toSpliced(index, 1, smaller)
  } else if (typeof value === 'object' && value !== null) {
    for (const name of Object.keys(value)) yield without(value as Row, name)
    for (const [name, item] of Object.entries(value))
      for (const smaller of smallerValues(item)) yield { ...value, [name]: smaller }
  }
}

function* smallerRows(one: Case): Generator<Case> {
  for (const [name, rows] of Object.entries(one.rows))
    for (const fewer of withoutEach(rows)) yield { ...one, rows: { ...one.rows, [name]: fewer } }
}

function* withoutEach<T>(list: readonly T[]): Generator<readonly T[]> {
  for (const index of list.keys()) yield list.toSpliced(index, 1)
}

const without = (row: Row, name: string): Row =>
  Object.fromEntries(Object.entries(row).filter(([it]) => it !== name))
