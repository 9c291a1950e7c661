/** A connection that the schema engine works through. */
export type Driver = {
  query(sql: string, args: readonly unknown[]): Promise<ResultSet>
  /** Runs any number of statements. */
  script(sql: string): Promise<void>
  close(): Promise<void>
}

export type ResultSet = {
  readonly columnNames: string[]
  /** Numbers of `ColumnType`. */
  readonly columnTypes: number[]
  readonly rows: unknown[][]
  readonly affected: number
}

/** How the engine reaches one app's database, and an empty one to replay migrations in. */
export type Drivers = {
  readonly dialect: 'sqlite' | 'postgres'
  readonly schemaName: string | undefined
  main(): Promise<Driver>
  shadow(): Promise<Driver>
  /** A database's error in the form the engine knows. */
  describeError(error: unknown): object
}
