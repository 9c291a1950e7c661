import { deep } from '../support/deep.js'

export const EXAMPLES = ['minimal', 'blog', 'ecommerce', 'ai-chat', 'saas'] as const
export type Example = (typeof EXAMPLES)[number]

export type Combination = {
  readonly framework: 'express' | 'fastify'
  readonly mode: 'registry' | 'layered'
}

export const COMBINATIONS: readonly Combination[] = [
  { framework: 'express', mode: 'registry' },
  { framework: 'express', mode: 'layered' },
  { framework: 'fastify', mode: 'registry' },
  { framework: 'fastify', mode: 'layered' },
]

/** Both frameworks and both modes, each once: every file of an emitted app is in one of these. */
export const TWO = COMBINATIONS.filter(
  ({ framework, mode }) => (framework === 'express') === (mode === 'registry'),
)

const OTHER_TWO = COMBINATIONS.filter((combination) => !TWO.includes(combination))

// PGlite is PostgreSQL in the process: it is slow, and the server is tried with both of the others.
const COVERING = {
  sqlite: TWO,
  pglite: OTHER_TWO.slice(0, 1),
  postgresql: TWO,
  mysql: OTHER_TWO,
}

/**
 * The kinds of app that a suite is proved on with one database: so many that each pair of framework, mode and database
 * is among them; all of them in `npm run test:deep`.
 */
export const kindsOn = (database: keyof typeof COVERING): readonly Combination[] =>
  deep ? COMBINATIONS : COVERING[database]

/**
 * The kind of app that a suite is proved on that asks little of framework and mode, which others try; all kinds in
 * `npm run test:deep`.
 */
export const oneKind = (index = COMBINATIONS.length - 1): readonly Combination[] =>
  deep ? COMBINATIONS : [COMBINATIONS[index % COMBINATIONS.length]!]

/** The kind of app in which an example is made when it is made once: all kinds are among them. */
export const kindOf = (example: Example): Combination =>
  COMBINATIONS[EXAMPLES.indexOf(example) % COMBINATIONS.length]!
