import type { ModelName, Row } from './custom-types.js'

/** What is done with rows: reading one is the same by every route, filter and relation. */
export const OPERATIONS = ['read', 'create', 'update', 'delete'] as const

/** `list` stands for the list, its count and search; `update` for PATCH and PUT; each write for its bulk form too. */
export const ROUTES = ['list', 'get', 'create', 'update', 'delete'] as const

export type RouteName = (typeof ROUTES)[number]

/** Columns that can hold the id of a user. */
type IdColumn<M extends ModelName> = Extract<
  {
    [K in keyof Row<M>]: Row<M>[K] extends string | number | bigint | null ? K : never
  }[keyof Row<M>],
  string
>

type PermissionsBy<Column extends string> = {
  readonly [O in (typeof OPERATIONS)[number]]?: readonly (string | { readonly owner: Column })[]
}

/** So many requests of one caller in so many milliseconds, from the first of them on. */
export interface RateLimit {
  readonly max: number
  /** A whole number of seconds. */
  readonly windowMs: number
}

/** What stands before the routes of a model. Whatever is said of all routes holds for those of `*.custom.ts` too. */
interface Middleware {
  /** Routes that need somebody signed in; `true` for all of them. */
  readonly auth?: true | readonly RouteName[]
  /** Roles of which a caller needs one: for every route, or for each its own. */
  readonly roles?: readonly string[] | { readonly [R in RouteName]?: readonly string[] }
  /** For all routes together, or for each its own: by user, else by network. */
  readonly rateLimit?: RateLimit | { readonly [R in RouteName]?: RateLimit }
}

interface AccessBy<Column extends string> {
  /**
   * Who may do what with the rows of the model, however they are reached: who has one of these roles, or whose id stands
   * in the column `owner` of the row. It comes on top of the model's policy: it takes away, and never gives more.
   */
  readonly permissions?: PermissionsBy<Column>
  readonly middleware?: Middleware
}

/** Who may use a model, and how often. */
export type Access<M extends ModelName> = AccessBy<IdColumn<M>>

/** That of any model. */
export type AnyAccess = AccessBy<string>
export type AnyPermissions = PermissionsBy<string>

/** Tells a limit for all routes from limits for some. */
export const isForAll = (limit: NonNullable<Middleware['rateLimit']>): limit is RateLimit =>
  'max' in limit || 'windowMs' in limit
