export type MigrateOptions = {
  /** Words for the migration's name; `migration` when left out, `init` for the first. */
  readonly name?: string | undefined
  readonly acceptDataLoss?: boolean | undefined
  /** What has a new name, as `--rename` takes it. */
  readonly rename?: string | undefined
}

export type MigrateResult = {
  /** Name and file of the new migration; null when the schema has not changed. */
  readonly created: { readonly name: string; readonly path: string } | null
  /** The one before it that only gives new names, where the change is more than that. */
  readonly renamed?: { readonly name: string; readonly path: string }
  /** Names of all migrations applied, older ones that this database did not have included. */
  readonly applied: readonly string[]
  /** Names of those that were only recorded, as the database had their tables. */
  readonly adopted: readonly string[]
  /** Views of the schema that were made without a row: what they select is for the user to say. */
  readonly emptyViews: readonly string[]
}

export type PushResult = {
  /** Changes made; 0 where the database was what the schema says. */
  readonly steps: number
  /** As after a migration. */
  readonly emptyViews: readonly string[]
}
