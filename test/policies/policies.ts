import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { RunningApp, Target } from '../contract/harness.js'
import { loadSchema } from '../../src/schema/load.js'
import { attacks } from './attacks.js'
import { Caller, schemaText, startApp } from './app.js'
import { reading, type Tally } from './reading.js'
import { PEOPLE } from './world.js'
import { writing } from './writing.js'

const schema = await loadSchema({
  files: [{ path: 'schema.prisma', content: await schemaText('sqlite') }],
})

/** Holds what everybody may do against the oracle, on both kinds of app of a framework. */
export function describePolicies(
  provider: Target['provider'],
  framework: Target['framework'],
  databaseFor?: () => Promise<string>,
): void {
  describe.each([{ mode: 'registry' }, { mode: 'layered' }] as const)('$mode', ({ mode }) => {
    let running: RunningApp | undefined
    const tally: Tally = { asked: 0, wrong: [] }
    const caller = (): Caller => calls!
    let calls: Caller | undefined

    beforeAll(async () => {
      const databaseUrl = await databaseFor?.()
      running = await startApp({
        framework,
        mode,
        provider,
        ...(databaseUrl ? { databaseUrl } : {}),
      })
      calls = new Caller(running)
    })
    afterAll(() => running?.stop())

    reading({ schema, caller, tally })
    // The kinds of app that have nothing in common try everything.
    const share = (framework === 'express') === (mode === 'registry') && !databaseFor ? 4 : 12
    writing({ schema, caller, tally, share })

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

    it('differs nowhere from the oracle', () => {
      console.log(
        `${provider}, ${framework}, ${mode}: ${tally.asked} questions, ${tally.wrong.length} differences`,
      )
      expect(tally.wrong).toEqual([])
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
    )('%s', async (_, group) => {
      const app = await startApp({ framework, mode: 'layered', provider }, group[0]!.defenceOff)
      try {
        for (const { name, succeeds } of group) {
          const caller = new Caller(app)
          await caller.reset()
          expect(await succeeds(caller), `one ${name}`).toBe(true)
        }
      } finally {
        await app.stop()
      }
    })
  })
}
