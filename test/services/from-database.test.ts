import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readDatabase } from '../../src/database/read-database.js'
import { loadSchema } from '../../src/schema/load.js'
import { Client } from '../contract/client.js'
import { dependencyFolder } from '../contract/dependencies.js'
import { bins, linkDependencies } from '../examples/make.js'
import { run } from '../support/process.js'
import { startApp, type Started } from '../support/start.js'
import { apiRows, sqlRows, type Comparable, type Dialect } from './from-database/answers.js'
import { driver, servers, type Row, type TestDatabase } from './servers.js'

const COMBINATIONS = [
  { framework: 'express', mode: 'registry' },
  { framework: 'fastify', mode: 'layered' },
] as const

/** What each table is served under; `import_log` has no key and is not served. */
const RESOURCES = {
  addresses: 'addresses',
  categories: 'categories',
  countries: 'countries',
  customers: 'customers',
  employees: 'employees',
  labels: 'labels',
  order_lines: 'order-lines',
  orders: 'orders',
  payments: 'payments',
  product_categories: 'product-categories',
  products: 'products',
  settings: 'settings',
  shipment_lines: 'shipment-lines',
  shipments: 'shipments',
  order_totals: 'order-totals',
} as const

const METHODS: Readonly<Record<string, string>> = {
  'bank transfer': 'bank_transfer',
  '2nd cheque': 'nd_cheque',
}

const sql = (name: string): Promise<string> =>
  readFile(fileURLToPath(new URL(`from-database/${name}.sql`, import.meta.url)), 'utf8')

/** A database with the sample in it. */
async function filled(dialect: Dialect): Promise<TestDatabase> {
  const database = await servers[dialect].makeDatabase()
  for (const name of [dialect, 'rows', `rows-${dialect}`]) await database.execute(await sql(name))
  return database
}

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ssot-from-database-'))
})
afterAll(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }))

/** The app of a user who has a database, and nothing else. */
async function makeApp(
  url: string,
  { framework, mode }: (typeof COMBINATIONS)[number],
  kind = 'app',
): Promise<string> {
  const name = `${kind}-${framework}-${mode}-${new URL(url).protocol.slice(0, 5)}`
  const flags = ['--framework', framework, '--mode', mode, '--no-install', '--no-git', '--yes']
  const command = [process.execPath, bins.create, name, '--from-database', url, ...flags]
  const { code, output } = await run(command, { cwd: folder })
  expect(code, output).toBe(0)
  await linkDependencies(join(folder, name))
  return join(folder, name)
}

const ssot = (root: string, ...words: string[]) =>
  run([process.execPath, bins.ssot, ...words], { cwd: root })

