import type { EnvVar } from '../../src/kit/index.js'

/** The password of the database in `compose.yaml`: random at set-up. */
export const DATABASE_PASSWORD: EnvVar = {
  name: 'DATABASE_PASSWORD',
  description: 'What compose.yaml has its database and the app share; nothing else reads it.',
  example: 'sample-password-of-the-database',
  secret: true,
  zod: 'z.string().optional()',
}

/** Variables that every app reads. */
export const SERVER_ENV: readonly EnvVar[] = [
  {
    name: 'HOST',
    description: 'Address to listen on. Without it only this machine reaches the app.',
    example: '',
    zod: 'z.string().optional()',
  },
  {
    name: 'PORT',
    description: 'Port to listen on.',
    example: '3000',
    zod: 'z.coerce.number().int().min(0).max(65535).default(3000)',
  },
  {
    name: 'LOG_LEVEL',
    description: 'How much is logged: trace, debug, info, warn, error, fatal or silent.',
    example: 'info',
    zod: "z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info')",
  },
  {
    name: 'CORS_ORIGINS',
    description: 'Origins whose pages may call the API from a browser, separated by commas.',
    example: '',
    zod: "list.prefault('')",
  },
  {
    name: 'BODY_LIMIT',
    description: 'Largest request body.',
    example: '1mb',
    zod: "bytes.prefault('1mb')",
  },
  {
    name: 'REQUEST_TIMEOUT_MS',
    description: 'Milliseconds a request may take.',
    example: '30000',
    zod: 'z.coerce.number().int().min(100).default(30_000)',
  },
  {
    name: 'QUERY_BUDGET',
    description:
      'What one request may ask of the database: a comparison is 1, across relations it counts for each related row.',
    example: '200',
    zod: 'z.coerce.number().int().min(10).default(200)',
  },
  {
    name: 'QUERY_TIMEOUT_MS',
    description: 'Milliseconds that one statement may take in the database; 0 for no limit.',
    example: '5000',
    zod: 'z.coerce.number().int().min(0).default(5000)',
  },
  {
    name: 'SHUTDOWN_TIMEOUT_MS',
    description: 'Milliseconds that requests in flight get to finish when the app stops.',
    example: '10000',
    zod: 'z.coerce.number().int().min(0).default(10_000)',
  },
  {
    name: 'TRUST_PROXY',
    description:
      'How many proxies of yours stand before the app: only then X-Forwarded-For is believed.',
    example: '0',
    zod: 'z.coerce.number().int().min(0).max(10).default(0)',
  },
  {
    name: 'REDIS_URL',
    description: 'Redis server, for limits that all instances count together.',
    example: '',
    zod: "z.url({ protocol: /^rediss?$/, error: 'Expected a URL such as redis://127.0.0.1:6379' }).optional()",
  },
]
