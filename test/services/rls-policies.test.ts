import { afterAll, describe, expect, it } from 'vitest'
import { startTarget } from '../contract/harness.js'
import { scene } from '../policies/everything.js'
import { describeTable } from '../policies/table.js'
import type { Row } from '../policies/scene.js'
import { deep } from '../support/deep.js'
import { servers, type TestDatabase } from './servers.js'
import { Speaker } from './speaker.js'

const databases: TestDatabase[] = []
afterAll(() => Promise.all(databases.map((database) => database.remove())))

async function makeDatabase(): Promise<TestDatabase> {
  const database = await servers.postgresql.makeDatabase()
  databases.push(database)
  return database
}

// Those of saas are tried in every combination.
describe('policies with row-level security', () => {
  describeTable(
    scene,
    { framework: 'express', mode: 'layered', provider: 'postgresql', plugins: ['rls'] },
    { share: deep ? 12 : 36, databaseFor: async () => (await makeDatabase()).url },
  )
})

/** Names and types that SQL has to be told apart from its own words, and every kind of relation. */
const ODD = `generator client {
  provider            = "prisma-client"
  output              = "../src/generated/prisma"
  moduleFormat        = "esm"
  importFileExtension = "js"
  runtime             = "nodejs"
}

datasource db {
  provider = "postgresql"
  schemas  = ["public", "odd one"]
}

/// @@auth(public)
/// @@policy(read, rule: "owner == user.id || status == user.status || some(friends, owner == user.id)")
/// @@policy(read, rule: "ref == user.ref && paid > 1.5 && born < '2030-01-01' && zoned < '2030-01-01T00:00:00Z'")
/// @@policy(write, rule: "since < user.since || status in [draft, live] && 'a' in words && draft in kinds")
/// @@policy(read, rule: "big in user.bigs || 'x' in user.tags || user.level > 2 && user.a == user.b", owner: "owner")
model Select {
  id      String   @id @default(uuid()) @db.Uuid
  owner   String   @map("order by")
  status  Status   @default(draft)
  ref     String?  @db.Uuid
  paid    Decimal? @db.Money
  born    DateTime @default(now()) @db.Date
  zoned   DateTime @default(now()) @db.Timestamptz(3)
  since   DateTime @default(now())
  big     BigInt   @default(1)
  words   String[]
  kinds   Status[]
  friends Select[] @relation("friends")
  of      Select[] @relation("friends")
  parts   Part[]
  only    Only?

  @@map("select; -- it's $ssot$")
  @@schema("odd one")
}

/// @@policy(*, rule: "whole.owner == user.id && none(whole.parts, number > 100) && only.text != null")
model Part {
  wholeId String @db.Uuid
  number  Int
  whole   Select @relation(fields: [wholeId], references: [id])
  onlyId  Int?
  only    Only?  @relation(fields: [onlyId], references: [number])

  @@id([wholeId, number])
  @@schema("public")
}

/// @@policy(read, rule: "every(parts, whole.status == live)")
model Only {
  number Int     @id @default(autoincrement())
  text   String?
  ofId   String? @unique @db.Uuid
  of     Select? @relation(fields: [ofId], references: [id])
  parts  Part[]

  @@schema("public")
}

enum Status {
  draft @map("a draft; --")
  live

  @@map("odd; status")
  @@schema("odd one")
}
`

describe('row-level security of odd names and types', () => {
  it('is applied, and lets through whom the rules name', async () => {
    const database = await makeDatabase()
    const choice = { framework: 'fastify', mode: 'layered', provider: 'postgresql' } as const
    const app = await startTarget({
      ...{ ...choice, databaseUrl: database.url, schema: ODD, plugins: ['rls'] },
      env: {},
    })
    const speaker = await Speaker.on(database.url)
    try {
      expect((await fetch(`${app.url}/api/selects`)).status).toBe(401)
      const table = `"odd one"."select; -- it's $ssot$"`
      await database.execute(
        `INSERT INTO ${table} (id, "order by", words, kinds) VALUES
           ('00000000-0000-4000-8000-000000000001', 'ada', '{a}', '{"a draft; --"}'),
           ('00000000-0000-4000-8000-000000000002', 'bob', '{}', '{}')`,
      )
      const seenBy = async (who: { id: string; claims: Row }): Promise<unknown[]> => {
        const select = () => speaker.rows(`SELECT "order by" FROM ${table} ORDER BY 1`)
        return (await speaker.as('reader', who, select)).map((row) => row['order by'])
      }
      expect(await seenBy({ id: 'ada', claims: {} })).toEqual(['ada'])
      expect(await seenBy({ id: 'eve', claims: {} })).toEqual([])
      expect(await seenBy({ id: 'eve', claims: { status: 'draft' } })).toEqual(['ada', 'bob'])
      expect(await seenBy({ id: 'eve', claims: { bigs: ['1', 'x'] } })).toEqual(['ada', 'bob'])
      expect(await seenBy({ id: 'eve', claims: { level: 3, a: 'x', b: 'x' } })).toEqual([
        'ada',
        'bob',
      ])
    } finally {
      await speaker.end()
      await app.stop()
    }
  })
})
