/** A plain connection below Prisma: what migrations need. */
export interface Connection {
  /** Creates Prisma's table of migrations where it is missing. */
  readonly createMigrationsTable: string
  /** Runs one statement, written as a template; values travel as parameters. */
  query(parts: TemplateStringsArray, ...values: SqlValue[]): Promise<Record<string, unknown>[]>
  /** Runs a script of any number of statements. */
  script(sql: string): Promise<void>
  /** Whether there is any table but that of migrations. */
  hasTables(): Promise<boolean>
  /** Waits until no other process migrates this database; held until the connection closes. */
  lock(): Promise<void>
  close(): Promise<void>
}

type SqlValue = string | number | null
