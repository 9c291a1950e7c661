import type { z } from 'zod'
import type { Prisma } from '../generated/prisma/client.js'
import type { Context } from './context.js'

type Models = Prisma.TypeMap['model']
export type ModelName = keyof Models

/** A row with all its columns, hidden ones too. */
export type Row<M extends ModelName> = Models[M]['payload']['scalars']

/** What Prisma takes as `data`: one of two forms, by relations or by foreign keys. */
type Data<M extends ModelName, O extends 'create' | 'update'> = Models[M]['operations'] extends {
  readonly [K in O]: { readonly args: { readonly data?: infer D } }
}
  ? NonNullable<D>
  : never

type Keys<T> = T extends unknown ? keyof T : never
type Value<T, K> = T extends unknown
  ? K extends keyof T
    ? Exclude<T[K], undefined>
    : never
  : never
type Needed<T> = { [K in keyof T]-?: undefined extends T[K] ? never : K }[keyof T]

/** Input of a create: the columns, and nested writes for relations. */
export type CreateInput<M extends ModelName, D = Data<M, 'create'>> = {
  [K in Needed<D>]: Value<D, K>
} & { [K in Exclude<Keys<D>, Needed<D>>]?: Value<D, K> }

/** Input of an update: values for columns, and nested writes for relations. */
export type UpdateInput<M extends ModelName, D = Data<M, 'update'>> = {
  [K in Keys<D>]?: K extends keyof Row<M> ? Value<Data<M, 'create'>, K> : Value<D, K>
}

type Done = void | Promise<void>

/**
 * What runs around every write of a model, within its transaction: what throws undoes it all, and a `Problem` is
 * the answer. `data` may be changed in place.
 */
export interface Hooks<M extends ModelName> {
  beforeCreate?(data: CreateInput<M>, context: Context): Done
  afterCreate?(row: Row<M>, context: Context): Done
  /** `data` holds what is to change; of a replacement what was given. */
  beforeUpdate?(data: UpdateInput<M>, row: Row<M>, context: Context): Done
  /** @param before the row as it was */
  afterUpdate?(row: Row<M>, before: Row<M>, context: Context): Done
  beforeDelete?(row: Row<M>, context: Context): Done
  afterDelete?(row: Row<M>, context: Context): Done
}

/** A field that answers hold beside the columns; it can be selected, but neither filtered nor sorted by. */
export interface ComputedField<
  M extends ModelName,
  N extends keyof Row<M> = keyof Row<M>,
  T extends z.ZodType = z.ZodType,
> {
  /** What it is in JSON, for the OpenAPI document. */
  readonly type: T
  /** The columns that it is made of, hidden ones among them. */
  readonly needs: readonly N[]
  compute(row: Pick<Row<M>, N>, context: Context): z.output<T>
}

type ComputedFields = Readonly<Record<string, { readonly type: z.ZodType }>>

/** The members that computed fields add to a row. */
export type Computed<F extends ComputedFields> = {
  -readonly [K in keyof F]: z.output<F[K]['type']>
}
