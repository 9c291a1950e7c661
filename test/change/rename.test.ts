import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readDatabaseApp } from '../../src/database/app.js'
import { driversFor } from '../../src/database/connect.js'
import { run } from '../support/process.js'
import { bins, makeLinked, type MadeApp } from '../examples/make.js'

const RENAMES = [
  ...['Post=Article', 'PostCategory=ArticleCategory', 'PostStatus=ArticleStatus'],
  'Post.content=Article.text',
  ...['PostCategory.postId=ArticleCategory.articleId', 'Comment.postId=Comment.articleId'],
]

const renamed = (schema: string): string =>
  schema
    .replaceAll(/\bPost(Category|Status)?\b/g, 'Article$1')
    .replaceAll('postId', 'articleId')
    .replace('  content     String', '  text        String')

/** What the user wrote, by path: new text by the text that it comes after. */
const EDITS = {
  layered: {
    'src/models/post/post.service.ts': {
      'export const postService = {\n': `  /** The newest first. */
  latest({ db }: Context) {
    const order: Prisma.PostOrderByWithRelationInput = { createdAt: 'desc' }
    return db.post.findFirst({ orderBy: order })
  },

`,
    },
    'src/models/index.ts': {
      "import { postRoutes } from './post/index.js'\n":
        "import { postService } from './post/post.service.js'\n",
      '/** What the API serves, model by model. */\n':
        'export const latestPost = postService.latest\n\n',
    },
    'src/models/post/post.custom.ts': {
      "defineHooks('Post', {": ' beforeDelete: () => {} ',
    },
  },
  registry: {
    'src/server.ts': {
      "import { log } from './log.js'\n":
        "import type { Prisma } from './generated/prisma/client.js'\n\nexport type Order = Prisma.PostOrderByWithRelationInput\n",
    },
  },
} as const

describe.each(['layered', 'registry'] as const)('a model of %s code renamed', (mode) => {
  let app: MadeApp
  const inApp = (...command: string[]) => run(command, { cwd: app.root })
  const ssot = (...words: string[]) => inApp(process.execPath, bins.ssot, ...words)
  const change = async (path: string, by: (text: string) => string): Promise<void> => {
    const text = await readFile(join(app.root, path), 'utf8')
    expect(by(text)).not.toBe(text)
    await writeFile(join(app.root, path), by(text))
  }

  beforeAll(async () => {
    app = await makeLinked('blog', { framework: 'express', mode })
    for (const [path, added] of Object.entries(EDITS[mode]))
      for (const [line, text] of Object.entries(added))
        await change(path, (all) => all.replace(line, `${line}${text}`))
    await change('prisma/schema.prisma', renamed)
  }, 600_000)
  afterAll(() => app?.remove())

  it('is told of, and asked for nowhere', async () => {
    const { code, output } = await ssot('generate', '--dry-run')
    expect(code, output).toBe(0)
    expect(output).toContain(`ssot generate --rename ${RENAMES.join(',')}\n`)
  })

  it('does not cost rows before it is known', async () => {
    const { code, output } = await ssot('db', 'migrate')
    expect(code, output).toBe(2)
    expect(output).toContain(`ssot db migrate --rename ${RENAMES.join(',')}\n`)
  })

  it('moves files with their edits, and the app type-checks', async () => {
    const { code, output } = await ssot('generate', '--rename', RENAMES.join(','))
    expect(code, output).toBe(0)
    expect(output).toMatch(/\d+ moved/)
    expect(output).toContain('next, to keep the data: ssot db migrate')
    expect(await ssot('client')).toMatchObject({ code: 0 })
    const tsc = ['node_modules/typescript/bin/tsc']
    expect(await inApp(process.execPath, ...tsc)).toEqual({ code: 0, output: '' })
  })

  it('keeps the rows, and nothing more is to be migrated', async () => {
    const { code, output } = await ssot('db', 'migrate')
    expect(code, output).toBe(0)
    expect(output).toMatch(/Applied \d+_rename_post_to_article_and_more\n/)
    expect((await ssot('db', 'migrate')).output).toContain('Nothing to do')
    const database = await driversFor(readDatabaseApp(app.root), 'test').main()
    const { rows } = await database.query(COUNTS, []).finally(database.close)
    expect(rows.flat().every((count) => Number(count) > 0)).toBe(true)
  })

  it('passes its own tests', async () => {
    const { code, output } = await inApp('npm', 'test')
    expect(code, output).toBe(0)
    expect(output).toContain('article.test.ts')
  })
})

const COUNTS = `SELECT (SELECT count(text) FROM "Article"), (SELECT count(*) FROM "_ArticleToTag"),
  (SELECT count("articleId") FROM "ArticleCategory"), (SELECT count("articleId") FROM "Comment")`
