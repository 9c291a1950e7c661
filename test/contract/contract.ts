import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { kindsOn } from '../examples/combinations.js'
import { deep } from '../support/deep.js'
import { Client } from './client.js'
import { startTarget, type RunningApp, type Target } from './harness.js'
import { suites } from './suites/index.js'

/** What a suite may know of the app it runs against. */
export type Context = {
  readonly api: Client
  readonly provider: Target['provider']
  readonly app: () => RunningApp
  /** Whether this is the one kind of app on which all is tried that can only depend on the database. */
  readonly whole: boolean
}

/** Proves the contract on one database, on the kinds of app that are tried with it. */
export function describeContract(
  database: Parameters<typeof kindsOn>[0],
  databaseFor: () => Promise<string | undefined> = async () => undefined,
): void {
  const provider = database === 'pglite' ? 'postgresql' : database
  const kinds = kindsOn(database)
  describe.each(kinds)('$framework, $mode', (combination) => {
    // What a filter is made of is tried on the server of the same database.
    const whole = deep || (combination === kinds[0] && database !== 'pglite')
    let running: RunningApp | undefined
    const app = (): RunningApp => {
      if (!running) throw new Error('The app is not running.')
      return running
    }
    const api = new Client(() => app().url)

    beforeAll(async () => {
      const databaseUrl = await databaseFor()
      running = await startTarget({
        ...combination,
        provider,
        ...(databaseUrl ? { databaseUrl } : {}),
      })
    })
    afterAll(async () => {
      await running?.stop()
    })

    for (const suite of suites) suite({ api, provider, app, whole })

    it('answered all of this as its OpenAPI document says', () => {
      expect(api.checked).toBeGreaterThan(0)
    })

    it('stops when it is told to, with exit code 0', async () => {
      const code = await app().stop()
      running = undefined
      expect(code).toBe(0)
    })
  })
}
