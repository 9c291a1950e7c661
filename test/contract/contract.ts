import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { COMBINATIONS, type Combination } from '../examples/combinations.js'
import { Client } from './client.js'
import { startTarget, type RunningApp, type Target } from './harness.js'
import { suites } from './suites/index.js'

/** What a suite may know of the app it runs against. */
export type Context = {
  readonly api: Client
  readonly provider: Target['provider']
  readonly app: () => RunningApp
}

/** Proves the whole contract on all four kinds of app, or on some, on one database. */
export function describeContract(
  provider: Target['provider'],
  databaseFor: () => Promise<string | undefined> = async () => undefined,
  combinations: readonly Combination[] = COMBINATIONS,
): void {
  describe.each(combinations)('$framework, $mode', (combination) => {
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

    for (const suite of suites) suite({ api, provider, app })

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
