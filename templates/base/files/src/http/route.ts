import type { core } from 'zod'
import type { Context } from './context.js'

/** What a handler sees of a request, whatever the framework. */
export interface ApiRequest {
  readonly method: string
  /** Path without the query string. */
  readonly path: string
  /** Path parameters, decoded. */
  readonly params: Readonly<Record<string, string>>
  /** The query string, parsed by `parseQueryString`. */
  readonly query: Readonly<Record<string, unknown>>
  /** The parsed JSON body; undefined where there is none. */
  readonly body: unknown
  /** Request id, also in the log and the `x-request-id` header. */
  readonly id: string
  header(name: string): string | undefined
}

export interface ApiResponse<Body = unknown> {
  readonly status: number
  /** JSON; left out for 204 and 304. */
  readonly body?: Body
  /** Sent as it is instead of `body`, for pages and files; needs a `content-type` header. */
  readonly content?: string | Uint8Array
  readonly headers?: Readonly<Record<string, string>>
}

/** Body of an answer that holds one thing. */
export interface One<T> {
  readonly data: T
}

/** Body of an answer that holds one page of rows. */
export interface Page<T> {
  readonly data: readonly T[]
  readonly meta: {
    readonly total: number
    readonly skip: number
    readonly take: number
    readonly hasMore: boolean
    /** Id of the last row, to continue after it; null on the last page. */
    readonly nextCursor: string | null
  }
}

export type Handler = (request: ApiRequest) => Promise<ApiResponse> | ApiResponse

/** Of a model's route. */
export type RouteHandler = (context: Context) => Promise<ApiResponse> | ApiResponse

/** What the OpenAPI document says of a route. Model operations are described from their `kind`. */
export type OperationKind =
  | 'list'
  | 'count'
  | 'search'
  | 'get'
  | 'create'
  | 'update'
  | 'replace'
  | 'delete'
  | 'createMany'
  | 'updateMany'
  | 'deleteMany'

export interface Route {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE'
  /** Relative to the resource: `/`, `/count`, `/:id`, `/:orderId/:productId`. */
  readonly path: string
  readonly kind: OperationKind
  /** What the body must look like. */
  readonly body?: core.$ZodType
  readonly handler: RouteHandler
}

/** The routes of one model below `/api/<path>`; static paths come before those with parameters. */
export interface Resource {
  /** Name of the model in `schema/models.ts`. */
  readonly model: string
  readonly routes: readonly Route[]
}

/** A route beside the models: health, documentation, webhooks. */
export interface Endpoint {
  readonly method: Route['method']
  /** From the root of the server: `/health`. */
  readonly path: string
  readonly handler: Handler
}
