import { describe, expect, it } from 'vitest'
import type { PolicyExpression } from './policy-ast.js'
import { loadModel, refusal } from './schema.fixture.js'

const schema = (
  rule: string,
  more = '',
) => `/// @@policy(read, rule: ${JSON.stringify(rule)}${more})
model Post {
  id        Int       @id
  title     String
  note      String?
  views     Int
  big       BigInt
  price     Decimal
  at        DateTime
  published Boolean
  status    Status
  meta      Json
  authorId  Int
  author    User      @relation("author", fields: [authorId], references: [id])
  editorId  Int?
  editor    User?     @relation("editor", fields: [editorId], references: [id])
  comments  Comment[]
}

model User {
  id     Int     @id
  orgId  Int
  name   String
  posts  Post[]  @relation("author")
  edited Post[]  @relation("editor")
}

model Comment {
  id     Int     @id
  text   String
  hidden Boolean
  postId Int
  post   Post    @relation(fields: [postId], references: [id])
}

enum Status {
  draft
  live
}
`

const expression = async (rule: string, more?: string): Promise<PolicyExpression> =>
  (await loadModel(schema(rule, more), 'Post')).annotations.policies[0]!.expression

const field = (path: string, type: string, more = {}) => ({
  kind: 'field',
  path: path.split('.'),
  type,
  enum: false,
  list: false,
  nullable: false,
  ...more,
})
const claim = (path: string) => ({ kind: 'claim', path: path.split('.') })
const literal = (value: unknown) => ({ kind: 'literal', value })

describe('a rule', () => {
  it.each<[string, object]>([
    ['isAuthenticated', { kind: 'authenticated' }],
    ['hasRole("admin")', { kind: 'role', role: 'admin' }],
    ["hasRole('admin')", { kind: 'role', role: 'admin' }],
    ['true', { kind: 'constant', value: true }],
    ['published', { kind: 'truth', operand: field('published', 'Boolean') }],
    [
      '!published',
      { kind: 'not', operand: { kind: 'truth', operand: field('published', 'Boolean') } },
    ],
    ['user.admin', { kind: 'truth', operand: claim('admin') }],
    [
      'authorId == user.id',
      { kind: 'compare', operator: '==', left: field('authorId', 'Int'), right: claim('id') },
    ],
    [
      'author.orgId == user.org.id',
      {
        kind: 'compare',
        operator: '==',
        left: field('author.orgId', 'Int'),
        right: claim('org.id'),
      },
    ],
    [
      'editor.name != null',
      {
        kind: 'compare',
        operator: '!=',
        left: field('editor.name', 'String', { nullable: true }),
        right: literal(null),
      },
    ],
    [
      'status == draft',
      {
        kind: 'compare',
        operator: '==',
        left: field('status', 'Status', { enum: true }),
        right: literal('draft'),
      },
    ],
    [
      'status in [draft, "live"]',
      {
        kind: 'in',
        left: field('status', 'Status', { enum: true }),
        right: { kind: 'list', values: [literal('draft'), literal('live')] },
      },
    ],
    ['authorId in user.team', { kind: 'in', left: field('authorId', 'Int'), right: claim('team') }],
    [
      'big > "9007199254740993" ',
      {
        kind: 'compare',
        operator: '>',
        left: field('big', 'BigInt'),
        right: literal('9007199254740993'),
      },
    ],
    [
      'views >= -1.0',
      { kind: 'compare', operator: '>=', left: field('views', 'Int'), right: literal(-1) },
    ],
    [
      'at < "2026-01-01"',
      {
        kind: 'compare',
        operator: '<',
        left: field('at', 'DateTime'),
        right: literal('2026-01-01'),
      },
    ],
    [
      'some(comments, !hidden)',
      {
        kind: 'some',
        path: ['comments'],
        model: 'Comment',
        where: { kind: 'not', operand: { kind: 'truth', operand: field('hidden', 'Boolean') } },
      },
    ],
    [
      'none(author.posts, status == live)',
      { kind: 'none', path: ['author', 'posts'], model: 'Post' },
    ],
  ])('%s', async (rule, expected) => {
    expect(await expression(rule)).toMatchObject(expected)
  })

  it('binds && before ||, and parentheses before both', async () => {
    const truth = { kind: 'truth' }
    expect(await expression('published || published && (published || published)')).toMatchObject({
      kind: 'or',
      operands: [
        truth,
        { kind: 'and', operands: [truth, { kind: 'or', operands: [truth, truth] }] },
      ],
    })
  })

  it('takes the owner by a field, a relation or a path', async () => {
    expect(await expression('isOwner', ', owner: "authorId"')).toEqual({
      kind: 'owner',
      path: ['authorId'],
    })
    expect(await expression('isOwner', ', owner: "editor"')).toEqual({
      kind: 'owner',
      path: ['editorId'],
    })
    expect(await expression('isOwner', ', owner: "author.orgId"')).toEqual({
      kind: 'owner',
      path: ['author', 'orgId'],
    })
  })

  it('takes the row itself as its owner in the user model', async () => {
    const model = await loadModel(
      `/// @@policy(read, rule: "isOwner")\nmodel User {\n  id Int @id\n}\n`,
    )
    expect(model.annotations.policies[0]).toMatchObject({
      owner: 'id',
      expression: { path: ['id'] },
    })
  })

  it('is refused when it is nested without end', async () => {
    expect(await refusal(schema('('.repeat(9999)))).toContain(
      '1:77  @@policy: The rule is nested deeper than 50.',
    )
  })
})

