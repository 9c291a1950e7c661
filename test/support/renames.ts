import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readSchemaFiles, type DatabaseApp } from '../../src/database/app.js'
import { driversFor } from '../../src/database/connect.js'
import { migrate } from '../../src/database/migrate.js'
import { withMysql } from '../../src/database/mysql-server.js'
import { pull } from '../../src/database/pull.js'
import { loadSchema } from '../../src/schema/load.js'
import { outlineOf } from '../../src/schema/rename/outline.js'
import { readRenames } from '../../src/schema/rename/parse.js'
import {
  RECORD_PATH,
  nextRecord,
  parseRecord,
  printRecord,
} from '../../src/schema/rename/record.js'
import { makeDatabaseApp, writeSchema } from './database-app.js'

type Provider = 'sqlite' | 'postgresql' | 'mysql'

const BLOG = `
enum Role {
  reader
  author
}

model User {
  id    Int    @id @default(autoincrement())
  email String @unique
  role  Role   @default(reader)
  posts Post[]
}

model Post {
  id       Int       @id @default(autoincrement())
  title    String
  body     String
  slug     String    @unique
  authorId Int
  author   User      @relation(fields: [authorId], references: [id])
  tags     Tag[]
  comments Comment[]

  @@index([authorId])
  @@index([title, slug])
}

model Tag {
  id    Int    @id
  name  String
  posts Post[]
}

model Comment {
  postId Int
  number Int
  text   String
  post   Post   @relation(fields: [postId], references: [id])

  @@id([postId, number])
  @@unique([text, postId])
}
`

const BLOG_ROWS = [
  `INSERT INTO User (id, email, role) VALUES (1, 'ada', 'author')`,
  `INSERT INTO Post (id, title, body, slug, authorId) VALUES (7, 'T', 'B', 's', 1)`,
  `INSERT INTO Tag (id, name) VALUES (3, 'n')`,
  `INSERT INTO _PostToTag (A, B) VALUES (7, 3)`,
  `INSERT INTO Comment (postId, number, text) VALUES (7, 1, 'c')`,
]

const PEOPLE = `
model Person {
  id        Int      @id
  bossId    Int?
  boss      Person?  @relation("boss", fields: [bossId], references: [id])
  team      Person[] @relation("boss")
  likes     Person[] @relation("liking")
  likedBy   Person[] @relation("liking")
  clubs     Club[]   @relation("members")
}

model Club {
  id      Int      @id
  members Person[] @relation("members")
}
`

const PEOPLE_ROWS = [
  `INSERT INTO Person (id, bossId) VALUES (1, NULL)`,
  `INSERT INTO Person (id, bossId) VALUES (2, 1)`,
  `INSERT INTO Club (id) VALUES (5)`,
  // Column A holds who is liked, as 'likedBy' sorts first.
  `INSERT INTO _liking (A, B) VALUES (1, 2)`,
  `INSERT INTO _members (A, B) VALUES (5, 2)`,
]

const NOTHING = { created: null, applied: [], adopted: [], emptyViews: [] }

/**
 * What a rename does to a database.
 * @param urlOf makes an empty database
 */
