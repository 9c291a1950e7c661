import type { Message } from './message.js'

export const CALLERS = [
  'nobody',
  'user',
  'stale',
  'tags:read',
  'notes:read',
  'notes:write',
] as const

/** Someone who is signed in by a token, or calls by a key with one scope; `stale` has a token that is no good. */
export type Caller = (typeof CALLERS)[number]

/** The header that says who calls. */
export type Credentials = Readonly<Record<Caller, readonly (readonly [string, string])[]>>

/** A request in its plain spelling. */
export type Plain = {
  readonly method: string
  readonly target: string
  readonly body?: object
}

const note = { id: 9, text: 'new' }

export const REQUESTS: readonly Plain[] = [
  { method: 'POST', target: '/api/notes', body: note },
  { method: 'GET', target: '/api/notes' },
  { method: 'GET', target: '/api/notes?take=1' },
  { method: 'GET', target: '/api/notes/1' },
  { method: 'GET', target: '/api/notes/count' },
  { method: 'POST', target: '/api/notes/search', body: { take: 1 } },
  { method: 'POST', target: '/api/notes/bulk', body: { data: [note] } },
  { method: 'PATCH', target: '/api/notes/1', body: { text: 'changed' } },
  { method: 'PUT', target: '/api/notes/1', body: { text: 'changed' } },
  { method: 'DELETE', target: '/api/notes/1' },
  { method: 'DELETE', target: '/api/notes/bulk', body: { where: { id: 1 } } },
  { method: 'POST', target: '/api/notes/1/publish' },
  { method: 'GET', target: '/api/notes/featured' },
  { method: 'GET', target: '/api/tags' },
  { method: 'GET', target: '/api/auth/me' },
  { method: 'GET', target: '/api/auth/api-keys' },
  { method: 'POST', target: '/api/auth/logout', body: { refreshToken: 'x' } },
  { method: 'GET', target: '/health' },
  { method: 'GET', target: '/openapi.json' },
  { method: 'GET', target: '/api/nothing' },
]

/** A request of somebody, in its plain spelling. */
export const messageOf = (
  { method, target, body }: Plain,
  headers: Message['headers'],
): Message => ({
  method,
  target,
  headers: body ? [...headers, ['Content-Type', 'application/json']] : headers,
  body: body ? Buffer.from(JSON.stringify(body)) : null,
  framing: 'length',
})
