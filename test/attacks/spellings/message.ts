import { connect } from 'node:net'

/** A request as it goes over the wire. */
export type Message = {
  readonly method: string
  readonly target: string
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly body: Buffer | null
  /** How the end of the body is told; `own` where the headers say it. */
  readonly framing: 'length' | 'chunks' | 'own'
}

/** The same request written in another way. */
export type Spelling = {
  readonly name: string
  /**
   * What may become of it: `same` answers it as the plain one, `refused` may also refuse it, `nobody` may also
   * miss who calls.
   */
  readonly expected: 'same' | 'refused' | 'nobody'
  /** @returns null where the request can't be written so */
  readonly write: (plain: Message, pick: (below: number) => number) => Message | null
}

/** Adds a header. */
export const withHeader = (message: Message, name: string, value: string): Message => ({
  ...message,
  headers: [...message.headers, [name, value]],
})

/** Changes the value of a header; null where there is none. */
export function changeHeader(
  message: Message,
  name: string,
  change: (value: string, name: string) => readonly (readonly [string, string])[],
): Message | null {
  if (!message.headers.some(([known]) => known === name)) return null
  const headers = message.headers.flatMap(([known, value]) =>
    known === name ? change(value, known) : [[known, value] as const],
  )
  return { ...message, headers }
}

const SILENCE_MS = 10_000

/**
 * Sends a request over a connection of its own, byte by byte as it is.
 * @returns the status; 0 where the connection was cut without an answer
 */
export function send(port: number, message: Message): Promise<number> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    const socket = connect(port, '127.0.0.1', () => socket.write(bytesOf(message)))
    socket.setTimeout(SILENCE_MS, () => socket.destroy(new Error(`No answer to ${text(message)}`)))
    socket.on('data', (chunk) => chunks.push(chunk))
    socket.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'ECONNRESET' && error.code !== 'EPIPE') reject(error)
    })
    socket.once('close', () => resolve(statusOf(Buffer.concat(chunks).toString('latin1'))))
  })
}

/** Of the answer that is not `100 Continue`. */
const statusOf = (answer: string): number => {
  const statuses = [...answer.matchAll(/^HTTP\/1\.1 (\d+) /gm)].map(([, status]) => Number(status))
  return statuses.find((status) => status !== 100) ?? 0
}

const text = ({ method, target, headers }: Message): string =>
  `${method} ${target} ${JSON.stringify(headers)}`

function bytesOf(message: Message): Buffer {
  const { method, target, headers, body, framing } = message
  const all = [['Host', '127.0.0.1'], ['Connection', 'close'], ...headers, ...framed(message)]
  const lines = [`${method} ${target} HTTP/1.1`, ...all.map(([name, value]) => `${name}: ${value}`)]
  const head = Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1')
  return Buffer.concat([head, body && framing === 'chunks' ? chunked(body) : (body ?? EMPTY)])
}

const EMPTY = Buffer.alloc(0)

function framed({ body, framing }: Message): string[][] {
  if (!body || framing === 'own') return []
  return framing === 'length'
    ? [['Content-Length', String(body.length)]]
    : [['Transfer-Encoding', 'chunked']]
}

function chunked(body: Buffer): Buffer {
  const middle = Math.ceil(body.length / 2)
  const parts = [body.subarray(0, middle), body.subarray(middle)].filter(({ length }) => length > 0)
  const written = parts.flatMap((part) => [
    Buffer.from(`${part.length.toString(16)}\r\n`),
    part,
    Buffer.from('\r\n'),
  ])
  return Buffer.concat([...written, Buffer.from('0\r\n\r\n')])
}
