export type Provider = 'sqlite' | 'postgresql' | 'mysql' | 'cockroachdb' | 'sqlserver'

/** What the server knows of a model at run time. `models.ts` holds one entry per model. */
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

interface ColumnMeta {
  readonly list?: true
  readonly nullable?: true
  /** May be left out when a row is created: nullable, list, or the database or Prisma fills it in. */
  readonly optional?: true
  /** A list or a nullable column that has a default; others are empty when they are left out. */
  readonly hasDefault?: true
  /** What a row holds that is created without it, where that is the same text, number or truth value for all. */
  readonly default?: string | number | boolean
  /** Callers neither read nor write it: for them it is not there. */
  readonly hidden?: true
  /** Callers write it, and never read, filter or sort by it. */
  readonly writeonly?: true
  /** Set by the server alone: a generated id, `@updatedAt`, `@readonly`. */
  readonly readonly?: true
  /** Given when the row is created, then fixed: part of the primary key. */
  readonly immutable?: true
  /** Name in the database, where it is another one. */
  readonly column?: string
  /** Of a type that the database does not compare: `xml` with nothing, `json` only whole or within. */
  readonly uncompared?: 'xml' | 'json'
  readonly description?: string
}

/** What a column's type in the database holds. A value beyond it is refused, never cut or rounded. */
export interface Limits {
  /** Characters of a text, or as `measure` says; bytes of Bytes. */
  readonly minLength?: number
  readonly maxLength?: number
  readonly measure?: 'bytes' | 'utf16'
  /** A number; for BigInt and Decimal as text, for DateTime in ISO 8601. */
  readonly min?: number | string
  readonly max?: number | string
  /** Digits of a number in all, and after its point; without `scale` its significant digits. */
  readonly precision?: number
  readonly scale?: number
  /** The shortest time that a DateTime tells apart, in milliseconds, where that is more than one. */
  readonly step?: number
  /** `date` is a day and `time` a time of day, not an instant; `bits` are the digits 0 and 1. */
  readonly format?: 'uuid' | 'date' | 'time' | 'bits' | 'ip'
}

/** What it takes to check a value. */
export interface ScalarTypeMeta extends Limits {
  readonly type: ScalarType
}

export interface ScalarMeta extends ColumnMeta, ScalarTypeMeta {}

export interface EnumMeta extends ColumnMeta {
  readonly type: 'Enum'
  readonly name: string
  readonly values: readonly string[]
}

export interface RelationMeta {
  readonly type: 'Relation'
  readonly model: string
  readonly list?: true
  readonly nullable?: true
  /** Foreign key fields of this model and what they point to; only on the side that holds the key. */
  readonly fields?: readonly string[]
  readonly references?: readonly string[]
  /** The relation field on the other model. */
  readonly inverse: string
  /** As of columns; a relation is what its foreign key is. */
  readonly hidden?: true
  readonly writeonly?: true
  readonly readonly?: true
  readonly description?: string
}

export type FieldMeta = ScalarMeta | EnumMeta | RelationMeta

export interface UniqueMeta {
  /** The key in Prisma's `WhereUniqueInput`: `id`, or `postId_tagId` for several fields. */
  readonly name: string
  readonly fields: readonly string[]
}

export interface ModelMeta {
  readonly name: string
  /** Property of the Prisma client. */
  readonly delegate: string
  /** Path segment below `/api`. */
  readonly path: string
  /** False for a view: nothing of it is written. */
  readonly writable: boolean
  /** False where a required column is out of the client's sight, so that no row can be created. */
  readonly creatable: boolean
  /** How one row is addressed; null where a row has no key and only lists are served. */
  readonly key: UniqueMeta | null
  readonly uniques: readonly UniqueMeta[]
  readonly fields: Readonly<Record<string, FieldMeta>>
  /** Unique constraints by database name, to name the fields in a conflict. */
  readonly constraints: Readonly<Record<string, readonly string[]>>
  readonly description?: string
}
