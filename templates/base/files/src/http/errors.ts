import { log } from '../log.js'
import { problemOfPrisma } from './prisma-errors.js'
import { Problem, unsupportedMediaType } from './problem.js'
import type { ApiRequest, ApiResponse } from './route.js'

/**
 * Turns whatever was thrown into an answer (RFC 9457). What is not known is logged and answered with
 * a bare 500: no message of a library or database reaches the caller.
 */
export function toProblemResponse(
  error: unknown,
  request: Pick<ApiRequest, 'id' | 'method'>,
): ApiResponse {
  const problem = problemOf(error)
  if (problem.status >= 500) {
    const { id, method } = request
    log.error({ err: error, requestId: id, method }, 'request failed')
  }
  return {
    status: problem.status,
    headers: {
      'content-type': 'application/problem+json; charset=utf-8',
      'cache-control': 'no-store',
      ...problem.headers,
    },
    body: {
      type: `urn:problem-type:${problem.code}`,
      title: problem.title,
      status: problem.status,
      detail: problem.detail,
      code: problem.code,
      instance: request.id,
      errors: problem.errors,
      errorCount: problem.errorCount,
    },
  }
}

function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error
  return problemOfPrisma(error) ?? problemOfFramework(error) ?? new Problem(500, 'internal_error')
}

/** Express, Fastify and their parsers throw errors with a status; their messages are not passed on. */
function problemOfFramework(error: unknown): Problem | undefined {
  if (!(error instanceof Error)) return undefined
  const { status, statusCode = status } = error as { status?: unknown; statusCode?: unknown }
  switch (statusCode) {
    case 400:
      return new Problem(400, 'bad_request')
    case 413:
      return new Problem(413, 'body_too_large')
    case 414:
      return new Problem(414, 'uri_too_long')
    case 415:
      return unsupportedMediaType()
    default:
      return undefined
  }
}
