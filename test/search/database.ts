import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { driver } from '../services/servers.js'
import type { Row } from '../policies/scene.js'
import { linksOf, type Rows, type Spec } from './spec.js'

/** All rows of an app's database, put there and read by somebody else than the app. */
export type RowStore = {
  /** Puts just these rows there. */
  write(rows: Rows): Promise<void>
  read(): Promise<Rows>
  close(): Promise<void>
}

/** Runs statements on a connection of its own. */
type Connection = {
  script(statements: readonly string[]): Promise<void>
  query(sql: string): Promise<readonly Row[]>
  close(): Promise<void>
}

type Dialect = {
  readonly quote: '"' | '`'
  /** Around statements that write rows in any order. */
  readonly before: string
  readonly after: string
}

const DIALECTS = {
  sqlite: { quote: '"', before: 'BEGIN; PRAGMA defer_foreign_keys=ON', after: 'COMMIT' },
  postgresql: {
    quote: '"',
    before: 'BEGIN; SET LOCAL session_replication_role = replica',
    after: 'COMMIT',
  },
  mysql: {
    quote: '`',
    before: 'SET FOREIGN_KEY_CHECKS=0; BEGIN',
    after: 'COMMIT; SET FOREIGN_KEY_CHECKS=1',
  },
} as const satisfies Record<string, Dialect>

type Table = {
  readonly name: string
  readonly rows: string
  readonly columns: readonly {
    readonly name: string
    readonly as: string
    readonly boolean: boolean
  }[]
}

/** Opens the tables of a schema. */
export async function openRows(
  spec: Spec,
  provider: keyof typeof DIALECTS,
  url: string,
): Promise<RowStore> {
  const connection = await CONNECT[provider](url)
  const { quote, before, after } = DIALECTS[provider]
  const tables = tablesOf(spec)
  const quoted = (name: string): string => quote + name + quote
  const selects = tables.map((table) => {
    const columns = table.columns.map(({ name, as }) => `${quoted(name)} AS ${quoted(as)}`)
    return { ...table, sql: `SELECT ${columns.join(', ')} FROM ${quoted(table.name)}` }
  })
  return {
    async write(rows) {
      const inserts = tables.flatMap(({ name, rows: key, columns }) => {
        const values = (rows[key] ?? []).map(
          (row) => `(${columns.map((column) => literal(row[column.as], provider)).join(', ')})`,
        )
        const names = columns.map((column) => quoted(column.name)).join(', ')
        return values.length === 0
          ? []
          : [`INSERT INTO ${quoted(name)} (${names}) VALUES ${values.join(', ')}`]
      })
      const deletes = [...tables].reverse().map(({ name }) => `DELETE FROM ${quoted(name)}`)
      await connection.script([before, ...deletes, ...inserts, after])
    },
    async read() {
      const rows: Record<string, readonly Row[]> = {}
      for (const { rows: key, columns, sql } of selects) {
        const booleans = columns.filter(({ boolean }) => boolean).map(({ as }) => as)
        rows[key] = (await connection.query(sql)).map((row) => ({
          ...row,
          ...Object.fromEntries(
            booleans.map((name) => [name, row[name] === null ? null : Boolean(row[name])]),
          ),
        }))
      }
      return rows
    },
    close: () => connection.close(),
  }
}

function tablesOf({ models, relations }: Spec): readonly Table[] {
  const plain = models.map(({ name, columns }): Table => {
    const keys = relations.flatMap((it) => (it.from === name ? it.keys : []))
    const all = [...columns, ...keys].map((column) => ({
      ...{ name: column.name, as: column.name, boolean: column.type === 'Boolean' },
    }))
    return { name, rows: name, columns: all }
  })
  const links = relations.flatMap(({ kind, name, from, to, field, inverse }): Table[] => {
    if (kind !== 'many-to-many') return []
    // Prisma calls the columns A and B, in the order of `Model.field`.
    const first = from === to ? field < inverse : from < to
    const [a, b] = first ? ['from', 'to'] : ['to', 'from']
    const column = (column: string, as: string) => ({ name: column, as, boolean: false })
    return [{ name: `_${name}`, rows: linksOf(name), columns: [column('A', a!), column('B', b!)] }]
  })
  return [...plain, ...links]
}

function literal(value: unknown, provider: string): string {
  if (value === null || value === undefined) return 'NULL'
  if (typeof value === 'string') return `'${value.replaceAll("'", "''")}'`
  if (typeof value === 'boolean')
    return provider === 'postgresql' ? String(value) : value ? '1' : '0'
  return String(value)
}

type Libsql = {
  createClient(config: object): {
    execute(sql: string): Promise<{ rows: readonly Row[]; columns: readonly string[] }>
    executeMultiple(sql: string): Promise<void>
    close(): void
  }
}
type Pg = {
  Client: new (options: object) => {
    connect(): Promise<void>
    query(sql: string): Promise<{ rows: Row[] }>
    end(): Promise<void>
  }
}
type Mariadb = {
  createConnection(
    url: string,
  ): Promise<{ query(sql: string): Promise<Row[]>; end(): Promise<void> }>
}

const CONNECT = {
  async sqlite(url: string): Promise<Connection> {
    const { createClient } = await driver<Libsql>('@libsql/client')
    mkdirSync(dirname(url.replace(/^file:/, '')), { recursive: true })
    const client = createClient({ url })
    await client.execute('PRAGMA synchronous=OFF')
    return {
      script: (statements) => client.executeMultiple(statements.join(';\n')),
      async query(sql) {
        const { rows, columns } = await client.execute(sql)
        return rows.map((row) => Object.fromEntries(columns.map((name) => [name, row[name]])))
      },
      close: async () => client.close(),
    }
  },
  async postgresql(url: string): Promise<Connection> {
    const { Client } = await driver<Pg>('pg')
    const client = new Client({ connectionString: url })
    await client.connect()
    return {
      async script(statements) {
        await client.query(statements.join(';\n'))
      },
      query: async (sql) => (await client.query(sql)).rows,
      close: () => client.end(),
    }
  },
  async mysql(url: string): Promise<Connection> {
    const { createConnection } = await driver<Mariadb>('mariadb')
    const address = new URL(url.replace(/^mysql:/, 'mariadb:'))
    address.searchParams.set('multipleStatements', 'true')
    const connection = await createConnection(address.href)
    return {
      async script(statements) {
        await connection.query(statements.join(';\n'))
      },
      query: async (sql) => (await connection.query(sql)).map((row) => ({ ...row })),
      close: () => connection.end(),
    }
  },
}
