import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { readSchemaFiles, type DatabaseApp } from '../../src/database/app.js'
import { migrate } from '../../src/database/migrate.js'
import { readMigrations } from '../../src/database/migrations.js'
import { loadSchema } from '../../src/schema/load.js'
import { pull } from '../../src/database/pull.js'
import { push } from '../../src/database/push.js'
import { refuseInProduction, reset } from '../../src/database/reset.js'
import { runScript } from '../../src/database/run-script.js'
import type { Provider } from '../../src/schema/model.js'
import { makeDatabaseApp, writeSchema } from '../support/database-app.js'
import { servers, type TestDatabase } from './servers.js'

const MODELS = `
model User {
  id    BigInt @id @default(autoincrement())
  email String @unique
  meta  Json   @default("{\\"a\\":[1]}")
  posts Post[]
}

model Post {
  id       Int    @id @default(autoincrement())
  title    String
  authorId BigInt
  author   User   @relation(fields: [authorId], references: [id])
  tags     Tag[]
}

model Tag {
  id    String @id
  posts Post[]
}
`

const VIEWS = `
generator client {
  provider        = "prisma-client"
  output          = "../src/generated/prisma"
  previewFeatures = ["views"]
}
model A {
  id  Int  @id
  sum Sum?
}
view Sum {
  id    Int    @unique
  total Float?
  a     A      @relation(fields: [id], references: [id])

  @@map("sums")
}
`

const NOTHING = { created: null, applied: [], adopted: [], emptyViews: [] }

/** Everything is called otherwise in the database. */
const MAPPED = `
enum Status {
  open   @map("is open")
  closed
}

model Person {
  id     Int       @id @default(autoincrement()) @map("person_id")
  /// @label("Full name")
  name   String
  bornOn DateTime? @map("born_on") @db.DateTime(0)
  made   Order[]   @relation("maker")
  sold   Order[]   @relation("seller")
  groups Group[]

  @@map("people")
}

model Order {
  id       String  @id @default(cuid())
  note     String?
  status   Status  @default(open)
  before   Status?
  makerId  Int     @map("maker_id")
  sellerId Int?    @map("seller_id")
  maker    Person  @relation("maker", fields: [makerId], references: [id])
  seller   Person? @relation("seller", fields: [sellerId], references: [id], onDelete: Cascade)
  at       DateTime @default(now()) @updatedAt

  @@unique([makerId, sellerId], map: "both")
  @@map("orders")
}

model Group {
  id      BigInt   @id
  members Person[]
  price   Decimal? @db.Decimal(8, 2)
  data    Json     @default("{}")
  raw     Bytes?
  on      Boolean  @default(true)
}
`

let root: string
let made: TestDatabase[]
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'ssot-database-'))
  made = []
})
afterEach(async () => {
  await Promise.all(made.map((database) => database.remove()))
  await rm(root, { recursive: true, force: true })
})

const makeApp = (provider: Provider, url: string, models: string): Promise<DatabaseApp> =>
  makeDatabaseApp(root, provider, url, models)

async function changeSchema(app: DatabaseApp, from: string, to: string): Promise<DatabaseApp> {
  await writeSchema(root, app.provider, MODELS.replace(from, to))
  return { ...app, files: readSchemaFiles(root) }
}

async function serverUrl(provider: keyof typeof servers): Promise<string> {
  const database = await servers[provider].makeDatabase()
  made.push(database)
  return database.url
}

const embedded = [
  ['sqlite', 'SQLite', async () => 'file:./data/a.db'],
  ['postgresql', 'PGlite', async () => 'pglite:./data/a'],
  ['postgresql', 'a PostgreSQL server', () => serverUrl('postgresql')],
] as const

