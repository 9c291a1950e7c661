import { pino, stdSerializers } from 'pino'
import { env } from './env.js'

const SECRETS = ['authorization', 'cookie', 'password', 'secret', 'token', 'apiKey']

/** The log of this process: one JSON object per line. */
export const log = pino(
  {
    level: env.LOG_LEVEL,
    base: undefined,
    redact: {
      paths: SECRETS.flatMap((name) => [name, `*.${name}`, `headers["${name}"]`]),
      censor: '[redacted]',
    },
    serializers: { err: serializeError },
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
  },
  // Written in blocks: a line per request costs next to nothing.
  pino.destination({ sync: false, minLength: 4096, periodicFlush: 100 }),
)

/** A message of Prisma may quote the query with its values: only the last line, which has none, is kept. */
function serializeError(error: unknown): unknown {
  if (!(error instanceof Error) || !error.name.startsWith('PrismaClient')) {
    return error instanceof Error ? stdSerializers.err(error) : error
  }
  const { name, code, meta } = error as { name: string; code?: unknown; meta?: Meta }
  const message = error.message.trim().split('\n').at(-1)
  return { type: name, code, message, reason: meta?.driverAdapterError?.cause?.cause }
}

interface Meta {
  /** Why the MariaDB driver got no connection. */
  readonly driverAdapterError?: { readonly cause?: { readonly cause?: string } }
}
