export const EXAMPLES = ['minimal', 'blog', 'ecommerce', 'ai-chat'] as const
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

/** The pair that is installed for real: each example once, and each combination once. */
export const isInstalled = (example: Example, combination: Combination): boolean =>
  EXAMPLES.indexOf(example) === COMBINATIONS.indexOf(combination)
