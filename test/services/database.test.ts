import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readSchemaFiles, type DatabaseApp } from '../../src/database/app.js'
import { migrate } from '../../src/database/migrate.js'
import { pull } from '../../src/database/pull.js'
import { push } from '../../src/database/push.js'
import { runScript } from '../../src/database/run-script.js'
import type { Provider } from '../../src/schema/model.js'
import { databaseParts } from '../../templates/base/database.js'
import { dependencyFolder } from '../contract/dependencies.js'
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

/** An app as far as its database goes. */
async function makeApp(provider: Provider, url: string, models: string): Promise<DatabaseApp> {
  await writeSchema(provider, models)
  await writeFile(join(root, 'package.json'), '{ "type": "module" }')
  await symlink(
    join(await dependencyFolder(), 'node_modules'),
    join(root, 'node_modules'),
    'junction',
  )
  const source = fileURLToPath(new URL('../../templates/base/files/', import.meta.url))
  const view = { name: 'app', provider, omitting: [], schema: { files: [] } } as never
  await mkdir(join(root, 'src', 'db'), { recursive: true })
  for (const { path, template } of databaseParts(view).files ?? [])
    if (!template.endsWith('.hbs'))
      await writeFile(join(root, path), await readFile(join(source, template), 'utf8'))
  await writeFile(
    join(root, 'src', 'env.ts'),
    "export const env = { DATABASE_URL: process.env['DATABASE_URL']! }\n",
  )
  // Only the embedded database needs what is rendered; servers never get there.
  if (provider === 'postgresql')
    await writeFile(
      join(root, 'src', 'db', 'pglite.ts'),
      'export const openEmbedded = null as never\n',
    )
  return { root, provider, files: readSchemaFiles(root), url }
}

async function writeSchema(provider: Provider, models: string): Promise<void> {
  await mkdir(join(root, 'prisma'), { recursive: true })
  const text = `datasource db {\n  provider = "${provider}"\n}\n${models}`
  await writeFile(join(root, 'prisma', 'schema.prisma'), text)
}

async function changeSchema(app: DatabaseApp, from: string, to: string): Promise<DatabaseApp> {
  await writeSchema(app.provider, MODELS.replace(from, to))
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
    expect(await migrate(app, {})).toEqual({ created: null, applied: [] })

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
    expect(await migrate(changed, {})).toEqual({ created: null, applied: [] })
    expect(await pull(changed, false)).toEqual([])
  })

  it('is pushed without migrations, and data is lost only when that was said', async () => {
    const app = await makeApp(provider, await urlOf(), `${MODELS}\nmodel Old {\n  id Int @id\n}\n`)
    expect((await push(app, false)).steps).toBeGreaterThan(0)
    const shrunk = await changeSchema(app, '', '')
    // An empty table holds no data.
    expect(await push(shrunk, false)).toEqual({ steps: 1 })
    expect(await push(shrunk, false)).toEqual({ steps: 0 })
    await expect(migrate(shrunk, {})).rejects.toThrow(
      'The database is not what its migrations say.',
    )
  })
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
      runScript(root, 'src/db/migrate.ts', (line) => lines.push(line), {
        DATABASE_URL: deployed.url,
      })
    await deploy()
    await deploy()
    expect(lines).toEqual([`Applied ${created?.name}`, 'Nothing to apply'])
    expect(await migrate(deployed, {})).toEqual({ created: null, applied: [] })
  })

  it('stops at a migration that fails, and does not go on until that was mended', async () => {
    const app = await makeApp(provider, await urlOf(), MODELS)
    const folder = join(root, 'prisma', 'migrations', '20250101000000_bad')
    await mkdir(folder, { recursive: true })
    await writeFile(join(folder, 'migration.sql'), 'CREATE TABEL x;')
    const deploy = () => runScript(root, 'src/db/migrate.ts', () => {}, { DATABASE_URL: app.url })
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
    expect(await migrate(app, {})).toEqual({ created: null, applied: [] })
    const changed = await changeSchema(
      app,
      'title    String',
      'title    String\n  subtitle String?',
    )
    await expect(migrate(changed, {})).rejects.toThrow("Only Prisma's own command line")
  })

  it('makes the database where there is none', async () => {
    const url = await serverUrl('mysql')
    await made.pop()?.remove()
    made.push({ url, remove: async () => {} })
    const app = await makeApp('mysql', url, MODELS)
    expect(await push(app, false)).toEqual({ steps: 1 })
    await expect(push(app, false)).rejects.toThrow('The database has tables already.')
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
