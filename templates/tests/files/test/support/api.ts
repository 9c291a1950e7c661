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

/** Addresses of the rows that the test file has made, oldest first. */
const made: string[] = []

/** Counts the test files of this worker: rows of an earlier one are gone. */
export const testFile = { number: 0 }

/** Removes every row that was made through `api`, so that each test file begins with empty tables. */
export async function removeRows(): Promise<void> {
  testFile.number++
  for (const address of made.splice(0).toReversed()) {
    const { status } = await api.delete(address)
    // A row may be gone with the one it belonged to.
    if (status !== 204 && status !== 404)
      throw new Error(`DELETE ${address} after the tests answered ${status}.`)
  }
}

async function send<Data>(method: string, path: string, body?: unknown): Promise<Reply<Data>> {
  const response = await fetch(base + path, {
    method,
    ...(body === undefined
      ? {}
      : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  })
  const text = await response.text()
  const location = response.status === 201 ? response.headers.get('location') : null
  if (location !== null) made.push(location)
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
