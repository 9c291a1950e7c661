import { describe, expect, it } from 'vitest'
import { load } from '../schema.fixture.js'
import { likelyRenames, renamedFields, renamedTypes } from './detect.js'
import { outlineOf, type Outline } from './outline.js'

const outline = async (body: string): Promise<Outline> => outlineOf(await load(body))

const POST = `
model Post {
  id    Int    @id
  title String
  body  String
  likes Int
  tags  Tag[]
}

model Tag {
  id    Int    @id
  name  String
  posts Post[]
}
`

describe('names that went while others came', () => {
  it.each([
    ['a model with the same fields', [['Post', 'Article']], 'Post=Article'],
    [
      'a model and its field',
      [
        ['Post', 'Article'],
        ['body', 'text'],
      ],
      'Post=Article,Post.body=Article.text',
    ],
    ['a field of the same type', [['body', 'text']], 'Post.body=Post.text'],
    ['a field of another type', [['body  String', 'text  Bytes']], null],
    ['a field that became a list of it', [['body  String', 'text String[]']], null],
    ['a relation, which is nothing in the database', [['posts Post', 'articles Post']], null],
    ['nothing', [], null],
  ])('are %s', async (_, changes, expected) => {
    const [old, now] = [
      await outlineOf(await load(POST, 'postgresql')),
      outlineOf(
        await load(
          changes.reduce(
            (text, [from, to]) => text.replaceAll(new RegExp(`\\b${from}\\b`, 'g'), to!),
            POST,
          ),
          'postgresql',
        ),
      ),
    ]
    expect(likelyRenames(old, now)).toBe(expected)
  })

  it('are no model that has little in common with it', async () => {
    const now = await outline(`
model Invoice {
  id    Int      @id
  total Decimal
  at    DateTime
  paid  Boolean
}

model Tag {
  id   Int    @id
  name String
}
`)
    expect(renamedTypes(await outline(POST), now)).toEqual([])
  })

  it('are all of them, the nearest first, where there are several', async () => {
    const now = await outline(
      POST.replace('title String', 'header String').replace('body  String', 'heading String'),
    )
    expect(renamedFields(await outline(POST), now)).toEqual([
      { from: 'Post.title', to: ['Post.header', 'Post.heading'] },
      { from: 'Post.body', to: ['Post.header', 'Post.heading'] },
    ])
    expect(likelyRenames(await outline(POST), now)).toBe(
      'Post.title=Post.header,Post.body=Post.heading',
    )
  })

  it('are enums with nearly the same values', async () => {
    const body = (name: string): string =>
      `enum ${name} {\n  a\n  b\n  c\n}\nmodel A {\n  id Int @id\n  is ${name}\n}`
    expect(likelyRenames(await outline(body('Role')), await outline(body('Rank')))).toBe(
      'Role=Rank',
    )
  })

  it('are not asked for again once they are known', async () => {
    const now = await outline(POST.replaceAll(/\bPost\b/g, 'Article').replace('body', 'text'))
    const known = [{ from: 'Post', to: 'Article' }]
    expect(likelyRenames(await outline(POST), now, known)).toBe('Post.body=Article.text')
  })
})
