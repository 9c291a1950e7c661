import { describe, expect, it } from 'vitest'
import { load } from '../../schema/schema.fixture.js'
import type { Provider } from '../../schema/model.js'
import { Uses, textOf } from './code.js'
import { compileRule } from './compile.js'

const schema = (rule: string, more: string) => `/// @@policy(read, rule: ${JSON.stringify(rule)})
model Post {
  id        Int       @id
  title     String
  note      String?
  views     Int
  low       Int
  max       Int?
  min       Int?
  big       BigInt
  price     Decimal?
  at        DateTime
  published Boolean
  pinned    Boolean?
  status    Status
  mood      Status?
  authorId  Int
  author    User      @relation("author", fields: [authorId], references: [id])
  editorId  Int?
  editor    User?     @relation("editor", fields: [editorId], references: [id])
  comments  Comment[]
  headId    Int?
  head      Comment?  @relation("head", fields: [headId], references: [id])
${more}
}

model User {
  id     Int     @id
  orgId  Int
  homeId Int
  name   String?
  nick   String?
  posts  Post[]  @relation("author")
  edited Post[]  @relation("editor")
}

model Comment {
  id     Int     @id
  hidden Boolean
  byId   Int
  postId Int
  post   Post    @relation(fields: [postId], references: [id])
  heads  Post[]  @relation("head")
}

enum Status {
  draft
  live
}
`

async function compiled(rule: string, provider: Provider = 'sqlite', more = ''): Promise<string> {
  const { models } = await load(schema(rule, more), provider)
  const model = models.find(({ name }) => name === 'Post')!
  const uses = new Uses()
  const byName = new Map(models.map((it) => [it.name, it]))
  const { expression } = model.annotations.policies[0]!
  return textOf(compileRule(expression, { model, models: byName, provider, uses }))
}

