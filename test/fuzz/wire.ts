import { Agent, request as httpRequest } from 'node:http'
import type { Request } from './operations.js'

/** An answer, read to its end. */
export type Answer = {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  /** Parsed JSON; the text where it is no JSON; undefined where there is none. */
  readonly body: unknown
}

/** Milliseconds; an app gives up after less. */
const SILENCE = 45_000

/** Sends requests as they are: `fetch` would tidy the address first. */
export class Wire {
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 1 })

  constructor(private readonly url: string) {}

  send({ method, path, headers, body }: Omit<Request, 'operation' | 'kind'>): Promise<Answer> {
    const { hostname, port } = new URL(this.url)
    return new Promise((resolve, reject) => {
      // Without its length a body of GET or DELETE goes out as if it were the next request.
      const length = body === undefined ? {} : { 'content-length': Buffer.byteLength(body) }
      const all = { ...headers, ...length }
      const options = { hostname, port, agent: this.agent, method, path, headers: all }
      const outgoing = httpRequest(options, (incoming) => {
        const chunks: Buffer[] = []
        incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
        incoming.once('error', reject)
        incoming.once('end', () => {
          const text = Buffer.concat(chunks).toString()
          const received = new Headers()
          for (const [name, values = []] of Object.entries(incoming.headersDistinct))
            for (const value of values) received.append(name, value)
          const body = parsed(text, received.get('content-type'))
          resolve({ status: incoming.statusCode!, headers: received, text, body })
        })
      })
      outgoing.once('error', reject)
      outgoing.setTimeout(SILENCE, () => outgoing.destroy(new Error('No answer.')))
      outgoing.end(body)
    })
  }

  close(): void {
    this.agent.destroy()
  }
}

function parsed(text: string, type: string | null): unknown {
  if (text === '') return undefined
  return type !== null && /json/.test(type) ? JSON.parse(text) : text
}
