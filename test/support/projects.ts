type Options = { readonly globalSetup?: readonly string[]; readonly seconds?: number }

/** What must be there before the tests of a project begin, made once. */
export const built = 'test/support/build.ts'
export const installed = 'test/contract/install.ts'
export const tools = 'test/clients/install.ts'

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