describe.each(['postgresql', 'mysql'] as const)('an app from a %s database', (dialect) => {
  describe.each(COMBINATIONS)('$framework, $mode', (combination) => {
    let database: TestDatabase
    let root: string
    let before: unknown
    let app: Started
    const api = new Client(() => app.url)

    beforeAll(async () => {
      database = await filled(dialect)
      before = await contents(database)
      root = await makeApp(database.url, combination)
      await ssot(root, 'client')
      app = await startApp(root, ['--import', 'tsx', 'src/server.ts'])
    })
    afterAll(async () => {
      await app?.stop()
      await database?.remove()
    })

    /** All rows of a list, page by page. */
    async function list(path: string): Promise<Row[]> {
      const rows: Row[] = []
      for (;;) {
        const { status, body } = await api.get(`/api/${path}?take=50&skip=${rows.length}`)
        expect(status, JSON.stringify(body)).toBe(200)
        rows.push(...body.data)
        if (!body.meta.hasMore) return rows
      }
    }

    /** Values of enums have the names of the schema. */
    const inSchema = ({ method, ...row }: Comparable): Comparable =>
      method === undefined ? row : { ...row, method: METHODS[method ?? ''] ?? method }

    const nameOf = (column: string): string => (column === '2nd-hand' ? 'nd_hand' : column)

    it.each(Object.entries(RESOURCES))('lists %s as SQL does', async (table, path) => {
      const expected = (await sqlRows(database, dialect, table)).map(inSchema)
      const rows = await list(path)
      expect(rows.length).toBeGreaterThan(0)
      expect(await apiRows(database, dialect, table, rows, nameOf)).toEqual(expected)
    })

    it('counts as SQL does, also what has no key', async () => {
      const orders = await sqlRows(database, dialect, 'orders')
      const counted = await Promise.all(
        ['orders', 'order-totals'].map((path) => api.get(`/api/${path}/count`)),
      )
      expect(counted.map(({ body }) => body.data.count)).toEqual([orders.length, orders.length])
    })

    it('filters, includes and finds by a composite key as SQL does', async () => {
      const packed = await api.get('/api/orders/count?where[status]=packed&where[id][lt]=100')
      const [{ n }] = (await database.execute(
        "SELECT count(*) AS n FROM orders WHERE status = 'packed' AND id < 100",
      )) as [{ n: unknown }]
      expect(packed.body.data.count).toBe(Number(n))
      const order = await api.get('/api/orders/5?include=order_lines,customers')
      expect(order.body.data.order_lines).toHaveLength(2)
      expect(order.body.data.customers.email).toBe('ada@example.com')
      const line = await api.get('/api/order-lines/9007199254740995/1')
      expect(line.body.data).toMatchObject({ order_id: '9007199254740995', quantity: 2 })
      const labelled = await api.get('/api/products/A-1?include=labels')
      expect(labelled.body.data.labels).toHaveLength(2)
    })

    it('leaves out columns that the database alone fills', async () => {
      const { status, body } = await api.send('PATCH', '/api/products/D', { gross: '1' })
      expect(status).toBe(400)
      expect(JSON.stringify(body)).toContain('gross')
    })

    it('type-checks', async () => {
      const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc')
      const { code, output } = await run([process.execPath, tsc], { cwd: root })
      expect(code, output).toBe(0)
    })

    it('has changed nothing in the database', async () => {
      expect(await contents(database)).toEqual(before)
    })
  })

  it('has a first migration that makes the same tables elsewhere, and is taken as applied here', async () => {
    const database = await filled(dialect)
    const copy = await servers[dialect].makeDatabase()
    try {
      const root = await makeApp(database.url, COMBINATIONS[0], 'copied')
      const schema = await readFile(join(root, 'prisma', 'schema.prisma'), 'utf8')
      await expect(readdir(join(root, 'prisma', 'migrations'))).resolves.toEqual([
        expect.stringMatching(/^\d{14}_baseline$/),
        'migration_lock.toml',
      ])
      const deployed = await run([process.execPath, bins.ssot, 'db', 'deploy'], {
        cwd: root,
        env: { DATABASE_URL: copy.url },
      })
      expect(deployed.code, deployed.output).toBe(0)
      const again = await readDatabase(await dependencyFolder(), copy.url)
      expect(again.schema).toBe(schema)
      const refused = await ssot(root, 'db', 'deploy')
      expect(refused.code).toBe(2)
      expect(refused.output).toContain('Nothing was changed')
      const adopted = await ssot(root, 'db', 'migrate')
      expect(adopted.output).toMatch(/Taken as applied, as the tables are there: \d{14}_baseline/)
      const done = await ssot(root, 'db', 'migrate')
      expect(done.output).toContain('Nothing to do: the database is what the schema says.')
      const pulled = await ssot(root, 'db', 'pull')
      expect(pulled.output).toContain('Nothing to do: the schema is what the database says.')

      const unsure = await ssot(root, 'db', 'reset')
      expect(unsure.code).toBe(2)
      expect(unsure.output).toContain('ssot db reset --force')
      const reset = await ssot(root, 'db', 'reset', '--force', '--json')
      expect(reset.code, reset.output).toBe(0)
      expect(JSON.parse(reset.output)).toMatchObject({ ok: true, exitCode: 0, command: 'db reset' })
      const anew = await ssot(root, 'db', 'migrate')
      expect(anew.output).toContain('Nothing to do: the database is what the schema says.')
    } finally {
      await Promise.all([database.remove(), copy.remove()])
    }
  })
})

it.each(['postgresql', 'mysql'] as const)(
  'reads every name of a %s database as one that Prisma takes, and makes the same elsewhere',
  async (dialect) => {
    const [database, copy] = [
      await servers[dialect].makeDatabase(),
      await servers[dialect].makeDatabase(),
    ]
    try {
      await database.execute(await sql(`names-${dialect}`))
      const drivers = await dependencyFolder()
      const found = await readDatabase(drivers, database.url)
      const { models } = await loadSchema({
        files: [{ path: 'schema.prisma', content: found.schema }],
      })
      expect(models.map(({ dbName }) => dbName)).toEqual(
        expect.arrayContaining(['users', 'posts', '_priv', 'twice', 'My Table']),
      )
      await copy.execute(found.script)
      expect((await readDatabase(drivers, copy.url)).schema).toBe(found.schema)
    } finally {
      await Promise.all([database.remove(), copy.remove()])
    }
  },
)

