import { describe, expect, it } from 'vitest'
import { PhaseError, UserError } from '../errors.js'
import { phasesOf } from './phase.js'
import { PhaseRunner } from './runner.js'

type State = { a: number; b: number; c: number }
const phase = phasesOf<State>()
const b = phase({ id: 'b', needs: ['a'], provides: ['b'], run: ({ a }) => ({ b: a + 1 }) })
const c = phase({
  id: 'c',
  needs: ['b'],
  provides: ['c'],
  run: ({ b: value }) => ({ c: value * 10 }),
})

describe('PhaseRunner', () => {
  it('hands each phase what earlier ones provided and reports what ran', async () => {
    const { state, metrics } = await new PhaseRunner<State>([b, c]).run({ a: 1 })
    expect(state).toEqual({ a: 1, b: 2, c: 20 })
    expect(metrics.map((m) => [m.phase, m.status])).toEqual([
      ['b', 'ran'],
      ['c', 'ran'],
    ])
  })

  it('refuses an order in which a need has no earlier provider, before anything runs', async () => {
    let ran = false
    const spy = phase({
      id: 'spy',
      needs: [],
      provides: ['a'],
      run: () => ((ran = true), { a: 1 }),
    })
    await expect(new PhaseRunner<State>([spy, c, b]).run({})).rejects.toThrow(
      "Phase 'c' needs b, which no earlier phase provides.",
    )
    expect(ran).toBe(false)
  })

  it('skips a phase whose shouldRun says no, and those that need what it provides', async () => {
    const never = phase({ ...b, shouldRun: () => false })
    const { state, metrics } = await new PhaseRunner<State>([never, c]).run({ a: 1 })
    expect(state).toEqual({ a: 1 })
    expect(metrics.map((m) => m.status)).toEqual(['skipped', 'skipped'])
  })

  it('rolls back in reverse order and keeps the cause', async () => {
    const undone: string[] = []
    const first = phase({ ...b, rollback: (out) => void undone.push(`b:${out.b}`) })
    const second = phase({ ...c, rollback: (out) => void undone.push(`c:${out.c}`) })
    const cause = new Error('disk on fire')
    const last = phase({ id: 'last', needs: [], provides: [], run: () => Promise.reject(cause) })
    const failure = await new PhaseRunner<State>([first, second, last])
      .run({ a: 1 })
      .catch((e) => e)
    expect(failure).toBeInstanceOf(PhaseError)
    expect(failure).toMatchObject({ message: "Phase 'last' failed: disk on fire", cause })
    expect(undone).toEqual(['c:20', 'b:2'])
  })

  it('lets a mistake of the user through as it is', async () => {
    const wrong = new UserError('No such file', ['Name one that exists'])
    const bad = phase({ id: 'bad', needs: [], provides: [], run: () => Promise.reject(wrong) })
    await expect(new PhaseRunner<State>([bad]).run({})).rejects.toBe(wrong)
  })

  it('inserts and replaces by id and names the phases when there is none', async () => {
    const double = phase({
      id: 'double',
      needs: ['b'],
      provides: ['b'],
      run: (s) => ({ b: s.b * 2 }),
    })
    const { state } = await new PhaseRunner<State>([b, c]).insertAfter('b', double).run({ a: 1 })
    expect(state.c).toBe(40)
    const replaced = await new PhaseRunner<State>([b, c])
      .replace('c', phase({ ...c, run: () => ({ c: 0 }) }))
      .run({ a: 1 })
    expect(replaced.state.c).toBe(0)
    expect(() => new PhaseRunner<State>([b, c]).insertBefore('x', double)).toThrow(
      "No phase 'x'. Phases are: b, c.",
    )
  })

  it('shows hooks each phase before and after it', async () => {
    const seen: string[] = []
    await new PhaseRunner<State>([b])
      .observe({
        before: (p) => void seen.push(`before ${p.id}`),
        after: (p, m) => void seen.push(`after ${p.id} ${m.status}`),
      })
      .run({ a: 1 })
    expect(seen).toEqual(['before b', 'after b ran'])
  })
})
