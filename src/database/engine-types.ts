import type { SchemaText } from './app.js'

/** The part of `@prisma/schema-engine-wasm` that we use; the package itself lies in the app. */
export type SchemaEngine = {
  free(): void
  schemaPush(input: { force: boolean; schema: Schemas; filters: Filters }): Promise<{
    executedSteps: number
    warnings: string[]
    unexecutable: string[]
  }>
  devDiagnostic(input: {
    migrationsList: MigrationList
    filters: Filters
  }): Promise<{ action: { tag: 'createMigration' } | { tag: 'reset'; reason: string } }>
  evaluateDataLoss(input: {
    migrationsList: MigrationList
    schema: Schemas
    filters: Filters
  }): Promise<{ migrationSteps: number; warnings: Feedback[]; unexecutableSteps: Feedback[] }>
  createMigration(input: {
    draft: boolean
    migrationName: string
    migrationsList: MigrationList
    schema: Schemas
    filters: Filters
  }): Promise<{ migrationScript: string | null }>
  applyMigrations(input: {
    migrationsList: MigrationList
    filters: Filters
  }): Promise<{ appliedMigrationNames: string[] }>
  introspect(input: {
    schema: Schemas
    baseDirectoryPath: string
    force: boolean
    compositeTypeDepth: number
    namespaces: string[] | null
  }): Promise<{ schema: Schemas; warnings: string | null }>
  diff(input: {
    from: DiffTarget
    to: DiffTarget
    script: boolean
    exitCode: boolean | null
    filters: Filters
  }): Promise<{ stdout: string | null }>
}

export type EngineClass = {
  new: (
    options: { datamodels: [string, string][] | undefined },
    log: () => void,
    factory: object,
  ) => Promise<SchemaEngine>
}

type Schemas = { files: readonly SchemaText[] }
type Filters = { externalTables: string[]; externalEnums: string[] }
type Feedback = { message: string; stepIndex: number }
type DiffTarget = { tag: 'empty' } | ({ tag: 'schemaDatamodel' } & Schemas)

export type MigrationList = {
  baseDir: string
  lockfile: { path: string; content: string | null }
  shadowDbInitScript: string
  migrationDirectories: {
    path: string
    migrationFile: { path: string; content: { tag: 'ok'; value: string } }
  }[]
}

/** The types of columns, numbered as Prisma's driver adapters number them. */
export const ColumnType = {
  Int32: 0,
  Int64: 1,
  Float: 2,
  Double: 3,
  Numeric: 4,
  Boolean: 5,
  Character: 6,
  Text: 7,
  Date: 8,
  Time: 9,
  DateTime: 10,
  Json: 11,
  Bytes: 13,
  Uuid: 15,
  Int32Array: 64,
  Int64Array: 65,
  BooleanArray: 69,
  CharacterArray: 70,
  TextArray: 71,
} as const
