import { randomBytes } from 'node:crypto'
import type { Suite } from '../attack.js'
import { accounts } from './accounts.js'
import { bodies } from './bodies.js'
import { keys } from './keys.js'
import { limits } from './limits.js'
import { sessions } from './sessions.js'

/** Signing in, with the plugins jwt and api-key, behind one proxy. */
export const signingIn: Suite = {
  attacks: [...sessions, ...limits, ...accounts, ...bodies, ...keys],
  schema: 'signing-in/schema.prisma',
  plugins: ['jwt', 'api-key'],
  env: { HOST: '127.0.0.1', JWT_SECRET: randomBytes(32).toString('base64'), TRUST_PROXY: '1' },
  controls: 'fastify',
  fill: () => Promise.resolve(),
}