describe.each(embedded)('a schema for %s on %s', (provider, _, urlOf) => {
  it('is created by the first migration, changed by the next, and then nothing is left to do', async () => {
    const app = await makeApp(provider, await urlOf(), MODELS)
    const first = await migrate(app, {})
    expect(first.created?.name).toMatch(/^\d{14}_init$/)
    expect(first.applied).toEqual([first.created?.name])
    expect(await migrate(app, {})).toEqual(NOTHING)

    const changed = await changeSchema(
      app,
      'title    String',
      'title    String\n  subtitle String?',
    )
    const second = await migrate(changed, { name: 'Add subtitle' })
    expect(second.created?.name).toMatch(/^\d{14}_add_subtitle$/)
    expect(await readFile(second.created!.path, 'utf8')).toMatch(
      /^-- AlterTable\nALTER TABLE "Post" ADD COLUMN +"subtitle" TEXT;\n$/,
    )
    expect(await migrate(changed, {})).toEqual(NOTHING)
    expect(await pull(changed, false)).toEqual([])
  })

  it('has its views made by a push once', async () => {
    const app = await makeApp(provider, await urlOf(), VIEWS)
    expect((await push(app, false)).emptyViews).toEqual(['Sum'])
    expect(await push(app, false)).toEqual({ steps: 0, emptyViews: [] })
  })

  it('is pushed without migrations, and data is lost only when that was said', async () => {
    const app = await makeApp(provider, await urlOf(), `${MODELS}\nmodel Old {\n  id Int @id\n}\n`)
    expect((await push(app, false)).steps).toBeGreaterThan(0)
    const shrunk = await changeSchema(app, '', '')
    // An empty table holds no data.
    expect(await push(shrunk, false)).toEqual({ steps: 1, emptyViews: [] })
    expect(await push(shrunk, false)).toEqual({ steps: 0, emptyViews: [] })
  })

  it('is taken as migrated after a push, and only where its tables are those of the schema', async () => {
    const app = await makeApp(provider, await urlOf(), MODELS)
    await push(app, false)
    const ahead = await changeSchema(app, 'title    String', 'title    String\n  subtitle String?')
    await expect(migrate(ahead, {})).rejects.toThrow(
      /is not what they make:\n {2}- Post: subtitle String\? \(not in the database\)$/,
    )
    expect(readMigrations(root)).toEqual([])
    const back = await changeSchema(app, '', '')
    const { adopted, created, applied } = await migrate(back, {})
    expect(adopted).toEqual([expect.stringMatching(/^\d{14}_init$/)])
    expect({ created, applied }).toEqual({ created: null, applied: [] })
    expect(await migrate(back, {})).toEqual(NOTHING)
    const next = await migrate(ahead, { name: 'next' })
    expect(next.created?.name).toMatch(/_next$/)
  })
})

