import type {
  FastifyError,
  FastifyInstance,
  FastifyPluginAsync,
  FastifyReply,
  FastifyRequest,
  HTTPMethods,
  RouteHandlerMethod,
} from 'fastify'
import { dispatch, otherMethod, unknownPath } from './dispatch.js'
import { toProblemResponse } from './errors.js'
import { logRequest, render } from './exchange.js'
import { parseJsonBody } from './json-body.js'
import { modelMeta } from './lookup.js'
import { parseQueryString } from './query-string.js'
import { endpointsOf } from './resource.js'
import type { ApiRequest, ApiResponse, Endpoint, Handler, Resource } from './route.js'

/** What holds for every request: bodies as bytes, a line in the log, answers to what no route took. */
export function useConventions(app: FastifyInstance): void {
  // What the bytes are is decided by `parseJsonBody`, as on every framework.
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? null
    logRequest(headOf(request), route, reply.statusCode, performance.now() - reply.elapsedTime)
  })
  app.setNotFoundHandler(handle(unknownPath))
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

function bind(app: FastifyInstance, prefix: string, routes: readonly Endpoint[]): void {
  for (const path of new Set(routes.map((route) => route.path))) {
    const here = routes.filter((route) => route.path === path)
    const url = path === '/' ? prefix : prefix + path
    for (const { method, handler } of here) app.route({ method, url, handler: handle(handler) })
    const taken: readonly string[] = here.map(({ method }) => method)
    const others = METHODS.filter((method) => !taken.includes(method))
    app.route({ method: others, url, handler: handle(otherMethod(taken)), exposeHeadRoute: false })
  }
}

function handle(handler: Handler): RouteHandlerMethod {
  return async (request, reply) => {
    const head = headOf(request)
    const answer = await dispatch(handler, head, () => {
      const header = headerOf(request)
      return {
        ...head,
        params: request.params as Record<string, string>,
        query: parseQueryString(request.url.split('?', 2)[1] ?? ''),
        body: parseJsonBody(header, request.body as Uint8Array | undefined),
        address: request.socket.remoteAddress ?? '',
        header,
      }
    })
    return send(reply, answer, head)
  }
}

const headOf = ({
  id,
  method,
  url,
}: FastifyRequest): Pick<ApiRequest, 'id' | 'method' | 'path'> => ({
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

function send(
  reply: FastifyReply,
  answer: ApiResponse,
  request: Pick<ApiRequest, 'id'>,
): FastifyReply {
  const { status, headers, payload } = render(answer, request)
  return reply.code(status).headers(headers).send(payload)
}
