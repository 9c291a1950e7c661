import { randomUUID } from 'node:crypto'
import { log } from '../log.js'
import type { ApiRequest, ApiResponse } from './route.js'
import { securityHeaders } from './security.js'

/** The caller's `x-request-id` where it is a plain one, else a new id. */
export function requestIdOf(header: string | string[] | undefined): string {
  return typeof header === 'string' && /^[\w.-]{1,64}$/.test(header) ? header : randomUUID()
}

interface Rendered {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly payload: string | Uint8Array | undefined
}

/** An answer as it goes over the wire, the same for every framework. */
export function render(response: ApiResponse, request: Pick<ApiRequest, 'id'>): Rendered {
  const { status, body, content, headers } = response
  const common = { ...securityHeaders, 'x-request-id': request.id }
  if (content !== undefined || body === undefined) {
    return { status, headers: { ...common, ...headers }, payload: content }
  }
  const type = 'application/json; charset=utf-8'
  return {
    status,
    headers: { ...common, 'content-type': type, ...headers },
    payload: JSON.stringify(body),
  }
}

/** One line per request; without the query string, which may hold personal data. */
export function logRequest(
  request: Pick<ApiRequest, 'id' | 'method' | 'path'>,
  status: number,
  startedAt: number,
): void {
  const ms = Math.round((performance.now() - startedAt) * 10) / 10
  log.info({ requestId: request.id, method: request.method, path: request.path, status, ms })
}