export function describeRenames(
  name: string,
  provider: Provider,
  urlOf: () => Promise<string>,
): void {
  let root: string
  beforeEach(async () => void (root = await mkdtemp(join(tmpdir(), 'ssot-renames-'))))
  afterEach(() => rm(root, { recursive: true, force: true }))

  /** An app with rows, whose schema was generated from. */
  async function makeApp(models: string, rows: readonly string[]): Promise<DatabaseApp> {
    const app = await makeDatabaseApp(root, provider, await urlOf(), models)
    await migrate(app, {})
    await generated()
    for (const sql of rows) await query(app, sql)
    return app
  }

  /** What a generation notes. */
  async function generated(rename?: string): Promise<void> {
    const path = join(root, RECORD_PATH)
    const last = existsSync(path) ? parseRecord(await readFile(path, 'utf8')) : null
    const now = outlineOf(await loadSchema({ path: join(root, 'prisma') }))
    const renames = rename === undefined ? [] : readRenames(rename, last, now)
    await mkdir(dirname(path), { recursive: true })
    await writeFile(path, printRecord(nextRecord(last, now, renames)))
  }

  async function change(app: DatabaseApp, models: string, rename?: string): Promise<DatabaseApp> {
    await writeSchema(root, provider, models)
    if (rename !== undefined) await generated(rename)
    return { ...app, files: readSchemaFiles(root) }
  }

  /** There is nothing more to migrate, and the database says what the schema says. */
  async function expectSettled(app: DatabaseApp): Promise<void> {
    expect(await migrate(app, {})).toEqual(NOTHING)
    expect(await pull(app, false)).toEqual([])
  }

  describe(`renames on ${name}`, () => {
    it('keep the rows of a model, its fields, its relations and an enum', async () => {
      const app = await makeApp(BLOG, BLOG_ROWS)
      const text = BLOG.replace('enum Role', 'enum Rank')
        .replaceAll(/\bRole\b/g, 'Rank')
        .replaceAll(/\bPost\b/g, 'Article')
        .replaceAll('postId', 'articleId')
        .replace('body     String', 'content  String')
      const renames = [
        ...['Post=Article', 'Role=Rank', 'Post.body=Article.content'],
        'Comment.postId=Comment.articleId',
      ]
      const changed = await change(app, text, renames.join(','))
      const { created, renamed, applied } = await migrate(changed, {})
      expect(created?.name).toMatch(/^\d{14}_rename_\w+_and_more$/)
      expect({ renamed, applied }).toEqual({ renamed: undefined, applied: [created!.name] })
      expect(await query(app, 'SELECT id, content, authorId FROM Article')).toEqual([[7, 'B', 1]])
      expect(await query(app, 'SELECT articleId, text FROM Comment')).toEqual([[7, 'c']])
      expect(await query(app, 'SELECT A, B FROM _ArticleToTag')).toEqual([[7, 3]])
      expect(await query(app, 'SELECT role FROM User')).toEqual([['author']])
      await expectSettled(changed)
    })

    it('keep the sides of an implicit many-to-many whose columns change places', async () => {
      const app = await makeApp(BLOG, BLOG_ROWS)
      const changed = await change(app, BLOG.replaceAll(/\bPost\b/g, 'Zine'), 'Post=Zine')
      await migrate(changed, {})
      expect(await query(app, 'SELECT A, B FROM _TagToZine')).toEqual([[3, 7]])
      expect(await query(app, 'SELECT id FROM Zine')).toEqual([[7]])
      await expectSettled(changed)
    })

    it('keep relations of a model to itself, and a named many-to-many', async () => {
      const app = await makeApp(PEOPLE, PEOPLE_ROWS)
      const text = PEOPLE.replaceAll('Person', 'Actor').replace('likedBy', 'popular')
      const changed = await change(app, text, 'Person=Actor,Person.likedBy=Actor.popular')
      await migrate(changed, {})
      expect(await query(app, 'SELECT id, bossId FROM Actor ORDER BY id')).toEqual([
        [1, null],
        [2, 1],
      ])
      // Column A holds the field that sorts first: now 'likes'.
      expect(await query(app, 'SELECT A, B FROM _liking')).toEqual([[2, 1]])
      expect(await query(app, 'SELECT A, B FROM _members')).toEqual([[2, 5]])
      await expectSettled(changed)
    })

    it('need no migration where the names in the database stay', async () => {
      const text = BLOG.replace('  @@index([authorId])', '  @@index([authorId])\n  @@map("posts")')
      const rows = BLOG_ROWS.map((sql) => sql.replace('INTO Post', 'INTO posts'))
      const named = text.replace('tags     Tag[]', 'tags Tag[] @relation("tagged")')
      const models = named.replace(
        'posts Post[]\n}\n\nmodel Comment',
        'posts Post[] @relation("tagged")\n}\n\nmodel Comment',
      )
      const app = await makeApp(
        models,
        rows.map((sql) => sql.replace('_PostToTag', '_tagged')),
      )
      const changed = await change(app, models.replaceAll(/\bPost\b/g, 'Article'), 'Post=Article')
      await expectSettled(changed)
      expect(await query(app, 'SELECT id FROM posts')).toEqual([[7]])
    })

    it('are made where only the mapped name changes', async () => {
      const app = await makeApp(BLOG, BLOG_ROWS)
      const text = BLOG.replace('  @@index([authorId])', '  @@index([authorId])\n  @@map("posts")')
      const changed = await change(app, text)
      await migrate(changed, {})
      expect(await query(app, 'SELECT id FROM posts')).toEqual([[7]])
      await expectSettled(changed)
    })

    it('are made once, whoever is told of them', async () => {
      const app = await makeApp(PEOPLE, PEOPLE_ROWS)
      const text = PEOPLE.replaceAll('Person', 'Actor')
      const changed = await change(app, text)
      await migrate(changed, { rename: 'Person=Actor' })
      await generated('Person=Actor')
      await expectSettled(changed)
      expect(await query(app, 'SELECT A, B FROM _members')).toEqual([[2, 5]])
    })

    it('follow one another', async () => {
      const app = await makeApp(BLOG, BLOG_ROWS)
      await change(app, BLOG.replaceAll(/\bPost\b/g, 'Article'), 'Post=Article')
      const text = BLOG.replaceAll(/\bPost\b/g, 'Entry').replace('body ', 'text ')
      const changed = await change(app, text, 'Article=Entry,Article.body=Entry.text')
      await migrate(changed, {})
      expect(await query(app, 'SELECT id, text FROM Entry')).toEqual([[7, 'B']])
      await expectSettled(changed)
    })

    it('are made before the rest of a change, which is refused where it loses data', async () => {
      const app = await makeApp(BLOG, BLOG_ROWS)
      const text = BLOG.replaceAll(/\bPost\b/g, 'Article').replace('  body     String\n', '')
      const changed = await change(app, text, 'Post=Article')
      await expect(migrate(changed, {})).rejects.toThrow(
        provider === 'mysql' ? 'Article: body String' : 'drop the column `body`',
      )
      expect(await query(app, 'SELECT id, body FROM Article')).toEqual([[7, 'B']])
      if (provider === 'mysql') return
      const { created, renamed, applied } = await migrate(changed, { acceptDataLoss: true })
      expect({ renamed, applied }).toEqual({ renamed: undefined, applied: [created!.name] })
      expect(await query(app, 'SELECT A, B FROM _ArticleToTag')).toEqual([[7, 3]])
      await expectSettled(changed)
    })

    it('are guessed for nobody, and named where data would be lost', async () => {
      const app = await makeApp(BLOG, BLOG_ROWS)
      const changed = await change(app, BLOG.replaceAll(/\bPost\b/g, 'Article'))
      await expect(migrate(changed, {})).rejects.toMatchObject({
        remedies: expect.arrayContaining([
          'If that is a new name for what was there: ssot db migrate --rename Post=Article',
        ]),
      })
      expect(await query(app, 'SELECT id FROM Post')).toEqual([[7]])
    })

    it('change the case of a name', async () => {
      const app = await makeApp(BLOG, BLOG_ROWS)
      const changed = await change(
        app,
        BLOG.replace('  text ', '  Text ').replace('[text,', '[Text,').replaceAll('Tag', 'TAG'),
        'Tag=TAG,Comment.text=Comment.Text',
      )
      await migrate(changed, {})
      expect(await query(app, 'SELECT Text FROM Comment')).toEqual([['c']])
      expect(await query(app, 'SELECT id FROM TAG')).toEqual([[3]])
      await expectSettled(changed)
    })
  })
}

/** Runs a statement whose names are not quoted, and returns its rows. */
async function query(app: DatabaseApp, sql: string): Promise<unknown[][]> {
  if (app.provider === 'mysql')
    return withMysql(app.root, app.url, async (server) => {
      const rows = await server.query(quoted(sql, '`'))
      return Array.isArray(rows) ? rows.map((row) => Object.values(row)) : []
    })
  const database = await driversFor(app, 'test').main()
  try {
    const { rows } = await database.query(quoted(sql, '"'), [])
    return rows.map((row) =>
      row.map((value) =>
        typeof value === 'bigint' || /^\d+$/.test(String(value)) ? Number(value) : value,
      ),
    )
  } finally {
    await database.close()
  }
}

const KEYWORDS = /^(INSERT|INTO|VALUES|SELECT|FROM|ORDER|BY|NULL)$/

/** `SELECT id FROM Post` → `SELECT "id" FROM "Post"` */
const quoted = (sql: string, quote: string): string =>
  sql.replaceAll(/'[^']*'|[A-Za-z_]\w*/g, (word) =>
    word.startsWith("'") || KEYWORDS.test(word) ? word : quote + word + quote,
  )
