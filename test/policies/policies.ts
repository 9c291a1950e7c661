import { describe, expect, it } from 'vitest'
import { undefended, type Target } from '../contract/harness.js'
import type { Combination } from '../examples/combinations.js'
import { deep } from '../support/deep.js'
import { attacks } from './attacks.js'
import { Caller, targetFor } from './app.js'
import { scene } from './everything.js'
import { describeTable } from './table.js'
import { PEOPLE } from './world.js'

/** Holds what everybody may do against the oracle, on these kinds of app. */
export function describePolicies(
  provider: Target['provider'],
  kinds: readonly Combination[],
  databaseFor?: () => Promise<string>,
): void {
  describe.each(kinds)('$framework, $mode', (kind) => {
    const share = deep ? 4 : 24
    const caller = describeTable(scene, { ...kind, provider }, { share, databaseFor })

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
}

/** Makes the attacks again with their defences taken out, which are the same in all kinds of app. */
export function describeUndefended(): void {
  describe('undefended', () => {
    const groups = new Map<string, (typeof attacks)[number][]>()
    for (const attack of attacks) {
      const key = JSON.stringify(attack.defenceOff)
      groups.set(key, [...(groups.get(key) ?? []), attack])
    }
    it.each(
      [...groups.values()].map((group) => [group.map(({ id }) => id).join(', '), group] as const),
    )('%s', (_, group) => {
      const kind = { framework: 'fastify', mode: 'layered', provider: 'sqlite' } as const
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