describe.each([...embedded, ['mysql', 'a MySQL server', () => serverUrl('mysql')] as const])(
  'the views of a schema for %s on %s',
  (provider, _, urlOf) => {
    it('are made once, without a row', async () => {
      const app = await makeApp(provider, await urlOf(), VIEWS)
      const { created, emptyViews } = await migrate(app, {})
      expect(emptyViews).toEqual(['Sum'])
      expect(await readFile(created!.path, 'utf8')).toMatch(/CREATE VIEW ["`]sums["`] AS\nSELECT/)
      expect(await migrate(app, {})).toEqual(NOTHING)
    })

    it('are made by a push', async () => {
      const app = await makeApp(provider, await urlOf(), VIEWS)
      expect((await push(app, false)).emptyViews).toEqual(['Sum'])
    })
  },
)

it('a column that PostgreSQL computes stays as it is', async () => {
  const expression = '(price * (count)::double precision)'
  const app = await makeApp(
    'postgresql',
    await serverUrl('postgresql'),
    `model Line {
  id    Int    @id
  price Float
  count Int
  total Float  @default(dbgenerated("${expression}"))
}
`,
  )
  const { created } = await migrate(app, {})
  expect(await readFile(created!.path, 'utf8')).toContain(
    `"total" DOUBLE PRECISION NOT NULL GENERATED ALWAYS AS (${expression}) STORED`,
  )
  expect(await migrate(app, {})).toEqual(NOTHING)
})

const runners = [
  ['sqlite', async () => 'file:./data/b.db'],
  ['postgresql', () => serverUrl('postgresql')],
] as const

describe.each(runners)("the app's own runner on %s", (provider, urlOf) => {
  it('records migrations so that the schema engine finds nothing left to do', async () => {
    const app = await makeApp(provider, await urlOf(), MODELS)
    const { created } = await migrate(app, {})
    const deployed = { ...app, url: provider === 'sqlite' ? 'file:./data/c.db' : await urlOf() }
    const lines: string[] = []
    const deploy = () =>
      runScript(root, ['src/db/migrate.ts'], (line) => lines.push(line), {
        DATABASE_URL: deployed.url,
      })
    await deploy()
    await deploy()
    expect(lines).toEqual([`Applied ${created?.name}`, 'Nothing to apply'])
    expect(await migrate(deployed, {})).toEqual(NOTHING)
  })

  it('stops at a migration that fails, and does not go on until that was mended', async () => {
    const app = await makeApp(provider, await urlOf(), MODELS)
    const folder = join(root, 'prisma', 'migrations', '20250101000000_bad')
    await mkdir(folder, { recursive: true })
    await writeFile(join(folder, 'migration.sql'), 'CREATE TABEL x;')
    const deploy = () => runScript(root, ['src/db/migrate.ts'], () => {}, { DATABASE_URL: app.url })
    await expect(deploy()).rejects.toThrow(
      /'20250101000000_bad' failed: .*syntax error.*Undo what/s,
    )
    await expect(deploy()).rejects.toThrow(/'20250101000000_bad' failed before: .*syntax error/s)
  })
})

describe('a schema for MySQL', () => {
  it('is created by the first migration, and later changes are left to Prisma', async () => {
    const app = await makeApp('mysql', await serverUrl('mysql'), MODELS)
    const { created, applied } = await migrate(app, {})
    expect(applied).toEqual([created?.name])
    expect(await migrate(app, {})).toEqual(NOTHING)
    const changed = await changeSchema(
      app,
      'title    String',
      'title    String\n  subtitle String?',
    )
    await expect(migrate(changed, {})).rejects.toThrow(
      /- Post: subtitle String\? \(not in the database\)\n Only Prisma's own command line/,
    )
  })

  it('makes the database where there is none', async () => {
    const url = await serverUrl('mysql')
    await made.pop()?.remove()
    made.push({ url, execute: async () => [], remove: async () => {} })
    const app = await makeApp('mysql', url, MODELS)
    expect(await push(app, false)).toEqual({ steps: 1, emptyViews: [] })
    expect(await push(app, false)).toEqual({ steps: 0, emptyViews: [] })
  })

  it('is taken as migrated after a push', async () => {
    const app = await makeApp('mysql', await serverUrl('mysql'), MAPPED)
    await push(app, false)
    const { adopted, created } = await migrate(app, {})
    expect(adopted).toEqual([expect.stringMatching(/^\d{14}_init$/)])
    expect(created).toBeNull()
    expect(await migrate(app, {})).toEqual(NOTHING)
  })

  it('learns from the database by a pull, and keeps its own names and annotations', async () => {
    const app = await makeApp('mysql', await serverUrl('mysql'), MAPPED)
    await push(app, false)
    expect(await pull(app, false)).toEqual([])
    await made[0]!.execute(`
      ALTER TABLE people ADD born DATE, ADD boss INT,
        ADD CONSTRAINT people_boss FOREIGN KEY (boss) REFERENCES people (person_id);
      ALTER TABLE orders DROP COLUMN note;
      CREATE TABLE extras (id INT PRIMARY KEY, person_id INT, FOREIGN KEY (person_id) REFERENCES people (person_id))`)
    await expect(pull(app, false)).rejects.toThrow('- Order: note String?')
    const [change] = await pull(app, true)
    expect(change!.removed).toEqual(['Order: note String?'])
    const text = (await readFile(join(root, 'prisma', 'schema.prisma'), 'utf8')).replaceAll(
      / +/g,
      ' ',
    )
    for (const line of [
      '/// @label("Full name")\n name String',
      'bornOn DateTime? @map("born_on") @db.DateTime(0)',
      'born DateTime? @db.Date',
      'Person Person? @relation("PersonToPerson", fields: [boss], references: [id], onDelete: Restrict, onUpdate: Restrict, map: "people_boss")',
      'model extras {',
    ])
      expect(text).toContain(line)
    const pulled = { ...app, files: readSchemaFiles(root) }
    await loadSchema({ path: join(root, 'prisma') })
    expect(await pull(pulled, false)).toEqual([])
  })
})

describe.each([...embedded, ['mysql', 'a MySQL server', () => serverUrl('mysql')]] as const)(
  'a reset on %s (%s)',
  (provider, _, urlOf) => {
    it('leaves what the migrations make and the seed fills in, and nothing else', async () => {
      const app = await makeApp(provider, await urlOf(), MODELS)
      await migrate(app, {})
      await writeFile(join(root, 'prisma', 'seed.ts'), "console.log('seeded')\n")
      const lines: string[] = []
      const before = await pull(app, false)
      await reset(app, (line) => lines.push(line))
      expect(lines).toEqual([
        'Dropped 5 tables with all that depends on them.',
        expect.stringMatching(/^Applied \d{14}_init$/),
        'seeded',
      ])
      expect(await pull(app, false)).toEqual(before)
      expect(await migrate(app, {})).toEqual(NOTHING)
    })
  },
)

it('resets a production database only when that was said', () => {
  vi.stubEnv('NODE_ENV', 'production')
  try {
    expect(() => refuseInProduction({ root } as DatabaseApp)).toThrow('would delete all data')
  } finally {
    vi.unstubAllEnvs()
  }
})

it('moves from the embedded database to a server by its address alone', async () => {
  const embedded = await makeApp(
    'postgresql',
    'pglite:./data/a',
    MAPPED.replace('@db.DateTime(0)', '@db.Timestamp(0)'),
  )
  const { created } = await migrate(embedded, {})
  const moved = { ...embedded, url: await serverUrl('postgresql') }
  expect(await migrate(moved, {})).toEqual({ ...NOTHING, applied: [created?.name] })
  expect(await migrate(moved, {})).toEqual(NOTHING)
  expect(await pull(moved, false)).toEqual([])
  const back = await migrate({ ...embedded }, {})
  expect(back).toEqual(NOTHING)
})

describe('a schema that needs extensions', () => {
  const NEEDY = `
model Word {
  id   String @id @default(dbgenerated("uuid_generate_v4()")) @db.Uuid
  text String @unique @db.Citext
  near String

  @@index([near(ops: raw("gin_trgm_ops"))], type: Gin)
}
`
  it.each([
    ['PGlite', async () => 'pglite:./data/a'],
    ['a server', () => serverUrl('postgresql')],
  ])('has them created on %s', async (_, urlOf) => {
    const app = await makeApp('postgresql', await urlOf(), NEEDY)
    const { created } = await migrate(app, {})
    expect(created).not.toBeNull()
    expect(await pull(app, false)).toEqual([])
  })

  it('is refused by the name of what is lacking, and nothing is written', async () => {
    const listed = await serverUrl('postgresql')
    const app = await makeApp('postgresql', listed, MODELS)
    await writeFile(
      join(root, 'prisma', 'schema.prisma'),
      `generator client {\n  provider = "prisma-client"\n  output = "../src/generated/prisma"\n  previewFeatures = ["postgresqlExtensions"]\n}\n` +
        `datasource db {\n  provider = "postgresql"\n  extensions = [no_such_thing]\n}\n${MODELS}`,
    )
    const needy = { ...app, files: readSchemaFiles(root) }
    await expect(migrate(needy, {})).rejects.toThrow("does not have: extension 'no_such_thing'")
    await expect(push(needy, false)).rejects.toThrow("does not have: extension 'no_such_thing'")
    await expect(migrate({ ...needy, url: 'pglite:./data/b' }, {})).rejects.toThrow(
      "The embedded PostgreSQL has no extension 'no_such_thing'.",
    )
    expect(readMigrations(root)).toEqual([])
  })
})

describe('a server that does not answer', () => {
  it.each([
    ['postgresql', 'postgresql://nobody@127.0.0.1:9/none'],
    ['mysql', 'mysql://nobody@127.0.0.1:9/none'],
  ] as const)('is named (%s)', async (provider, url) => {
    const app = await makeApp(provider, url, MODELS)
    await expect(migrate(app, {})).rejects.toThrow(
      "The database at 127.0.0.1:9/none can't be reached",
    )
  })
})
