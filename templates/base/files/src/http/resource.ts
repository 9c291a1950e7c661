import { guarded } from './access.js'
import { readBody } from './body.js'
import { contextOf } from './context.js'
import { customRoutes } from './custom.js'
import type { CustomRoute, Endpoint, MatchedRoute, Resource, Route } from './route.js'

/**
 * Adds the routes of `*.custom.ts` to the generated ones.
 * @throws Error naming two routes that are one
 */
export function withCustomRoutes(resources: readonly Resource[]): readonly Resource[] {
  const served = new Set(resources.map(({ model }) => model))
  const custom = [...customRoutes()].filter(([, routes]) => routes.length > 0)
  const others = custom.flatMap(([model]) => (served.has(model) ? [] : [{ model, routes: [] }]))
  const added = new Map(custom)
  return [...resources, ...others].map((resource) => {
    const routes = added.get(resource.model)
    if (routes === undefined) return resource
    for (const [index, route] of routes.entries()) {
      checkPath(resource.model, route)
      for (const other of [...resource.routes, ...routes.slice(0, index)]) {
        checkApart(resource.model, route, other)
      }
    }
    return { ...resource, custom: routes }
  })
}

/** The routes of a model as the server runs them, each request in a context of its own. */
export const endpointsOf = ({ model, routes, custom = [] }: Resource): readonly Endpoint[] =>
  [...routes, ...custom.map(checked)]
    .map(({ method, path, kind, handler }): Endpoint => ({
      method,
      path,
      model,
      kind,
      handler: guarded(model, kind, (request) => handler(contextOf(request))),
    }))
    .sort((a, b) => byText(rankOf(a.path), rankOf(b.path)))

/**
 * What requests are told of the route that took them.
 * @param prefix address of the resource; empty for what is beside the models
 */
export const matchedRoute = (prefix: string, endpoint: Endpoint): MatchedRoute => ({
  pattern: endpoint.path === '/' && prefix !== '' ? prefix : prefix + endpoint.path,
  model: endpoint.model,
  kind: endpoint.kind,
  open: endpoint.open ?? false,
})

/** A route with the check of its body before its handler. */
const checked = ({
  method,
  path,
  body,
  handler,
}: CustomRoute): Pick<Route, 'method' | 'path' | 'handler'> & { readonly kind: undefined } => ({
  method,
  path,
  kind: undefined,
  handler: (context) =>
    handler(context, body === undefined ? undefined : readBody(body, context.request.body)),
})

/** Written-out segments go before parameters at the same place. */
const rankOf = (path: string): string => path.replaceAll(/:\w+/g, '~')

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

const shapeOf = (path: string): string => path.replaceAll(/:\w+/g, ':')

function checkPath(model: string, { method, path }: CustomRoute): void {
  if (/^\/$|^(\/:?[\w-]+)+$/.test(path)) return
  throw new Error(
    `The custom route '${method} ${path}' of ${model} is no path like '/featured' or '/:id/publish'.`,
  )
}

function checkApart(
  model: string,
  route: CustomRoute,
  other: Pick<CustomRoute, 'method' | 'path'>,
): void {
  if (shapeOf(route.path) !== shapeOf(other.path)) return
  const [one, two] = [`${route.method} ${route.path}`, `${other.method} ${other.path}`]
  if (route.method === other.method)
    throw new Error(`The custom route '${one}' of ${model} is the same as its route '${two}'.`)
  if (route.path !== other.path)
    throw new Error(
      `The custom route '${one}' of ${model} names its parameters unlike its route '${two}'.`,
    )
}