describe('a rule compiles to', () => {
  it.each([
    // Known without a row.
    ['true', 'true'],
    ['1 < 2 && !false', 'true'],
    ['isAuthenticated', 'user !== null'],
    ['!isAuthenticated', 'user === null'],
    ['hasRole("it\'s")', "hasRole(user, 'it\\'s')"],
    ['!hasRole("admin")', "!hasRole(user, 'admin')"],
    // A column and a value.
    ['published', '{ published: true }'],
    ['!published', '{ published: { not: true } }'],
    ['title == "a"', "{ title: 'a' }"],
    ['title != "a"', "{ title: { not: 'a' } }"],
    ['views < 5', '{ views: { lt: 5 } }'],
    ['!(views < 5)', '{ views: { gte: 5 } }'],
    ['5 < views', '{ views: { gt: 5 } }'],
    ['status == live', "{ status: 'live' }"],
    ['status in [draft, live]', "{ status: { in: ['draft', 'live'] } }"],
    ['!(status in [draft, live])', "{ NOT: { status: { in: ['draft', 'live'] } } }"],
    ['big > "9007199254740993"', '{ big: { gt: 9007199254740993n } }'],
    ['at < "2026-01-01"', "{ at: { lt: new Date('2026-01-01') } }"],
    // A column that may be null is never left to SQL's third truth value.
    ['note == "a"', "{ note: { equals: 'a', not: null } }"],
    ['note != "a"', "{ NOT: { note: { equals: 'a', not: null } } }"],
    ['note == null', '{ note: null }'],
    ['note != null', '{ note: { not: null } }'],
    ['price >= 1.5', "{ price: { gte: '1.5', not: null } }"],
    ['!(price >= 1.5)', "{ NOT: { price: { gte: '1.5', not: null } } }"],
    ['!pinned', '{ NOT: { pinned: { equals: true, not: null } } }'],
    ['mood in [draft, live]', "{ mood: { in: ['draft', 'live'], not: null } }"],
    ['mood in [draft, null]', "{ OR: [{ mood: { equals: 'draft', not: null } }, { mood: null }] }"],
    // Paths.
    ['author.orgId == 1', '{ author: { is: { orgId: 1 } } }'],
    ['author.orgId != 1', '{ author: { is: { orgId: { not: 1 } } } }'],
    ['editor.orgId == 1', '{ editor: { is: { orgId: 1 } } }'],
    ['editor.orgId != 1', '{ NOT: { editor: { is: { orgId: 1 } } } }'],
    ['editor.orgId == null', '{ NOT: { editor: { isNot: null } } }'],
    ['editor.orgId != null', '{ editor: { isNot: null } }'],
    // A required relation is never null: what may be missing is the row that has it.
    ['head.post.views == null', '{ NOT: { head: { isNot: null } } }'],
    ['author.name == null', '{ NOT: { author: { is: { name: { not: null } } } } }'],
    // Two columns of a row.
    ['views <= low', '{ views: { lte: prisma.post.fields.low } }'],
    [
      'views == max',
      '{ AND: [{ views: { equals: prisma.post.fields.max } }, { max: { not: null } }] }',
    ],
    [
      'min == max',
      '{ OR: [{ AND: [{ min: { equals: prisma.post.fields.max, not: null } }, { max: { not: null } }] }, { AND: [{ min: null }, { max: null }] }] }',
    ],
    [
      'author.orgId == author.homeId',
      '{ author: { is: { orgId: { equals: prisma.user.fields.homeId } } } }',
    ],
    [
      'editor.orgId == editor.homeId',
      '{ NOT: { editor: { is: { NOT: { orgId: { equals: prisma.user.fields.homeId } } } } } }',
    ],
    // Claims: nothing holds without one.
    ['authorId == user.id', "claim(user, ['id'], asInt, (id) => ({ authorId: id }))"],
    ['authorId != user.id', "claim(user, ['id'], asInt, (id) => ({ authorId: { not: id } }))"],
    [
      'user.org.id == author.orgId',
      "claim(user, ['org', 'id'], asInt, (id) => ({ author: { is: { orgId: id } } }))",
    ],
    ['title == user.class', "claim(user, ['class'], asText, (value) => ({ title: value }))"],
    [
      'status == user.mood',
      "claim(user, ['mood'], asOneOf(enums.Status), (mood) => ({ status: mood }))",
    ],
    [
      'views in user.numbers',
      "claim(user, ['numbers'], asList(asInt), (numbers) => ({ views: { in: numbers } }))",
    ],
    [
      '!(editorId in user.team)',
      "claim(user, ['team'], asList(asInt), (team) => ({ NOT: { editorId: { in: team, not: null } } }))",
    ],
    ['user.plan == "pro"', "claim(user, ['plan'], asText, (plan) => plan === 'pro')"],
    ['user.level >= 3', "claim(user, ['level'], asFloat, (level) => level >= 3)"],
    ['!(3 <= user.level)', "claim(user, ['level'], asFloat, (level) => level < 3)"],
    ['!user.banned', "claim(user, ['banned'], asBoolean, (banned) => banned !== true)"],
    ['user.boss == null', "lacksClaim(user, ['boss'])"],
    ['user.boss != null', "hasClaim(user, ['boss'])"],
    [
      '"x" in user.scopes',
      "claim(user, ['scopes'], asList(asText), (scopes) => scopes.includes('x'))",
    ],
    [
      'user.a == user.b',
      "claim(user, ['a'], asScalar, (left) => claim(user, ['b'], asScalar, (right) => left === right))",
    ],
    // And, or, not.
    ['published && views > 1', '{ AND: [{ published: true }, { views: { gt: 1 } }] }'],
    ['!(published && views > 1)', '{ OR: [{ published: { not: true } }, { views: { lte: 1 } }] }'],
    ['published || hasRole("a")', "anyOf({ published: true }, hasRole(user, 'a'))"],
    ['published && true || false', '{ published: true }'],
    // Rows of a relation.
    ['some(comments, hidden)', '{ comments: { some: { hidden: true } } }'],
    ['every(comments, hidden)', '{ comments: { every: { hidden: true } } }'],
    ['none(comments, hidden)', '{ comments: { none: { hidden: true } } }'],
    ['!every(comments, hidden)', '{ comments: { some: { hidden: { not: true } } } }'],
    ['some(comments, true)', '{ comments: { some: {} } }'],
    ['none(comments, true)', '{ NOT: { comments: { some: {} } } }'],
    [
      'none(editor.posts, published)',
      '{ NOT: { editor: { is: { posts: { some: { published: true } } } } } }',
    ],
    [
      'some(comments, byId == user.id)',
      "some((rows: Prisma.CommentWhereInput) => ({ comments: { some: rows } }), claim(user, ['id'], asInt, (id) => ({ byId: id })))",
    ],
    [
      'none(comments, byId == user.id)',
      "every((rows: Prisma.CommentWhereInput) => ({ comments: { some: rows } }), claim(user, ['id'], asInt, (id) => ({ byId: { not: id } })))",
    ],
  ])('%s', async (rule, expected) => {
    expect(await compiled(rule)).toBe(expected)
  })

  it.each([
    ['"a" in tags', "{ AND: [{ tags: { has: 'a' } }, { NOT: { tags: { equals: null } } }] }"],
    [
      '!(user.id in members)',
      "claim(user, ['id'], asUuid, (id) => ({ NOT: { AND: [{ members: { has: id } }, { NOT: { members: { equals: null } } }] } }))",
    ],
  ])('%s, in a list of PostgreSQL', async (rule, expected) => {
    const more = '  tags String[]\n  members String[] @db.Uuid'
    expect(await compiled(rule, 'postgresql', more)).toBe(expected)
  })
})
