import express, {
  Router,
  type ErrorRequestHandler,
  type RequestHandler,
  type Response,
} from 'express'
import type { IncomingMessage } from 'node:http'
import { env } from '../env.js'
import { dispatch, noRoute, otherMethod, type Call } from './dispatch.js'
import { toProblemResponse } from './errors.js'
import { logRequest, render, requestIdOf, type Head } from './exchange.js'
import { parseJsonBody } from './json-body.js'
import { modelMeta } from './lookup.js'
import { parseQueryString } from './query-string.js'
import { endpointsOf, matchedRoute } from './resource.js'
import type { ApiResponse, Endpoint, MatchedRoute, Resource } from './route.js'
import { plainTarget, queryOf } from './target.js'

/** Strict routing: `/api/Posts` is not `/api/posts`. */
const ROUTING = { caseSensitive: true } as const

/** Gives every request an id, and its line in the log; refuses what is no address. */
export const requestContext: RequestHandler = (request, response, next) => {
  const head: Head = (response.locals['head'] = {
    id: requestIdOf(request.headers['x-request-id']),
    method: request.method,
    path: request.path,
  })
  const startedAt = performance.now()
  response.once('close', () => {
    const route = response.locals['route'] as MatchedRoute | null | undefined
    logRequest(head, route?.pattern ?? null, response.statusCode, startedAt)
  })
  const target = plainTarget(request.url)
  if (typeof target === 'string') next()
  else next(target)
}

/**
 * Reads bodies as bytes; what they are is decided by `parseJsonBody`, as on every framework. What goes wrong is told
 * by the route that takes the request.
 */
export const rawBody: RequestHandler = (request, response, next) => {
  if (!METHODS_WITH_BODY.has(request.method)) return next()
  readRaw(request, response, (error: unknown) => {
    response.locals['bodyError'] = error
    next()
  })
}

const METHODS_WITH_BODY = new Set(['POST', 'PUT', 'PATCH', 'DELETE'])
const readRaw = express.raw({ type: () => true, limit: env.BODY_LIMIT, inflate: false })

/** The routes of every model, each below `/api/<path>`. */
export function resourceRouter(resources: readonly Resource[]): Router {
  const router = Router(ROUTING)
  for (const resource of resources) {
    const { path } = modelMeta(resource.model)
    router.use(`/${path}`, routerOf(endpointsOf(resource), `/api/${path}`))
  }
  return router
}

/** Routes beside the models. */
export const endpointRouter = (endpoints: readonly Endpoint[]): Router => routerOf(endpoints, '')

/** Answers what no route took. */
export const fallback: RequestHandler = handle(noRoute)

/** Answers what went wrong before a handler was reached. */
export const onError: ErrorRequestHandler = (error, _request, response, next) => {
  if (response.headersSent) next(error)
  else send(response, toProblemResponse(error, response.locals['head']))
}

function routerOf(endpoints: readonly Endpoint[], prefix: string): Router {
  const router = Router(ROUTING)
  for (const path of new Set(endpoints.map((endpoint) => endpoint.path))) {
    const here = endpoints.filter((endpoint) => endpoint.path === path)
    for (const endpoint of here) {
      const { method, handler } = endpoint
      router[METHODS[method]](path, handle({ route: matchedRoute(prefix, endpoint), handler }))
    }
    router.all(path, handle(otherMethod(prefix, here)))
  }
  return router
}

const METHODS = {
  GET: 'get',
  POST: 'post',
  PUT: 'put',
  PATCH: 'patch',
  DELETE: 'delete',
} as const

function handle(call: Call): RequestHandler {
  return async (request, response) => {
    response.locals['route'] = call.route
    const head = response.locals['head'] as Head
    const answer = await dispatch(call, head, () => {
      if (response.locals['bodyError'] !== undefined) throw response.locals['bodyError']
      const header = headerOf(request)
      const { id, method } = head
      return {
        ...{ id, method, header },
        params: request.params as Record<string, string>,
        query: parseQueryString(queryOf(request.url)),
        body: parseJsonBody(header, request.body as Uint8Array | undefined),
        address: request.socket.remoteAddress ?? '',
      }
    })
    send(response, answer)
  }
}

const headerOf =
  ({ headers }: IncomingMessage) =>
  (name: string): string | undefined => {
    const value = headers[name]
    return Array.isArray(value) ? value.join(', ') : value
  }

function send(response: Response, answer: ApiResponse): void {
  // The caller went away, or the time limit has answered already.
  if (response.headersSent || response.destroyed) return
  const { status, headers, payload } = render(
    answer,
    response.locals['head'],
    response.getHeader('vary'),
  )
  if (payload !== undefined) {
    response.setHeader('content-length', Buffer.byteLength(payload))
  }
  response.writeHead(status, headers).end(payload)
}
