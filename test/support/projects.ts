import { availableParallelism } from 'node:os'
import { LongestFirst } from './longest-first.js'

type Options = { readonly globalSetup?: readonly string[]; readonly seconds?: number }

/** What must be there before the tests of a project begin, made once. */
export const built = 'test/support/build.ts'
export const installed = 'test/contract/install.ts'
export const tools = 'test/clients/install.ts'

/** What whole apps need, which are made, installed and run. */
export const whole = { globalSetup: [built, installed], seconds: 600 }

/** How files share the processors. A test that waits for an app or a command leaves its own to another one. */
export const scheduling = {
  maxWorkers: availableParallelism() + 1,
  sequence: { sequencer: LongestFirst },
}

/**
 * A project of vitest.
 * @param include patterns of its files
 * @param options `seconds` that one of its tests may take
 */
export const project = (
  name: string,
  include: readonly string[],
  { globalSetup = [], seconds = 5 }: Options = {},
) => ({
  test: {
    name,
    include: [...include],
    globalSetup: [...globalSetup],
    testTimeout: seconds * 1000,
    hookTimeout: 600_000,
  },
})
