/**
 * The intermediate representation: what a Prisma schema says, normalised, with every relation resolved.
 * Plain readonly data; nothing here knows how it is emitted. Made by `load.ts`, read by `src/view`.
 */

import type { PolicyExpression } from './policy-ast.js'

export type Provider = 'sqlite' | 'postgresql' | 'mysql' | 'cockroachdb' | 'sqlserver'

export type ScalarType =
  | 'String'
  | 'Int'
  | 'BigInt'
  | 'Float'
  | 'Decimal'
  | 'Boolean'
  | 'DateTime'
  | 'Json'
  | 'Bytes'

/** Where something stands in the schema: path as the user gave it, line and column from 1. */
export type Position = { readonly file: string; readonly line: number; readonly column: number }

/** A file of the schema; `path` is relative to the app's `prisma/` folder, `content` is normalised for Prisma 7. */
export type SchemaFile = { readonly path: string; readonly content: string }

/** Something the reader should know: taken out, moved, hidden, not served, or come along. */
export type Notice = {
  readonly code: 'normalised' | 'hidden' | 'not-served' | 'not-enforced' | 'plugin' | 'sign-in'
  readonly message: string
  readonly at?: Position
}

export type DefaultValue =
  | { readonly kind: 'literal'; readonly value: string | number | boolean }
  | { readonly kind: 'list'; readonly values: readonly (string | number | boolean)[] }
  | { readonly kind: 'function'; readonly name: string; readonly args: readonly unknown[] }

type FieldBase = {
  readonly name: string
  /** Column name where `@map` gives another one, else the name. */
  readonly dbName: string
  readonly list: boolean
  /** False when the type ends in `?`. Lists are always required. */
  readonly required: boolean
  /** The text of `///` without annotation lines; null where there is none. */
  readonly documentation: string | null
  readonly annotations: FieldAnnotations
  readonly at: Position
}

export type ScalarField = FieldBase & {
  readonly kind: 'scalar'
  readonly type: ScalarType
  readonly id: boolean
  readonly unique: boolean
  readonly updatedAt: boolean
  readonly default: DefaultValue | null
  /** The expression of a column that the database computes from others of its row: nobody writes it. */
  readonly computedBy: string | null
  /** `@db.VarChar(20)` is `{ name: 'VarChar', args: ['20'] }`. */
  readonly nativeType: { readonly name: string; readonly args: readonly string[] } | null
  /** Names of the relation fields of this model whose foreign key this scalar is part of. */
  readonly foreignKeyOf: readonly string[]
}

/** A scalar whose values are those of an enum; `type` is the enum's name. */
export type EnumField = Omit<ScalarField, 'kind' | 'type'> & {
  readonly kind: 'enum'
  readonly type: string
}

export type RelationField = FieldBase & {
  readonly kind: 'relation'
  /** Name of the related model. */
  readonly type: string
  readonly relationName: string
  readonly cardinality: 'one-to-one' | 'one-to-many' | 'many-to-one' | 'many-to-many'
  /** True where this side holds the foreign key. */
  readonly owning: boolean
  /** Foreign key scalars of this model (owning side), else empty. */
  readonly fields: readonly string[]
  /** Fields of the related model that the foreign key points to (owning side), else empty. */
  readonly references: readonly string[]
  /** The relation field on the other model; always there in a valid schema. */
  readonly inverse: string
  /** True where both ends are the same model. */
  readonly self: boolean
  readonly onDelete: string | null
  readonly onUpdate: string | null
}

export type Field = ScalarField | EnumField | RelationField

/** A set of fields that finds one row. `name` is the key in Prisma's `WhereUniqueInput` (`id`, `a_b`, or the given name). */
export type UniqueKey = { readonly name: string; readonly fields: readonly string[] }

export type Model = {
  readonly name: string
  readonly dbName: string
  /** `@@schema`, null where there is none. */
  readonly dbSchema: string | null
  readonly kind: 'model' | 'view'
  readonly documentation: string | null
  readonly fields: readonly Field[]
  /** How one row is addressed: `@id`, `@@id`, else the first unique whose fields are all required; null: only lists. */
  readonly key: UniqueKey | null
  /** Fields of `@id` or `@@id`; empty where the model has neither. */
  readonly primaryKey: readonly string[]
  /** Every unique whose fields are all readable by the client, the key included. */
  readonly uniques: readonly UniqueKey[]
  /** Unique constraints and indexes by database name, to translate a database's error back to fields. */
  readonly indexes: readonly {
    readonly dbName: string
    readonly fields: readonly string[]
    readonly unique: boolean
  }[]
  /** True for an explicit junction of a many-to-many: its key is made of two or more foreign keys. */
  readonly junction: boolean
  /** Fields the client cannot see: `@ignore` or `Unsupported`. */
  readonly unseen: readonly {
    readonly name: string
    readonly reason: 'ignored' | 'unsupported'
    readonly blocksCreate: boolean
    readonly at: Position
  }[]
  readonly annotations: ModelAnnotations
  readonly at: Position
}

type EnumValue = {
  readonly name: string
  readonly dbName: string
  readonly documentation: string | null
}
export type Enum = {
  readonly name: string
  readonly dbName: string
  readonly documentation: string | null
  readonly values: readonly EnumValue[]
}

export type Schema = {
  readonly provider: Provider
  readonly files: readonly SchemaFile[]
  /** sha256 of the normalised files, hex. */
  readonly hash: string
  readonly models: readonly Model[]
  readonly enums: readonly Enum[]
  /** With `relationMode = "prisma"`: the Prisma client keeps relations whole, and the database has no foreign keys. */
  readonly emulatedRelations: boolean
  /** Models that form a cycle of required foreign keys, by name; no first row can be inserted into such a cycle. */
  readonly requiredCycles: readonly (readonly string[])[]
  readonly notices: readonly Notice[]
}

// ---- annotations: parsed and checked in annotations.ts ----

export type AuthKind = 'JWT' | 'Google' | 'ApiKey' | 'NextAuth' | 'public'
export type PolicyOperation = 'read' | 'create' | 'update' | 'delete' | 'write' | '*'
export type AnnotationValue = string | number | boolean | readonly AnnotationValue[]

export type ModelAnnotations = {
  readonly auth: readonly { readonly kinds: readonly AuthKind[]; readonly at: Position }[]
  readonly policies: readonly {
    readonly operations: readonly PolicyOperation[]
    readonly rule: string
    /** The rule, parsed and checked against the schema. */
    readonly expression: PolicyExpression
    readonly fields: readonly string[]
    /** Field, or path by to-one relations, that holds the owner's id, where `isOwner` asks for it. */
    readonly owner: string | null
    readonly at: Position
  }[]
  readonly services: readonly {
    readonly provider: string
    readonly options: Readonly<Record<string, AnnotationValue>>
    readonly at: Position
  }[]
  readonly realtime: {
    readonly subscribe: readonly string[]
    readonly broadcast: readonly string[]
    readonly at: Position
  } | null
  readonly search: {
    readonly fields: readonly string[]
    readonly weights: readonly (string | number)[]
    readonly at: Position
  } | null
}

export type FieldAnnotations = {
  /** By annotation, or by a name such as `passwordHash` unless `@hidden(false)` says otherwise. */
  readonly hidden: boolean
  readonly readonly: boolean
  readonly writeonly: boolean
  readonly label: string | null
  readonly ui: Readonly<Record<string, AnnotationValue>> | null
  /** Those of the model's policies that name this field. */
  readonly policies: ModelAnnotations['policies']
}
