import { describe, expect, it } from 'vitest'
import { undefended, type Target } from '../contract/harness.js'
import { kindsOn } from '../examples/combinations.js'
import { deep } from '../support/deep.js'
import { attacks } from './attacks.js'
import { Caller, targetFor } from './app.js'
import { scene } from './everything.js'
import { describeTable } from './table.js'
import { PEOPLE } from './world.js'

/** Holds what everybody may do against the oracle, on the kinds of app of a framework. */
export function describePolicies(
  provider: Target['provider'],
  framework: Target['framework'],
  databaseFor?: () => Promise<string>,
): void {
  const kinds = kindsOn(provider).filter((kind) => kind.framework === framework)
  describe.each(kinds)('$mode', ({ mode }) => {
    const share = deep ? 4 : 24
    const caller = describeTable(scene, { framework, mode, provider }, { share, databaseFor })

    it.each(attacks)('$id: nobody $name', async ({ succeeds }) => {
      await caller().reset()
      expect(await succeeds(caller())).toBe(false)
    })

    it('answers for a row that is not seen as for one that is not there', async () => {
      const connect = (id: number) => [{ reviewerId: id }, { reviewer: { connect: { id } } }]
      const who = PEOPLE.find((person) => person?.name === 'a member')!
      const answers = [connect(4), connect(4242)].map((bodies) =>
        Promise.all(
          bodies.map(async (body) => {
            const answer = await caller().write(who, 'PATCH', '/api/projects/3', body)
            return [answer.status, { ...answer.body, instance: '' }]
          }),
        ),
      )
      const [hidden, missing] = await Promise.all(answers)
      expect(hidden).toEqual(missing)
      expect(hidden!.map(([status]) => status)).toEqual([409, 409])
    })
  })

  if (databaseFor || framework === 'express') return
  describe('undefended', () => {
    const groups = new Map<string, (typeof attacks)[number][]>()
    for (const attack of attacks) {
      const key = JSON.stringify(attack.defenceOff)
      groups.set(key, [...(groups.get(key) ?? []), attack])
    }
    it.each(
      [...groups.values()].map((group) => [group.map(({ id }) => id).join(', '), group] as const),
    )('%s', (_, group) => {
      const kind = { framework, mode: 'layered', provider } as const
      return undefended(targetFor(scene, kind, group[0]!.defenceOff), async (app) => {
        for (const { name, succeeds } of group) {
          const caller = await Caller.of(app, scene)
          await caller.reset()
          expect(await succeeds(caller), `one ${name}`).toBe(true)
        }
      })
    })
  })
}
