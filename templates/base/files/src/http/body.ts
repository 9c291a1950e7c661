import { safeParse, type core, type ZodError } from 'zod'
import { models } from '../schema/models.js'
import { Problem, type FieldError } from './problem.js'

/**
 * Validates a body.
 * @throws Problem 400 with one entry per mistake, unknown keys included
 */
export function readBody<S extends core.$ZodType>(schema: S, body: unknown): core.output<S> {
  const result = safeParse(schema, inheritsNames ? withoutPrototype(body) : body)
  if (result.success) return result.data
  const errors = result.error.issues.flatMap((issue) => errorsOf(issue, []))
  throw new Problem(400, 'validation_failed', {
    detail: errors.map(({ path, message }) => (path ? `${path}: ${message}` : message)).join(' '),
    errors,
  })
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

function errorsOf(issue: Issue, prefix: readonly PropertyKey[]): FieldError[] {
  const path = [...prefix, ...issue.path]
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ path: join([...path, key]), message: 'Unknown field.' }))
  }
  // Of several alternatives the one that got furthest says most.
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    const deepest = issue.errors.reduce((best, next) => (depth(next) > depth(best) ? next : best))
    return deepest.flatMap((inner) => errorsOf(inner, path))
  }
  return [{ path: join(path), message: issue.message }]
}

const depth = (issues: readonly Issue[]): number =>
  Math.max(0, ...issues.map(({ path }) => path.length))

const join = (path: readonly PropertyKey[]): string => path.map(String).join('.')
