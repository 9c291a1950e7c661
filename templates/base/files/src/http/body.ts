import { safeParse, type core, type ZodError } from 'zod'
import { models } from '../schema/models.js'
import { Problem, PROBLEM_LIMITS, type FieldError } from './problem.js'

/**
 * Validates a body.
 * @throws Problem 400 with the first mistakes and their number, unknown keys included
 */
export function readBody<S extends core.$ZodType>(schema: S, body: unknown): core.output<S> {
  const result = safeParse(schema, inheritsNames ? withoutPrototype(body) : body)
  if (result.success) return result.data
  throw mistakes(result.error.issues)
}

function mistakes(issues: readonly Issue[]): Problem {
  const errors: FieldError[] = []
  let errorCount = 0
  for (const issue of issues)
    for (const error of errorsOf(issue, [])) {
      errorCount += 1
      if (errors.length < PROBLEM_LIMITS.errors) errors.push(error)
    }
  const texts = errors.map(({ path, message }) => (path ? `${path}: ${message}` : message))
  return new Problem(400, 'validation_failed', { detail: texts.join(' '), errors, errorCount })
}

/** A column called `constructor` or `toString` would be found in every body, as what objects inherit. */
const inheritsNames = Object.values(models).some(({ fields }) =>
  Object.keys(fields).some((name) => name in Object.prototype),
)

function withoutPrototype(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutPrototype)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).map(([key, item]) => [key, withoutPrototype(item)])
  return Object.assign(Object.create(null), Object.fromEntries(entries))
}

type Issue = ZodError['issues'][number]

/** One by one: they may be as many as the body has bytes. */
function* errorsOf(issue: Issue, prefix: readonly PropertyKey[]): Generator<FieldError> {
  const path = [...prefix, ...issue.path]
  if (issue.code === 'unrecognized_keys') {
    for (const key of issue.keys) yield { path: join([...path, key]), message: 'Unknown field.' }
  } else if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    // Of several alternatives the one that got furthest says most.
    const deepest = issue.errors.reduce((best, next) => (depth(next) > depth(best) ? next : best))
    for (const inner of deepest) yield* errorsOf(inner, path)
  } else {
    yield { path: join(path), message: issue.message }
  }
}

const depth = (issues: readonly Issue[]): number =>
  Math.max(0, ...issues.map(({ path }) => path.length))

const join = (path: readonly PropertyKey[]): string => path.map(String).join('.')
