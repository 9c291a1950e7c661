import type { ApiRequest } from '../../http/route.js'
import { models } from '../../schema/models.js'

const ACTIONS = ['read', 'write', '*'] as const
const resources = Object.values(models).map(({ path }) => path)

/** What a key may be good for: `posts:read`, `posts:write`, `posts:*`, or `*` for everything its owner may do. */
export const isScope = (scope: string): boolean =>
  scope === '*' || resources.some((path) => ACTIONS.some((action) => scope === `${path}:${action}`))

/**
 * The scope that a request needs; null outside of the API, where nothing is protected. An address that is no
 * resource's needs a key for everything.
 */
export function neededScope({ method, path }: Pick<ApiRequest, 'method' | 'path'>): string | null {
  const [, api, resource = '', ...rest] = path.split('/')
  if (api !== 'api') return null
  if (!resources.includes(resource)) return '*'
  const searches = method === 'POST' && rest[0] === 'search'
  const reads = method === 'GET' || method === 'HEAD' || searches
  return `${resource}:${reads ? 'read' : 'write'}`
}

/** Do these scopes hold the one that is needed? */
export function covers(scopes: readonly string[], needed: string): boolean {
  const [resource] = needed.split(':', 1)
  return ['*', needed, `${resource}:*`].some((scope) => scopes.includes(scope))
}
