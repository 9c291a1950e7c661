import type { Pack } from './kit/index.js'
import { pack as auth } from '../templates/auth/pack.js'
import { pack as base } from '../templates/base/pack.js'
import { pack as ci } from '../templates/ci/pack.js'
import { pack as express } from '../templates/http-express/pack.js'
import { pack as fastify } from '../templates/http-fastify/pack.js'
import { pack as layered } from '../templates/layered/pack.js'
import { pack as openapi } from '../templates/openapi/pack.js'
import { pack as policies } from '../templates/policies/pack.js'
import { pack as registry } from '../templates/registry/pack.js'
import { pack as tests } from '../templates/tests/pack.js'

/** Every pack; each says itself for which apps it is. */
export const packs: readonly Pack[] = [
  base,
  auth,
  express,
  fastify,
  layered,
  registry,
  openapi,
  policies,
  tests,
  ci,
]
