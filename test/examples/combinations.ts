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

/** The pairs that are installed for real: each example once, and so each combination. */
export const isInstalled = (example: Example, combination: Combination): boolean =>
  EXAMPLES.indexOf(example) % COMBINATIONS.length === COMBINATIONS.indexOf(combination)
