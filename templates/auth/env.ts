import type { EnvVar } from '../../src/kit/index.js'

/** Variables of every app that people sign in to. */
export const authEnv: readonly EnvVar[] = [
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
