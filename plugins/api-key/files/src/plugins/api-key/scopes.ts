import { modelMeta } from '../../http/lookup.js'
import type { ApiRequest, OperationKind } from '../../http/route.js'
import { models } from '../../schema/models.js'

const ACTIONS = ['read', 'write', '*'] as const
const resources = Object.values(models).map(({ path }) => path)

/** What a key may be good for: `posts:read`, `posts:write`, `posts:*`, or `*` for everything its owner may do. */
export const isScope = (scope: string): boolean =>
  scope === '*' || resources.some((path) => ACTIONS.some((action) => scope === `${path}:${action}`))

/**
 * The scope that a request needs, by the route that took it. What is not about the rows of a model, or is
 * not known, needs a key for everything.
 */
export function neededScope({ method, route }: Pick<ApiRequest, 'method' | 'route'>): string {
  if (route?.model === undefined) return '*'
  return `${modelMeta(route.model).path}:${isReading(method, route.kind) ? 'read' : 'write'}`
}

const READING = new Set<OperationKind>(['list', 'count', 'search', 'get'])

/** Routes of `*.custom.ts` read where they are asked by GET. */
const isReading = (method: string, kind: OperationKind | undefined): boolean =>
  kind === undefined ? method === 'GET' || method === 'HEAD' : READING.has(kind)

/** Do these scopes hold the one that is needed? */
export function covers(scopes: readonly string[], needed: string): boolean {
  const [resource] = needed.split(':', 1)
  return ['*', needed, `${resource}:*`].some((scope) => scopes.includes(scope))
}
