import helmet from 'helmet'
import { IncomingMessage, ServerResponse } from 'node:http'
import { Socket } from 'node:net'
import { env } from '../env.js'

const protect = helmet({
  contentSecurityPolicy: {
    directives: {
      imgSrc: ["'self'", 'data:'],
      // The documentation page brings styles of its own.
      styleSrc: ["'self'", "'unsafe-inline'"],
      frameAncestors: ["'none'"],
      upgradeInsecureRequests: null,
    },
  },
})

/** What helmet says, worked out once: it says the same of every answer, on every framework. */
export const securityHeaders: Readonly<Record<string, string>> = headersOf(protect)

function headersOf(middleware: typeof protect): Record<string, string> {
  const response = new ServerResponse(new IncomingMessage(new Socket()))
  middleware(response.req, response, () => undefined)
  const headers = Object.entries(response.getHeaders())
  return Object.fromEntries(headers.map(([name, value]) => [name, String(value)]))
}

/** Nobody may call from another origin unless CORS_ORIGINS names it. */
export const corsOptions = {
  origin: env.CORS_ORIGINS,
  methods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
  allowedHeaders: ['content-type', 'authorization', 'if-match', 'if-none-match', 'x-request-id'],
  exposedHeaders: [
    ...['etag', 'location', 'ratelimit', 'ratelimit-policy', 'retry-after', 'x-request-id'],
  ],
  maxAge: 600,
}
