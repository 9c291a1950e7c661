import { expect, it } from 'vitest'
import { api } from './api.js'
import { describeRefusals } from './refusals.js'

/** What a resource must do of which no row can be made through the API. */
export function describeReading(name: string, path: string, options: { creatable: boolean }): void {
  describeRefusals(name, path)
  if (!options.creatable)
    it(`${name}: offers no create`, async () => {
      const { status } = await api.post(path, {})
      expect([404, 405]).toContain(status)
    })
}
