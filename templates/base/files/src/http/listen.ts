import type { Server } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { env } from '../env.js'
import { Problem } from './problem.js'

/** A server that accepts requests. */
interface RunningApp {
  /** `http://127.0.0.1:3000` */
  readonly url: string
  /** Stops accepting, lets requests in flight finish for a while, then cuts what is left. */
  close(): Promise<void>
}

/** What `createApp` makes, on either framework. */
export interface App {
  /** @param port 0 for any free one */
  listen(port: number, host: string): Promise<RunningApp>
}

/** What a server must be told when it is made: how often it looks for requests that take too long. */
export const serverOptions = { connectionsCheckingInterval: 2000 }

/** Starts a server with the limits of this app. */
export async function listen(server: Server, port: number, host: string): Promise<RunningApp> {
  server.requestTimeout = env.REQUEST_TIMEOUT_MS
  server.headersTimeout = Math.min(10_000, env.REQUEST_TIMEOUT_MS)
  // Longer than a load balancer keeps its connections, so that the app is never the first to close.
  server.keepAliveTimeout = 65_000
  // Fastify brings an answer of its own, in another form.
  server.removeAllListeners('clientError').on('clientError', answerClientError)
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      resolve()
    })
  })
  const address = server.address() as AddressInfo
  const name = address.family === 'IPv6' ? `[${address.address}]` : address.address
  return { url: `http://${name}:${address.port}`, close: () => close(server) }
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const cut = setTimeout(() => server.closeAllConnections(), env.SHUTDOWN_TIMEOUT_MS)
    // A kept-alive connection becomes idle only when its answer has been sent.
    const sweep = setInterval(() => server.closeIdleConnections(), 50)
    server.close(() => {
      clearTimeout(cut)
      clearInterval(sweep)
      resolve()
    })
  })
}

/** What never became a request: too slow, headers too large, or no HTTP at all. */
function answerClientError(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy()
    return
  }
  const problem = problemOfSocket(error.code)
  const body = JSON.stringify({
    type: `urn:problem-type:${problem.code}`,
    title: problem.title,
    status: problem.status,
    code: problem.code,
  })
  socket.end(
    [
      `HTTP/1.1 ${problem.status} ${problem.title}`,
      'Connection: close',
      'Cache-Control: no-store',
      'Content-Type: application/problem+json; charset=utf-8',
      `Content-Length: ${Buffer.byteLength(body)}`,
      '',
      body,
    ].join('\r\n'),
  )
}

function problemOfSocket(code: string | undefined): Problem {
  switch (code) {
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return new Problem(408, 'request_timeout')
    case 'HPE_HEADER_OVERFLOW':
      return new Problem(431, 'headers_too_large')
    default:
      return new Problem(400, 'bad_request')
  }
}
