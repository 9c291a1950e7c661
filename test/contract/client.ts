import { OpenApi } from '../support/openapi.js'

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

/** Calls one running app, and holds every exchange against the app's own OpenAPI document. */
export class Client {
  /** How many exchanges were as the document says. */
  checked = 0
  private described: { readonly url: string; readonly api: Promise<OpenApi> } | undefined

  constructor(private readonly base: () => string) {}

  get url(): string {
    return this.base()
  }

  /** @throws Error when the exchange is not as the app's OpenAPI document says */
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
    const { status, headers } = response
    const reply = { status, type, headers, body: parsed(text, type) }
    await this.check(method, path, typeof content === 'string' ? content : undefined, reply)
    return reply
  }

  private async check(
    method: string,
    path: string,
    content: string | undefined,
    reply: Reply,
  ): Promise<void> {
    const api = await this.description()
    // What is no JSON is refused anyway.
    const sent = reply.status < 300 && content !== undefined ? JSON.parse(content) : undefined
    const { pathname, search } = new URL(this.base() + path)
    const wrong = api.mismatches({ method, path: pathname + search, sent, ...reply })
    if (wrong.length > 0) {
      const request = `${method} ${path} ${content ?? ''}`.slice(0, 500)
      const answer = `${reply.status} ${JSON.stringify(reply.body)}`.slice(0, 1000)
      throw new Error(
        [`Not as /openapi.json says:`, ...wrong, `asked: ${request}`, `answered: ${answer}`].join(
          '\n  ',
        ),
      )
    }
    this.checked += 1
  }

  /** The document of the app that runs now. */
  private description(): Promise<OpenApi> {
    const url = this.base()
    if (this.described?.url !== url) this.described = { url, api: describedBy(url) }
    return this.described.api
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

async function describedBy(url: string): Promise<OpenApi> {
  const response = await fetch(`${url}/openapi.json`)
  return new OpenApi(await response.json())
}
