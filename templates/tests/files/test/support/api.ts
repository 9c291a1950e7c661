import { startApp } from './server.js'

export type Row = Record<string, unknown>

/** An answer; a test looks at its status before it looks into its body. */
export interface Reply<Data = Row> {
  readonly status: number
  readonly type: string | null
  readonly headers: Headers
  readonly body: {
    readonly data: Data
    readonly meta: {
      total: number
      skip: number
      take: number
      hasMore: boolean
      nextCursor: string | null
    }
    readonly errors: { path: string; message: string }[]
  }
}

const base = await startApp()

async function send<Data>(method: string, path: string, body?: unknown): Promise<Reply<Data>> {
  const response = await fetch(base + path, {
    method,
    ...(body === undefined
      ? {}
      : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  })
  const text = await response.text()
  return {
    status: response.status,
    type: response.headers.get('content-type'),
    headers: response.headers,
    body: text === '' ? undefined : JSON.parse(text),
  }
}

/** Calls the app under test. */
export const api = {
  get: (path: string) => send<Row>('GET', path),
  list: (path: string, query: Readonly<Record<string, string>> = {}) =>
    send<Row[]>('GET', `${path}?${new URLSearchParams(query)}`),
  post: (path: string, body: unknown) => send<Row>('POST', path, body),
  patch: (path: string, body: unknown) => send<Row>('PATCH', path, body),
  delete: (path: string) => send<Row>('DELETE', path),
}
