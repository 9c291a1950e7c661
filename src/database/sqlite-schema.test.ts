import { describe, expect, it } from 'vitest'
import { quoteJsonDefaults, restoreBigInts, sqliteSchema } from './sqlite-schema.js'

const USERS = `model User {
  id      BigInt @id @default(autoincrement())
  views   BigInt
  posts   Post[]
  profile Profile?
}
`
const OTHERS = `model Post {
  id       Int    @id @default(autoincrement())
  authorId BigInt
  author   User   @relation(fields: [authorId], references: [id])
}

model Profile {
  userId BigInt @id
  user   User   @relation(fields: [userId], references: [id])
  cards  Card[]
}

model Card {
  number    String  @id
  profileId BigInt
  profile   Profile @relation(fields: [profileId], references: [userId])
}
`
const files = [
  { path: 'user.prisma', content: USERS },
  { path: 'other.prisma', content: OTHERS },
]

describe('sqliteSchema', () => {
  it('declares a BigInt that counts up and every key that points to it Int, in all files', () => {
    expect(sqliteSchema(files)).toEqual([
      { path: 'user.prisma', content: USERS.replace('id      BigInt', 'id      Int') },
      {
        path: 'other.prisma',
        content: OTHERS.replace('authorId BigInt', 'authorId Int')
          .replace('userId BigInt', 'userId Int')
          .replace('profileId BigInt', 'profileId Int'),
      },
    ])
  })

  it('is undone for what was read from the database', () => {
    expect(restoreBigInts(sqliteSchema(files), files)).toEqual(files)
  })
})

describe('quoteJsonDefaults', () => {
  it('quotes what the engine leaves bare, in tables and in added columns', () => {
    const sql = `CREATE TABLE "A" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "meta" JSONB NOT NULL DEFAULT {"a":[1,2],"b":"it's"},
    "list" JSONB DEFAULT []
);
ALTER TABLE "A" ADD COLUMN "more" JSONB NOT NULL DEFAULT {};`
    expect(quoteJsonDefaults(sql)).toBe(`CREATE TABLE "A" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "meta" JSONB NOT NULL DEFAULT '{"a":[1,2],"b":"it''s"}',
    "list" JSONB DEFAULT '[]'
);
ALTER TABLE "A" ADD COLUMN "more" JSONB NOT NULL DEFAULT '{}';`)
  })

  it('leaves alone what is quoted already', () => {
    const sql = `    "meta" JSONB NOT NULL DEFAULT '{}',`
    expect(quoteJsonDefaults(sql)).toBe(sql)
  })
})
