import { describe, expect, it } from 'vitest'
import { load } from '../../../schema/schema.fixture.js'
import { viewRowSecurity } from './view.js'

const schema = (
  rule: string,
  operation = 'read',
) => `/// @@policy(${operation}, rule: ${JSON.stringify(rule)})
model Post {
  id       Int       @id
  title    String    @map("ti tle")
  views    Int
  max      Int?
  big      BigInt
  at       DateTime
  zoned    DateTime  @db.Timestamptz
  ref      String    @db.Uuid
  labels   String[]
  status   Status
  authorId Int
  author   User      @relation(fields: [authorId], references: [id])
  comments Comment[]
  tags     Tag[]

  @@map("po'sts")
}

model User {
  id    Int    @id
  orgId Int
  posts Post[]
}

model Comment {
  postId Int
  number Int
  byId   Int
  post   Post @relation(fields: [postId], references: [id])

  @@id([postId, number])
}

model Tag {
  id    Int    @id
  name  String
  posts Post[]
}

enum Status {
  draft @map("d-raft")
  live
}
`

async function viewOf(rule: string, operation?: string) {
  const { models, enums, ...others } = await load(schema(rule, operation), 'postgresql')
  return viewRowSecurity({ schema: { ...others, models, enums } })
}

const condition = async (rule: string): Promise<string> => (await viewOf(rule)).tables[0]!.read

const ID = `(SELECT ssot_rls.as_int(ssot_rls.claim(ARRAY['id'])))`

describe('a rule in SQL', () => {
  it.each([
    ['true', 'true'],
    ['isAuthenticated', '(SELECT ssot_rls.uid()) IS NOT NULL'],
    [`!hasRole("a'b")`, `NOT (SELECT ssot_rls.has_role('a''b'))`],
    ['authorId == user.id', `("po'sts"."authorId" = ${ID})`],
    [
      'authorId != user.id',
      `(${ID} IS NOT NULL AND NOT COALESCE("po'sts"."authorId" = ${ID}, false))`,
    ],
    ['views < 3 && max == null', `(("po'sts"."views" < (3)) AND "po'sts"."max" IS NULL)`],
    ['max >= views', `("po'sts"."max" >= "po'sts"."views")`],
    ['max == views', `"po'sts"."max" IS NOT DISTINCT FROM "po'sts"."views"`],
    [`title == "it's"`, `("po'sts"."ti tle" = 'it''s')`],
    ['status == draft', `("po'sts"."status"::text = 'd-raft')`],
    [
      'status == user.status',
      `("po'sts"."status"::text = (SELECT CASE ssot_rls.as_text(ssot_rls.claim(ARRAY['status'])) WHEN 'draft' THEN 'd-raft' WHEN 'live' THEN 'live' END))`,
    ],
    [
      'ref == user.org.ref',
      `("po'sts"."ref" = (SELECT ssot_rls.as_uuid(ssot_rls.claim(ARRAY['org', 'ref']))))`,
    ],
    ['at < "2026-01-31T10:00:00Z"', `("po'sts"."at" < '2026-01-31T10:00:00.000'::timestamp)`],
    [
      'zoned < "2026-01-31T10:00:00Z"',
      `("po'sts"."zoned" < '2026-01-31T10:00:00.000Z'::timestamptz)`,
    ],
    ['"new" in labels', `('new' = ANY("po'sts"."labels"))`],
    [
      'user.x == null',
      `((SELECT ssot_rls.uid()) IS NOT NULL AND (SELECT ssot_rls.claim(ARRAY['x'])) IS NULL)`,
    ],
    ['user.level > 2', `((SELECT ssot_rls.as_float(ssot_rls.claim(ARRAY['level']))) > (2))`],
  ])('%s', async (rule, sql) => {
    expect(await condition(rule)).toBe(sql)
  })

  it.each([
    [
      'author.orgId == user.orgId',
      `((SELECT _t1."orgId" FROM "User" _t1 WHERE _t1."id" = _row."authorId") = (SELECT ssot_rls.as_int(ssot_rls.claim(ARRAY['orgId']))))`,
    ],
    [
      'some(comments, byId == user.id)',
      `EXISTS (SELECT FROM "Comment" _t1 WHERE _t1."postId" = _row."id" AND (_t1."byId" = ${ID}))`,
    ],
    [
      'every(comments, byId == user.id)',
      `NOT EXISTS (SELECT FROM "Comment" _t1 WHERE _t1."postId" = _row."id" AND ((_t1."byId" = ${ID})) IS NOT TRUE)`,
    ],
    [
      'none(tags, name == "x")',
      `NOT EXISTS (SELECT FROM "_PostToTag" _t1_link JOIN "Tag" _t1 ON _t1_link."B" = _t1."id" WHERE _t1_link."A" = _row."id" AND (NOT COALESCE(_t1."name" = 'x', false)) IS NOT TRUE)`,
    ],
  ])('asks for other rows in a function of the owner: %s', async (rule, sql) => {
    const { tables, functions } = await viewOf(rule)
    expect(tables[0]!.read).toBe(`ssot_rls."Post_1"("po'sts".*)`)
    expect(functions[0]).toEqual({ name: 'ssot_rls."Post_1"', table: `"po'sts"`, condition: sql })
  })

  it('asks a rule of creation when all is written, as it may ask for what comes later', async () => {
    const { tables, functions } = await viewOf('some(comments, byId == user.id)', 'create')
    const [{ create, later }] = tables as [(typeof tables)[0]]
    expect([create, later]).toEqual([
      'true',
      [{ event: 'INSERT', name: 'ssot_create', rule: `'${functions.at(-1)!.name}'` }],
    ])
  })

  it('leaves the new row out where its rule asks for others of the model', async () => {
    const { functions } = await viewOf('some(author.posts, views > 1)', 'create')
    expect(functions[0]!.condition).toContain('(_t2."id") IS DISTINCT FROM (_row."id")')
  })

  it('asks at once what is the same for every row', async () => {
    const { tables } = await viewOf("isAuthenticated && !hasRole('guest')", 'create')
    expect(tables[0]!.later).toEqual([])
    expect(tables[0]!.create).toContain('has_role')
  })
})
