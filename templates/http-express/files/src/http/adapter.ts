import express, {
  Router,
  type ErrorRequestHandler,
  type Request,
  type RequestHandler,
  type Response,
} from 'express'
import type { IncomingMessage } from 'node:http'
import { env } from '../env.js'
import { dispatch, otherMethod, unknownPath } from './dispatch.js'
import { toProblemResponse } from './errors.js'
import { logRequest, render, requestIdOf } from './exchange.js'
import { parseJsonBody } from './json-body.js'
import { modelMeta } from './lookup.js'
import { parseQueryString } from './query-string.js'
import { endpointsOf } from './resource.js'
import type { ApiRequest, ApiResponse, Endpoint, Handler, Resource } from './route.js'

/** Strict routing: `/api/Posts` is not `/api/posts`. */
const ROUTING = { caseSensitive: true } as const

/** Gives every request an id, and its line in the log. */
export const requestContext: RequestHandler = (request, response, next) => {
  const head = (response.locals['head'] = {
    id: requestIdOf(request.headers['x-request-id']),
    method: request.method,
    path: request.path,
  })
  const startedAt = performance.now()
  response.once('close', () => logRequest(head, routeOf(request), response.statusCode, startedAt))
  next()
}

/** The pattern that took a request: Express keeps it in two parts. */
function routeOf({ baseUrl, route }: Request): string | null {
  if (route === undefined) return null
  const { path } = route as { path: string }
  return path === '/' && baseUrl !== '' ? baseUrl : baseUrl + path
}

/** Reads bodies as bytes; what they are is decided by `parseJsonBody`, as on every framework. */
export const rawBody: RequestHandler = (request, response, next) => {
  if (!METHODS_WITH_BODY.has(request.method)) next()
  else readRaw(request, response, next)
}

const METHODS_WITH_BODY = new Set(['POST', 'PUT', 'PATCH', 'DELETE'])
const readRaw = express.raw({ type: () => true, limit: env.BODY_LIMIT, inflate: false })

/** The routes of every model, each below `/api/<path>`. */
export function resourceRouter(resources: readonly Resource[]): Router {
  const router = Router(ROUTING)
  for (const resource of resources) {
    router.use(`/${modelMeta(resource.model).path}`, routerOf(endpointsOf(resource)))
  }
  return router
}

/** Routes beside the models. */
export const endpointRouter = (endpoints: readonly Endpoint[]): Router => routerOf(endpoints)

/** Answers what no route took. */
export const fallback: RequestHandler = handle(unknownPath)

/** Answers what went wrong before a handler was reached. */
export const onError: ErrorRequestHandler = (error, _request, response, next) => {
  if (response.headersSent) next(error)
  else send(response, toProblemResponse(error, response.locals['head']))
}

function routerOf(routes: readonly Endpoint[]): Router {
  const router = Router(ROUTING)
  router.use(refuseEmptySegment)
  for (const path of new Set(routes.map((route) => route.path))) {
    const here = routes.filter((route) => route.path === path)
    for (const { method, handler } of here) {
      router[METHODS[method]](path, handle(handler))
    }
    router.all(path, handle(otherMethod(here.map(({ method }) => method))))
  }
  return router
}

/** Express takes `/api/posts//` for `/api/posts`. */
const refuseEmptySegment: RequestHandler = ({ path }, _response, next) =>
  path.startsWith('//') ? next('router') : next()

const METHODS = {
  GET: 'get',
  POST: 'post',
  PUT: 'put',
  PATCH: 'patch',
  DELETE: 'delete',
} as const

function handle(handler: Handler): RequestHandler {
  return async (request, response) => {
    const head = response.locals['head'] as Pick<ApiRequest, 'id' | 'method' | 'path'>
    const answer = await dispatch(handler, head, () => {
      const header = headerOf(request)
      return {
        ...head,
        params: request.params as Record<string, string>,
        query: parseQueryString(request.originalUrl.split('?', 2)[1] ?? ''),
        body: parseJsonBody(header, request.body as Uint8Array | undefined),
        address: request.socket.remoteAddress ?? '',
        header,
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
  const { status, headers, payload } = render(answer, response.locals['head'])
  if (payload !== undefined) {
    response.setHeader('content-length', Buffer.byteLength(payload))
  }
  response.writeHead(status, headers).end(payload)
}
