import type {
  FastifyError,
  FastifyInstance,
  FastifyPluginAsync,
  FastifyReply,
  FastifyRequest,
  HTTPMethods,
  RouteHandlerMethod,
} from 'fastify'
import { dispatch, noRoute, otherMethod, type Call } from './dispatch.js'
import { toProblemResponse } from './errors.js'
import { logRequest, render, type Head } from './exchange.js'
import { parseJsonBody } from './json-body.js'
import { modelMeta } from './lookup.js'
import { parseQueryString } from './query-string.js'
import { endpointsOf, matchedRoute } from './resource.js'
import type { ApiResponse, Endpoint, Resource } from './route.js'
import { plainTarget, queryOf } from './target.js'

/** What holds for every request: bodies as bytes, a line in the log, answers to what no route took. */
export function useConventions(app: FastifyInstance): void {
  // What the bytes are is decided by `parseJsonBody`, as on every framework.
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
  app.addHook('onRequest', async ({ url }) => {
    const target = plainTarget(url)
    if (typeof target !== 'string') throw target
  })
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? null
    logRequest(headOf(request), route, reply.statusCode, performance.now() - reply.elapsedTime)
  })
  app.setNotFoundHandler(handle(noRoute))
  app.setErrorHandler<FastifyError>(onError)
}

/** Answers what went wrong before a handler was reached. */
export function onError(error: FastifyError, request: FastifyRequest, reply: FastifyReply): void {
  const head = headOf(request)
  send(reply, toProblemResponse(error, head), head)
}

/** The routes of every model, each below `/api/<path>`. */
export const resourcePlugin =
  (resources: readonly Resource[]): FastifyPluginAsync =>
  async (app) => {
    for (const resource of resources) {
      bind(app, `/api/${modelMeta(resource.model).path}`, endpointsOf(resource))
    }
  }

/** Routes beside the models. */
export const endpointPlugin =
  (endpoints: readonly Endpoint[]): FastifyPluginAsync =>
  async (app) =>
    bind(app, '', endpoints)

const METHODS: HTTPMethods[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE']

function bind(app: FastifyInstance, prefix: string, endpoints: readonly Endpoint[]): void {
  for (const path of new Set(endpoints.map((endpoint) => endpoint.path))) {
    const here = endpoints.filter((endpoint) => endpoint.path === path)
    for (const endpoint of here) {
      const { method, handler } = endpoint
      const route = matchedRoute(prefix, endpoint)
      app.route({ method, url: route.pattern, handler: handle({ route, handler }) })
    }
    const taken = new Set<string>(here.map(({ method }) => method))
    app.route({
      method: METHODS.filter((method) => !taken.has(method)),
      url: prefix + path,
      handler: handle(otherMethod(prefix, here)),
      exposeHeadRoute: false,
    })
  }
}

function handle(call: Call): RouteHandlerMethod {
  return async (request, reply) => {
    const head = headOf(request)
    const { id, method } = head
    const answer = await dispatch(call, head, () => {
      const header = headerOf(request)
      return {
        ...{ id, method, header },
        params: request.params as Record<string, string>,
        query: parseQueryString(queryOf(request.url)),
        body: parseJsonBody(header, request.body as Uint8Array | undefined),
        address: request.socket.remoteAddress ?? '',
      }
    })
    return send(reply, answer, head)
  }
}

const headOf = ({ id, method, url }: FastifyRequest): Head => ({
  id,
  method,
  path: url.split('?', 1)[0] ?? '',
})

const headerOf =
  ({ headers }: FastifyRequest) =>
  (name: string): string | undefined => {
    const value = headers[name]
    return Array.isArray(value) ? value.join(', ') : value
  }

function send(reply: FastifyReply, answer: ApiResponse, request: Pick<Head, 'id'>): FastifyReply {
  const { status, headers, payload } = render(answer, request, reply.getHeader('vary'))
  return reply.code(status).headers(headers).send(payload)
}
