import { literal, type AppView, type EnvVar } from '../../src/kit/index.js'

/** What `src/env.ts` reads for the plugin. */
export const jwtEnv = ({ name }: AppView): EnvVar[] => [
  {
    name: 'JWT_SECRET',
    description: 'Signs access tokens: whoever knows it can be anyone.',
    example: 'sample-secret-that-production-refuses',
    secret: true,
    zod: "z.string().min(32, 'Expected at least 32 characters')",
    test: 'secret-of-the-tests-and-of-nothing-else',
  },
  {
    name: 'JWT_ISSUER',
    description: 'Name of this app in access tokens; those of another one are refused.',
    example: name,
    zod: `z.string().min(1).default(${literal(name)})`,
  },
  {
    name: 'JWT_ACCESS_MINUTES',
    description: 'Minutes that an access token is good for.',
    example: '15',
    zod: 'z.coerce.number().int().min(1).max(60).default(15)',
  },
  {
    name: 'JWT_REFRESH_DAYS',
    description: 'Days after which who has not come back has to sign in again.',
    example: '30',
    zod: 'z.coerce.number().int().min(1).max(365).default(30)',
  },
  {
    name: 'LOG_RESET_TOKENS',
    description:
      'true writes reset tokens into the log, while nothing sends them: for your machine.',
    example: '',
    zod: "z.enum(['true', 'false']).default('false').transform((value) => value === 'true')",
  },
]
