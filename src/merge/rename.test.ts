import { describe, expect, it } from 'vitest'
import { outlineOf, type Outline } from '../schema/rename/outline.js'
import type { Rename } from '../schema/rename/rename.js'
import { load } from '../schema/schema.fixture.js'
import { namingOf, type Naming } from './names.js'
import { settleByNames } from './rename-clash.js'
import { renamerOf } from './rename-text.js'
import { movedSpecifier } from './specifier.js'

const outline = async (names: readonly string[]): Promise<Outline> =>
  outlineOf(
    await load(names.map((name) => `model ${name} {\n  id Int @id\n  body String\n}\n`).join('')),
  )

const naming = async (
  old: readonly string[],
  now: readonly string[],
  renames: readonly Rename[] = [{ from: old[0]!, to: now[0]! }],
): Promise<Naming> => namingOf(await outline(old), await outline(now), renames)

describe('the names of a renamed model', () => {
  it('are those of files, of code and of the client', async () => {
    const { files, delegates, models } = await naming(['BlogPost'], ['Article'])
    expect({ files: [...files], delegates: [...delegates], models }).toEqual({
      files: [['blog-post', 'article']],
      delegates: [['blogPost', 'article']],
      models: [{ from: 'BlogPost', to: 'Article' }],
    })
  })
})

/** What is generated now. */
const EMITTED = [
  {
    path: 'a.ts',
    text: 'const x = [Article, ArticleDto, articleService, createArticleSchema, PostTagDto, router.post]',
  },
]

describe('a text that somebody edited', () => {
  it.each([
    [
      'identifiers that are generated',
      'new PostDto(postService)',
      'new ArticleDto(articleService)',
    ],
    ['identifiers with the name inside', 'createPostSchema', 'createArticleSchema'],
    ['no identifiers of their own', 'postScript(myPost, Postage)', 'postScript(myPost, Postage)'],
    ['no identifiers that stay', 'PostTagDto', 'PostTagDto'],
    ['no name alone that may be anything', 'const post = router.post', 'const post = router.post'],
    ['properties of the client', 'tx.post.findMany()', 'tx.article.findMany()'],
    ['types of the client', 'Prisma.PostOrderByInput', 'Prisma.ArticleOrderByInput'],
    ['no types of another model', 'Prisma.PostTagWhereInput', 'Prisma.PostTagWhereInput'],
    ['nothing in strings', "page('PostDto', `postService`)", "page('PostDto', `postService`)"],
    ['the model that own code is for', "defineHooks('Post', {})", "defineHooks('Article', {})"],
    [
      'no other model of own code',
      "defineHooks('PostTag', 'Post')",
      "defineHooks('PostTag', 'Post')",
    ],
    ['code in a template', '`a ${postService}`', '`a ${articleService}`'],
    ['nothing in comments', '/* PostDto */ // postService', '/* PostDto */ // postService'],
    ['nothing in regular expressions', '/PostDto/.test(a)', '/PostDto/.test(a)'],
  ])('follows in %s', async (_, text, expected) => {
    const names = await naming(['Post', 'PostTag'], ['Article', 'PostTag'])
    expect(renamerOf(names, EMITTED, new Map())(text, 'b.ts', 'b.ts')).toBe(expected)
  })

  it('is left alone where it is no code', async () => {
    const rename = renamerOf(await naming(['Post'], ['Article']), EMITTED, new Map())
    expect(rename('PostDto', 'README.md', 'README.md')).toBe('PostDto')
  })

  it.each([
    ["import a from '../post/post.dto.js'", "import a from '../article/article.dto.js'"],
    ["import('../post/index.js')", "import('../article/index.js')"],
    ["vi.mock('../post/post.dto.ts')", "vi.mock('../article/article.dto.ts')"],
    ["export * from '../post/post.dto'", "export * from '../article/article.dto'"],
    ["import '../post/other.js'", "import '../post/other.js'"],
    ["import a from 'post/post.dto.js'", "import a from 'post/post.dto.js'"],
    ["read('../post/post.dto.js')", "read('../post/post.dto.js')"],
  ])('follows moved files: %s', async (text, expected) => {
    const moves = new Map([
      ['src/post/post.dto.ts', 'src/article/article.dto.ts'],
      ['src/post/index.ts', 'src/article/index.ts'],
    ])
    const rename = renamerOf(await naming(['Post'], ['Article']), EMITTED, moves)
    expect(rename(text, 'src/tag/a.ts', 'src/tag/a.ts')).toBe(expected)
  })
})

describe('the import of a file that moves', () => {
  const moves = new Map([['src/post/post.dto.ts', 'src/article/article.dto.ts']])
  it.each([
    ['./post.dto.js', './article.dto.js'],
    ['./mine.js', '../post/mine.js'],
    ['../http/id.js', '../http/id.js'],
    ['zod', 'zod'],
  ])('%s becomes %s', (specifier, expected) => {
    const place = { from: 'src/post/index.ts', to: 'src/article/index.ts', moves }
    expect(movedSpecifier(specifier, place)).toBe(expected)
  })
})

describe('lines that both sides changed', () => {
  const settle = async (ours: string, base: string, theirs: string): Promise<string | null> => {
    const { words } = await naming(['Post'], ['NewsItem'])
    const [a, o, b] = [ours, base, theirs].map((text) => text.split('\n'))
    return settleByNames(words)({ ours: a!, base: o!, theirs: b! })?.join('\n') ?? null
  }

  it.each([
    [
      'keep what the user wrote, under the new names',
      ["  kind: 'Post', // mine", "  kind: 'Post',", "  kind: 'NewsItem',"],
      "  kind: 'NewsItem', // mine",
    ],
    [
      'keep lines beside them',
      ['a posts\nmine post', 'a posts', 'a news-items'],
      'a news-items\nmine post',
    ],
    [
      'do not need the layout of the user to change',
      ['f(Post, mine)', 'f(Post)', 'f(\n  NewsItem,\n)'],
      'f(NewsItem, mine)',
    ],
    ['are the business of the user where more has changed', ['Post 1', 'Post', 'NewsItem 2'], null],
    ['are so where nothing but the user changed names', ['Mine', 'Post a', 'Post b'], null],
  ] as const)('%s', async (_, [ours, base, theirs], expected) => {
    expect(await settle(ours, base, theirs)).toBe(expected)
  })
})
