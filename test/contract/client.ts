/** An answer, read to its end. */
export type Reply = {
  readonly status: number
  readonly type: string | null
  readonly headers: Headers
  /** Parsed JSON; the text where it is no JSON; undefined where there is none. */
  // oxlint-disable-next-line typescript/no-explicit-any
  readonly body: any
}

type Extras = {
  readonly headers?: Readonly<Record<string, string>>
  readonly raw?: string | Uint8Array
}

/** Calls one running app. */
export class Client {
  constructor(private readonly base: () => string) {}

  get url(): string {
    return this.base()
  }

  async send(method: string, path: string, body?: unknown, extras: Extras = {}): Promise<Reply> {
    const content = extras.raw ?? (body === undefined ? undefined : JSON.stringify(body))
    const response = await fetch(this.base() + path, {
      method,
      headers: {
        ...(content === undefined ? {} : { 'content-type': 'application/json' }),
        ...extras.headers,
      },
      ...(content === undefined ? {} : { body: content as string }),
      redirect: 'manual',
    })
    const text = await response.text()
    const type = response.headers.get('content-type')
    return { status: response.status, type, headers: response.headers, body: parsed(text, type) }
  }

  get = (path: string, headers?: Readonly<Record<string, string>>): Promise<Reply> =>
    this.send('GET', path, undefined, headers ? { headers } : {})
  post = (path: string, body: unknown): Promise<Reply> => this.send('POST', path, body)
  patch = (
    path: string,
    body: unknown,
    headers?: Readonly<Record<string, string>>,
  ): Promise<Reply> => this.send('PATCH', path, body, headers ? { headers } : {})
  put = (path: string, body: unknown, headers?: Readonly<Record<string, string>>): Promise<Reply> =>
    this.send('PUT', path, body, headers ? { headers } : {})
  delete = (
    path: string,
    body?: unknown,
    headers?: Readonly<Record<string, string>>,
  ): Promise<Reply> => this.send('DELETE', path, body, headers ? { headers } : {})

  /**
   * Creates a row.
   * @throws Error with the answer when it is not 201
   */
  // oxlint-disable-next-line typescript/no-explicit-any
  async make(path: string, body: unknown): Promise<any> {
    const reply = await this.post(path, body)
    if (reply.status !== 201)
      throw new Error(
        `POST ${path} ${JSON.stringify(body)}: ${reply.status} ${JSON.stringify(reply.body)}`,
      )
    return reply.body.data
  }
}

function parsed(text: string, type: string | null): unknown {
  if (text === '') return undefined
  return type !== null && /json/.test(type) ? JSON.parse(text) : text
}