const START = '/// @@policy(read, rule: "'.length

describe('a wrong rule', () => {
  it.each<[string, number, string]>([
    ['', 1, 'The rule is empty.'],
    ['published &&', 13, 'The rule ends where a value should be.'],
    ['published publshed', 11, "'publshed' stands where && or || should be, or nothing."],
    ['(published', 11, "')' is missing to close the parenthesis."],
    ['views = 1', 7, "'=' should be '=='."],
    ['views == #', 10, "'#' has no meaning here."],
    ['title', 1, 'title is String, not Boolean: compare it with something.'],
    ['1', 1, 'A value stands where a condition should be.'],
    ['author', 1, 'author is a relation: compare a field of it.'],
    ['author == user.id', 1, 'author is a relation: compare a field of it.'],
    [
      'comments.hidden',
      1,
      'Post.comments is a list; write some(comments, … hidden …), every or none.',
    ],
    ['title.size == 1', 1, 'Post.title is of type String, so nothing can follow it.'],
    ['author.nam == "a"', 8, 'User has no field nam. Did you mean name?'],
    ['user == 1', 1, 'Name a claim of the user: user.id.'],
    ['views == "many"', 10, 'views is Int, which "many" is not.'],
    ['views == title', 10, "views is Int and title is String: they can't be compared with '=='."],
    [
      'author.name == title',
      16,
      'author.name and title are of different rows, which a database is not asked to compare here; compare each with a claim of the user.',
    ],
    ['title == null', 10, 'title is required, so it is never null.'],
    ['status == drft', 11, 'Status has no value drft; it has draft, live.'],
    ['status == "gone"', 11, 'Status has no value "gone"; it has draft, live.'],
    ['status < draft', 1, "status is Status, which has no order for '<'; use == or !=."],
    ['published > true', 1, "published is Boolean, which has no order for '>'; use == or !=."],
    ['meta == "x"', 1, "meta is Json, which a rule can't compare."],
    ['at > "soon"', 6, 'at is DateTime, which "soon" is not.'],
    ['views == 1.5', 10, 'views is Int, which 1.5 is not.'],
    ['big == 9007199254740993', 8, 'So large a number loses digits: write it in quotes.'],
    ['views in []', 10, "To the right of 'in' stands a list with values, a list field or a claim."],
    ['views in [1, "a"]', 14, 'views is Int, which "a" is not.'],
    ['views == [1]', 10, "A list can only stand to the right of 'in'."],
    ['hasRole(admin)', 1, 'hasRole takes one text: hasRole("admin").'],
    ['isOwner()', 1, 'isOwner takes no parentheses.'],
    [
      'exists(comments)',
      1,
      'There is no function exists; there are hasRole, some, every and none.',
    ],
    ['some(comments)', 1, 'some takes a relation and a condition: some(members, id == user.id).'],
    ['some(author, id == 1)', 6, 'author is not a list of rows, which some needs.'],
    [
      'some(comments, isOwner)',
      16,
      'isOwner speaks of the model of the policy; inside some, every and none compare a field with user.id.',
    ],
    [
      'isOwner',
      1,
      'isOwner: Post has several foreign keys to User; say which: owner: "authorId" or owner: "editorId".',
    ],
  ])('%s', async (rule, column, message) => {
    const [, line] = (await refusal(schema(rule))).split('\n')
    const escapes = rule.slice(0, column - 1).split('"').length - 1
    expect(line).toBe(`schema.prisma:1:${START + column + escapes}  @@policy: ${message}`)
  })

  it('reports every part that is wrong', async () => {
    const lines = (await refusal(schema('titel == 1 || views == "a" && nope'))).split('\n')
    expect(lines.filter((line) => line.startsWith('schema'))).toEqual([
      'schema.prisma:1:27  @@policy: Post has no field titel. Did you mean title?',
      'schema.prisma:1:50  @@policy: views is Int, which "a" is not.',
      'schema.prisma:1:59  @@policy: Post has no field nope. Did you mean note?',
    ])
  })
})
