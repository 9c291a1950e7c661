import { afterAll, beforeAll, expect, it } from 'vitest'
import type { RunningApp, Target } from '../contract/harness.js'
import { Caller, startApp } from './app.js'
import { reading, type Tally } from './reading.js'
import { modelsOf, type Scene } from './scene.js'
import { writing } from './writing.js'

type Options = {
  /** Of how many changes one is made. */
  readonly share: number
  /** Makes an empty database on a server. */
  readonly databaseFor?: (() => Promise<string>) | undefined
}

/**
 * Holds everything that everybody of a scene reads and writes against the oracle.
 * @returns who calls the app, for further tests
 */
export function describeTable(
  scene: Scene,
  target: Target,
  { share, databaseFor }: Options,
): () => Caller {
  let running: RunningApp | undefined
  let calls: Caller | undefined
  const caller = (): Caller => calls!
  const tally: Tally = { asked: 0, wrong: [] }

  beforeAll(async () => {
    const databaseUrl = await databaseFor?.()
    running = await startApp(scene, { ...target, ...(databaseUrl ? { databaseUrl } : {}) })
    calls = await Caller.of(running, scene)
  })
  afterAll(() => running?.stop())

  reading({ scene, caller, tally })
  writing({ scene, caller, tally, share })

  it('differs nowhere from the oracle', () => {
    const { provider, framework, mode, plugins = [] } = target
    const kind = [provider, framework, mode, ...plugins].join(', ')
    console.log(`${kind}: ${tally.asked} questions, ${tally.wrong.length} differences`)
    expect(tally.asked).toBeGreaterThan(scene.people.length * modelsOf(scene).length)
    expect(tally.wrong).toEqual([])
  })
  return caller
}
