import { readdir } from 'node:fs/promises'
import type { z } from 'zod'
import type { Context } from './context.js'
import type { ComputedField, Hooks, ModelName, Row } from './custom-types.js'
import { isRelation, modelMeta } from './lookup.js'
import type { CustomRoute } from './route.js'

export type { Computed } from './custom-types.js'

/** The hooks of any model. */
interface AnyHooks {
  beforeCreate?(data: object, context: Context): unknown
  afterCreate?(row: object, context: Context): unknown
  beforeUpdate?(data: object, row: object, context: Context): unknown
  afterUpdate?(row: object, before: object, context: Context): unknown
  beforeDelete?(row: object, context: Context): unknown
  afterDelete?(row: object, context: Context): unknown
}

/** A computed field of any model. */
interface AnyComputed {
  readonly type: z.ZodType
  readonly needs: readonly string[]
  compute(row: object, context: Context): unknown
}

const hooks = new Map<string, AnyHooks>()
const routes = new Map<string, readonly CustomRoute[]>()
const computed = new Map<string, ReadonlyMap<string, AnyComputed>>()

/** Says what runs around every write of a model. @throws Error when that is said already */
export function defineHooks<M extends ModelName>(model: M, defined: Hooks<M>): void {
  once(hooks, model, 'hooks', defined as AnyHooks)
}

/** Keeps the types of one route together: what `body` lets through is what `handler` gets. */
type RouteMaker = <B extends z.ZodType = z.ZodUndefined>(route: CustomRoute<B>) => CustomRoute

/** Says what is served below a model's path beside its own routes. @throws Error when that is said already */
export function defineRoutes(
  model: ModelName,
  define: (route: RouteMaker) => readonly CustomRoute[],
): void {
  once(
    routes,
    model,
    'routes',
    define((route) => route as unknown as CustomRoute),
  )
}

/** Keeps the types of one field together: `compute` sees what it needs. */
type FieldMaker<M extends ModelName> = <N extends keyof Row<M>, T extends z.ZodType>(
  field: ComputedField<M, N, T>,
) => ComputedField<M, N, T>

/**
 * Says what rows of a model hold beside their columns.
 * @returns the fields, whose types `Computed` tells
 * @throws Error when that is said already, or a name is that of a field of the schema
 */
export function defineComputed<
  M extends ModelName,
  F extends Readonly<Record<string, { readonly type: z.ZodType }>>,
>(model: M, define: (field: FieldMaker<M>) => F): F {
  const defined = define((field) => field)
  const fields = Object.entries(defined) as unknown as [string, AnyComputed][]
  for (const [name, { needs }] of fields) checkComputed(model, name, needs)
  once(computed, model, 'computed fields', new Map(fields))
  return defined
}

function checkComputed(model: string, name: string, needs: readonly string[]): void {
  const { fields } = modelMeta(model)
  if (Object.hasOwn(fields, name))
    throw new Error(`The computed field '${model}.${name}' is a field of the schema already.`)
  const unknown = needs.find((need) => {
    const field = Object.hasOwn(fields, need) ? fields[need] : undefined
    return !field || isRelation(field)
  })
  if (unknown !== undefined)
    throw new Error(`The computed field '${model}.${name}' needs '${unknown}', which is no column.`)
}

function once<T>(known: Map<string, T>, model: string, what: string, value: T): void {
  modelMeta(model)
  if (known.has(model)) throw new Error(`The ${what} of ${model} are defined twice.`)
  known.set(model, value)
}

const NONE: ReadonlyMap<string, AnyComputed> = new Map()
const NO_HOOKS: AnyHooks = {}

export const hooksOf = (model: string): AnyHooks => hooks.get(model) ?? NO_HOOKS

/** Whether anything runs before or after this. */
export const hasHooks = (model: string, operation: 'Create' | 'Update' | 'Delete'): boolean => {
  const known = hooksOf(model)
  return known[`before${operation}`] !== undefined || known[`after${operation}`] !== undefined
}

export const computedOf = (model: string): ReadonlyMap<string, AnyComputed> =>
  computed.get(model) ?? NONE

/** The routes that are served beside the generated ones, by model. */
export const customRoutes = (): ReadonlyMap<string, readonly CustomRoute[]> => routes

/** Loads every `*.custom.ts` below a folder: none needs to be there, and none is named elsewhere. */
export async function loadCustom(folder: URL): Promise<void> {
  const names = await readdir(folder, { recursive: true })
  for (const name of names.filter((file) => /\.custom\.[jt]s$/.test(file)).sort()) {
    await import(new URL(name.replaceAll('\\', '/'), folder).href)
  }
}
