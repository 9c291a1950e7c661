import { distance } from '../nearest.js'

const MODEL_ANNOTATIONS = ['auth', 'policy', 'service', 'realtime', 'search'] as const
const FIELD_ANNOTATIONS = ['hidden', 'readonly', 'writeonly', 'label', 'ui'] as const

export type ModelAnnotationName = (typeof MODEL_ANNOTATIONS)[number]
type FieldAnnotationName = (typeof FIELD_ANNOTATIONS)[number]
export type AnnotationName = ModelAnnotationName | FieldAnnotationName

export const isModelAnnotation = (name: string): name is ModelAnnotationName =>
  (MODEL_ANNOTATIONS as readonly string[]).includes(name)

/** With the signs it is written with: `@@auth`, `@hidden`. */
export const signed = (name: AnnotationName): string =>
  isModelAnnotation(name) ? `@@${name}` : `@${name}`

export const ALL_SIGNED = [...MODEL_ANNOTATIONS, ...FIELD_ANNOTATIONS].map(signed)

/** Prisma's own attributes: in a comment they are code that was commented out, not a slip of ours. */
const PRISMA = new Set(
  'id unique default updatedAt relation map ignore db index fulltext schema shardKey'.split(' '),
)

export type Recognised =
  | { readonly kind: 'exact'; readonly name: AnnotationName; readonly length: number }
  /** Not one of ours, but meant to be; `nearest` is null where nothing is near. */
  | {
      readonly kind: 'slip'
      readonly written: string
      readonly nearest: AnnotationName | null
      readonly length: number
    }

/**
 * Is this text, which begins with `@`, an annotation of ours? The rule:
 *
 * 1. A name of ours with its own signs (`@@auth`, `@hidden`) always is, whatever follows it.
 * 2. Where nothing follows but arguments in parentheses or a further `@`, so is a near miss: one of our names in other case or
 *    with the wrong number of signs, or with one slip (from six letters on: two) and the right signs.
 * 3. So is any other `@@name` alone or with arguments that is not one of Prisma's attributes: no other tool
 *    writes doc comments with two signs and no dot.
 *
 * All else is prose or another tool's: `@zod.string()`, `@deprecated`, `@property id`, `@TypeGraphQL.omit`.
 */
export function recognise(text: string): Recognised | null {
  const match = /^(@@?)([A-Za-z]\w*)(?![\w./@-])/.exec(text)
  if (match === null) return null
  const [written, signs, name] = match as unknown as [string, string, string]
  const length = written.length
  const exact = [...MODEL_ANNOTATIONS, ...FIELD_ANNOTATIONS].find((it) => signed(it) === written)
  if (exact !== undefined) return { kind: 'exact', name: exact, length }
  if (PRISMA.has(name) || !/^\s*([(@]|$)/.test(text.slice(length))) return null
  const nearest = nearMiss(signs, name)
  if (nearest === null && signs === '@') return null
  return { kind: 'slip', written, nearest, length }
}

function nearMiss(signs: string, name: string): AnnotationName | null {
  let best: AnnotationName | null = null
  let bestFar = Infinity
  for (const known of [...MODEL_ANNOTATIONS, ...FIELD_ANNOTATIONS]) {
    const rightSigns = signed(known) === signs + known
    const far = distance(name.toLowerCase(), known)
    const most = rightSigns ? slips(known) : 0
    if (far <= most && far < bestFar) [best, bestFar] = [known, far]
  }
  return best
}

const slips = (name: string): number => (name.length < 3 ? 0 : name.length < 6 ? 1 : 2)
