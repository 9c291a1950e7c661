import { env } from '../env.js'
import { toProblemResponse } from './errors.js'
import { Problem } from './problem.js'
import type { ApiRequest, ApiResponse, Handler } from './route.js'

type Head = Pick<ApiRequest, 'id' | 'method' | 'path'>

/**
 * Runs a handler within the time limit. Whatever is thrown, also while the request is read, becomes an
 * answer; this never rejects.
 */
export async function dispatch(
  handler: Handler,
  head: Head,
  read: () => ApiRequest,
): Promise<ApiResponse> {
  try {
    return await withinTime(Promise.resolve(handler(read())))
  } catch (error) {
    return toProblemResponse(error, head)
  }
}

/** The caller is answered in time; what the database still does for him is not waited for. */
function withinTime<T>(work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(timedOut()), env.REQUEST_TIMEOUT_MS)
    work.then(resolve, reject).finally(() => clearTimeout(timer))
  })
}

const timedOut = (): Problem =>
  new Problem(503, 'request_timeout', { detail: 'The request took too long.' })

/** For paths that no route knows. */
export const unknownPath: Handler = ({ path }) => {
  throw new Problem(404, 'no_such_route', { detail: `There is nothing at ${path}.` })
}

/** For a path that is known, with a method that is not: `OPTIONS` asks just that. */
export const otherMethod =
  (allowed: readonly string[]): Handler =>
  ({ method }) => {
    const allow = [
      ...new Set([...allowed, ...(allowed.includes('GET') ? ['HEAD'] : []), 'OPTIONS']),
    ]
      .sort()
      .join(', ')
    if (method === 'OPTIONS') return { status: 204, headers: { allow } }
    throw new Problem(405, 'method_not_allowed', {
      detail: `Allowed here: ${allow}.`,
      headers: { allow },
    })
  }
