import type { Row } from '../policies/scene.js'
import type { Ask } from './ask.js'
import type { Answer } from './host.js'
import type { Change } from './draft.js'
import { objection, outcomeOf } from './meaning.js'
import { judgeRead } from './judge-read.js'
import type { Rows } from './spec.js'
import { keyOf, type RandomOracle } from './world.js'

/** What a case came to, and what is wrong with that; null where nothing is. */
export type Verdict = { readonly kind: string; readonly wrong: string | null }

const DENIED = new Set([400, 401, 403, 404, 409])

/** Holds an answer and the rows afterwards against what is written. */
export function judge(before: RandomOracle, ask: Ask, answer: Answer, after: Rows): Verdict {
  const { status } = answer
  const unchanged = isSame(after, before.world)
  const wrong = (why: string): Verdict => ({
    kind: 'wrong',
    wrong: `${ask.op} ${why}: ${status} ${answer.body?.detail ?? ''}`,
  })
  if (status >= 500) return wrong('fails')
  if (ask.op === 'get' || ask.op === 'list') {
    if (!unchanged) return wrong('writes')
    const why = judgeRead(before, ask, answer)
    return why === null ? { kind: ask.op, wrong: null } : wrong(why)
  }
  const outcome = outcomeOf(before, ask)
  if (status >= 300 && !unchanged) return wrong('is refused and yet written')
  switch (outcome.kind) {
    case 'refused':
      if (status < 300) return wrong(`is done, though ${outcome.why}`)
      return DENIED.has(status)
        ? { kind: `refused ${status}`, wrong: null }
        : wrong('is refused oddly')
    case 'done':
      if (status >= 300)
        return status === 400
          ? { kind: `malformed ${JSON.stringify(answer.body?.errors ?? answer.body)}`, wrong: null }
          : wrong('is refused, though nothing is wrong with it')
      return isSame(after, outcome.world)
        ? { kind: 'done', wrong: null }
        : wrong(`writes ${difference(after, outcome.world)}`)
    case 'unclear': {
      const changes = differences(before, after)
      const why = changes.flatMap((change) => {
        const objected = objection(before, before.in(after), change, changes)
        return objected === null || objected.open
          ? []
          : [`${change.model} ${change.key} ${objected.text}`]
      })
      return why.length > 0
        ? wrong(`is done, though ${why.join('; ')}`)
        : { kind: 'unclear', wrong: null }
    }
  }
}

/** What a request has changed, as the rows tell. */
function differences(before: RandomOracle, after: Rows): Change[] {
  return before.everyModel.flatMap((model): Change[] => {
    const byKey = (rows: readonly Row[]) => new Map(rows.map((row) => [keyOf(model, row), row]))
    const [was, is] = [byKey(before.rows(model.name)), byKey(after[model.name]!)]
    const changed = [...is].filter(([key, row]) => rowText(row) !== rowText(was.get(key) ?? {}))
    return changed.map(([key, row]) => {
      const old = was.get(key) ?? null
      const names = Object.keys(row).filter((name) => row[name] !== (old ?? {})[name])
      const written = { fields: new Set(old ? names : []), columns: new Set(names) }
      return { ...{ model: model.name, key, before: old, asked: true, named: true }, ...written }
    })
  })
}

const rowText = (row: Row): string =>
  JSON.stringify(Object.entries(row).sort(([a], [b]) => (a < b ? -1 : 1)))

const rowTexts = (rows: readonly Row[]): string[] => rows.map(rowText).sort()

/** Whether all rows are the same, in whatever order. */
export const isSame = (a: Rows, b: Rows): boolean => textOf(a) === textOf(b)

const textOf = (world: Rows): string =>
  JSON.stringify(
    Object.keys(world)
      .sort()
      .map((name) => [name, rowTexts(world[name]!)]),
  )

function difference(got: Rows, wanted: Rows): string {
  return Object.keys(wanted)
    .flatMap((name) => {
      const [a, b] = [rowTexts(got[name] ?? []), rowTexts(wanted[name] ?? [])]
      const more = a.filter((row) => !b.includes(row))
      const less = b.filter((row) => !a.includes(row))
      return more.length + less.length === 0 ? [] : [`${name} +${more.join()} -${less.join()}`]
    })
    .join('; ')
}