it('makes an app from a SQLite file, and leaves the file as it was', async () => {
  const path = join(folder, 'sample.db')
  const { createClient } = await driver<Libsql>('@libsql/client')
  const file = createClient({ url: `file:${path}` })
  await file.executeMultiple(`
    CREATE TABLE authors (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
    CREATE TABLE books (isbn TEXT PRIMARY KEY NOT NULL, author_id INTEGER NOT NULL REFERENCES authors (id), price DECIMAL);
    CREATE VIEW shelf AS SELECT a.name, b.isbn FROM authors a JOIN books b ON b.author_id = a.id;
    INSERT INTO authors (name) VALUES ('Ada'), ('Bo');
    INSERT INTO books VALUES ('1', 1, 2.5), ('2', 2, NULL)`)
  file.close()
  const before = await readFile(path)
  const root = await makeApp(`file:${path}`, COMBINATIONS[1])
  expect((await readFile(path)).equals(before)).toBe(true)
  await ssot(root, 'client')
  const app = await startApp(root, ['--import', 'tsx', 'src/server.ts'])
  try {
    const api = new Client(() => app.url)
    const books = await api.get('/api/books?include=authors&orderBy=isbn')
    expect(books.body.data).toMatchObject([
      { isbn: '1', price: '2.5', authors: { name: 'Ada' } },
      { isbn: '2', price: null, authors: { name: 'Bo' } },
    ])
    expect((await api.get('/api/shelves')).body.meta.total).toBe(2)
  } finally {
    await app.stop()
  }
  const adopted = await ssot(root, 'db', 'migrate')
  expect(adopted.output).toMatch(/Taken as applied, as the tables are there: \d{14}_baseline/)
})

type Libsql = {
  createClient(config: { url: string }): {
    executeMultiple(sql: string): Promise<void>
    close(): void
  }
}

describe('what no app can be made from', () => {
  /** @returns what the command said, after proving that nothing was written */
  async function refusal(url: string): Promise<string> {
    const command = [process.execPath, bins.create, 'refused', '--from-database', url, '--yes']
    const { code, output } = await run(command, { cwd: folder })
    expect(code, output).toBe(2)
    await expect(readdir(folder)).resolves.not.toContain('refused')
    return output
  }

  it('an empty database', async () => {
    const database = await servers.postgresql.makeDatabase()
    const output = await refusal(database.url).finally(database.remove)
    expect(output).toContain('has no tables')
  })

  it.each([
    ['postgresql', 'mallory', /refuses user 'mallory'|does not exist/],
    ['mysql', 'mallory', /refuses user 'mallory'/],
  ] as const)('a %s server that does not know the user', async (dialect, user, why) => {
    const database = await servers[dialect].makeDatabase()
    const url = new URL(database.url)
    url.username = user
    url.password = 'hunter2-secret'
    const output = await refusal(url.href).finally(database.remove)
    expect(output).toMatch(why)
    expect(output).not.toContain('hunter2')
  })

  it.each([
    ['postgresql://me:hunter2@127.0.0.1:9/none', "127.0.0.1:9/none can't be reached"],
    ['mysql://me:hunter2@127.0.0.1:9/none', "127.0.0.1:9/none can't be reached"],
    ['file:./nowhere.db', 'there is no file'],
    ['redis://me:hunter2@127.0.0.1', 'is not the address of a database'],
  ])('%s', async (url, why) => {
    const output = await refusal(url)
    expect(output).toContain(why)
    expect(output).not.toContain('hunter2')
  })

  it('a database that is not there', async () => {
    for (const dialect of ['postgresql', 'mysql'] as const) {
      const database = await servers[dialect].makeDatabase()
      await database.remove()
      expect(await refusal(database.url)).toContain('There is no database ssot_test_')
    }
  })
})

it('keeps the password in .env alone', async () => {
  const database = await filled('mysql')
  const user = `ssot_test_${new URL(database.url).pathname.slice(-6)}`
  await database.execute(
    `CREATE USER '${user}'@'%' IDENTIFIED BY 'p@ss/w0rd'; GRANT ALL ON *.* TO '${user}'@'%'`,
  )
  try {
    const url = new URL(database.url)
    Object.assign(url, { username: user, password: 'p@ss/w0rd' })
    const flags = ['--no-install', '--no-git', '--yes', '--verbose', '--json']
    const command = [process.execPath, bins.create, 'quiet', ...flags, '--from-database', url.href]
    const { code, output } = await run(command, { cwd: folder })
    expect(code, output).toBe(0)
    expect(output).toContain(`mysql://${user}:PASSWORD@`)
    expect(output).not.toMatch(/w0rd/)
    const files = await readdir(join(folder, 'quiet'), { recursive: true, withFileTypes: true })
    const texts = await Promise.all(
      files
        .filter((file) => file.isFile())
        .map(async ({ parentPath, name }) => [
          name,
          await readFile(join(parentPath, name), 'utf8'),
        ]),
    )
    expect(texts.filter(([, text]) => text!.includes('w0rd')).map(([name]) => name)).toEqual([
      '.env',
    ])
  } finally {
    await database.execute(`DROP USER '${user}'@'%'`)
    await database.remove()
  }
})

/** Every table and view that is there, with the number of its rows. */
async function contents({ execute, url }: TestDatabase): Promise<unknown> {
  const schema = url.startsWith('mysql') ? 'DATABASE()' : 'current_schema()'
  const tables = await execute(
    `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = ${schema} ORDER BY 1`,
  )
  const rows = await execute('SELECT count(*) AS n, max(id) AS last FROM orders')
  return { tables, rows }
}
