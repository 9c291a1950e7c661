/** What Prisma's WASM returns as the data model: only what is read here. */
export type RawField = {
  readonly name: string
  readonly dbName?: string | null
  readonly kind: 'scalar' | 'enum' | 'object' | 'unsupported'
  readonly isList: boolean
  readonly isRequired: boolean
  readonly isUnique: boolean
  readonly isId: boolean
  readonly type: string
  readonly nativeType?: readonly [string, readonly string[]] | null
  readonly default?: RawDefault
  readonly isUpdatedAt?: boolean
  readonly relationName?: string
  readonly relationFromFields?: readonly string[]
  readonly relationToFields?: readonly string[]
  readonly relationOnDelete?: string
  readonly relationOnUpdate?: string
  readonly documentation?: string
}

type Plain = string | number | boolean
type RawDefault =
  | Plain
  | readonly Plain[]
  | { readonly name: string; readonly args: readonly unknown[] }

export type RawModel = {
  readonly name: string
  readonly dbName: string | null
  readonly schema: string | null
  readonly fields: readonly RawField[]
  readonly primaryKey: { readonly name: string | null; readonly fields: readonly string[] } | null
  readonly uniqueIndexes: readonly {
    readonly name: string | null
    readonly fields: readonly string[]
  }[]
  readonly documentation?: string
}

export type RawEnum = {
  readonly name: string
  readonly dbName: string | null
  readonly values: readonly {
    readonly name: string
    readonly dbName: string | null
    readonly documentation?: string
  }[]
  readonly documentation?: string
}

export type RawIndex = {
  readonly model: string
  readonly type: 'id' | 'normal' | 'unique' | 'fulltext'
  readonly isDefinedOnField: boolean
  readonly dbName?: string
  readonly fields: readonly { readonly name: string }[]
}

export type RawDatamodel = {
  readonly enums: readonly RawEnum[]
  readonly models: readonly RawModel[]
  readonly indexes: readonly RawIndex[]
}
