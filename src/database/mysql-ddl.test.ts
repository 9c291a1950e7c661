import { createRequire } from 'node:module'
import { describe, expect, it } from 'vitest'
import type { MysqlDatamodel } from './mysql-datamodel.js'
import { mysqlScript } from './mysql-ddl.js'

const prisma = createRequire(import.meta.url)('@prisma/prisma-schema-wasm') as {
  get_datamodel(params: string): string
}

function scriptOf(models: string, more: Partial<MysqlDatamodel> = {}): string {
  const schema = `datasource db {\n  provider = "mysql"\n}\n${models}`
  const params = JSON.stringify({ prismaSchema: [['schema.prisma', schema]], noColor: true })
  return mysqlScript({
    ...JSON.parse(prisma.get_datamodel(params)),
    foreignKeys: true,
    foreignKeyNames: new Map(),
    unsupported: new Map(),
    ...more,
  })
}

const TABLE = 'DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;'

describe('mysqlScript', () => {
  it('gives every scalar its type and default', () => {
    const script = scriptOf(`enum Role {
  USER
  ADMIN @map("it's")
}
model All {
  id    BigInt   @id @default(autoincrement())
  uid   String   @default(uuid())
  name  String?  @map("full name") @db.VarChar(20)
  bio   String   @default("it's") @db.Text
  n     Int      @default(3) @db.UnsignedInt
  f     Float    @default(1.5)
  price Decimal  @default(1.5) @db.Decimal(10, 2)
  ok    Boolean  @default(true)
  role  Role     @default(ADMIN)
  meta  Json     @default("{}")
  bytes Bytes    @default("AQID")
  made  DateTime @default(now())
  sec   DateTime @default(now()) @db.DateTime(0)
  day   DateTime @default("2024-02-29T00:00:00Z") @db.Date
  gen   String   @default(dbgenerated("uuid()"))
}`)
    expect(script).toBe(`-- CreateTable
CREATE TABLE \`All\` (
    \`id\` BIGINT NOT NULL AUTO_INCREMENT,
    \`uid\` VARCHAR(191) NOT NULL,
    \`full name\` VARCHAR(20) NULL,
    \`bio\` TEXT NOT NULL DEFAULT ('it''s'),
    \`n\` INTEGER UNSIGNED NOT NULL DEFAULT 3,
    \`f\` DOUBLE NOT NULL DEFAULT 1.5,
    \`price\` DECIMAL(10, 2) NOT NULL DEFAULT 1.5,
    \`ok\` BOOLEAN NOT NULL DEFAULT true,
    \`role\` ENUM('USER', 'it''s') NOT NULL DEFAULT 'it''s',
    \`meta\` JSON NOT NULL DEFAULT ('{}'),
    \`bytes\` LONGBLOB NOT NULL DEFAULT (0x010203),
    \`made\` DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
    \`sec\` DATETIME(0) NOT NULL DEFAULT CURRENT_TIMESTAMP(0),
    \`day\` DATE NOT NULL DEFAULT '2024-02-29',
    \`gen\` VARCHAR(191) NOT NULL DEFAULT (uuid()),

    PRIMARY KEY (\`id\`)
) ${TABLE}
`)
  })

  it('names indexes as Prisma does, cut to the 64 characters of MySQL', () => {
    const long = 'x'.repeat(70)
    const script = scriptOf(`model A {
  id   Int    @id
  a    String @unique
  text String @db.Text
  long String @map("${long}")
  @@index([a(sort: Desc), text(length: 10)], map: "mine")
  @@index([long])
  @@fulltext([text])
  @@unique([a, id])
}`)
    expect(script.split('\n').filter((line) => line.includes('INDEX'))).toEqual([
      '    UNIQUE INDEX `A_a_key`(`a`),',
      '    INDEX `mine`(`a` DESC, `text`(10)),',
      `    INDEX \`A_${'x'.repeat(58)}_idx\`(\`${long}\`),`,
      '    UNIQUE INDEX `A_a_id_key`(`a`, `id`),',
      '    FULLTEXT INDEX `A_text_idx`(`text`),',
    ])
  })

  const RELATED = `model User {
  id      Int    @id
  posts   Post[]
  friends User[] @relation("Friends")
  of      User[] @relation("Friends")
}
model Post {
  id       Int    @id
  authorId Int?   @map("author")
  author   User?  @relation(fields: [authorId], references: [id])
  parentId Int
  parent   Post   @relation("Tree", fields: [parentId], references: [id], onDelete: NoAction)
  children Post[] @relation("Tree")
  tags     Tag[]
}
model Tag {
  id    String @id
  posts Post[]
  @@map("tags")
}`

  it('makes foreign keys and the tables of implicit relations', () => {
    const script = scriptOf(RELATED, { foreignKeyNames: new Map([['Post.parent', 'tree']]) })
    expect(script.slice(script.indexOf('-- CreateTable\nCREATE TABLE `_'))).toBe(`-- CreateTable
CREATE TABLE \`_Friends\` (
    \`A\` INTEGER NOT NULL,
    \`B\` INTEGER NOT NULL,

    UNIQUE INDEX \`_Friends_AB_unique\`(\`A\`, \`B\`),
    INDEX \`_Friends_B_index\`(\`B\`)
) ${TABLE}

-- CreateTable
CREATE TABLE \`_PostToTag\` (
    \`A\` INTEGER NOT NULL,
    \`B\` VARCHAR(191) NOT NULL,

    UNIQUE INDEX \`_PostToTag_AB_unique\`(\`A\`, \`B\`),
    INDEX \`_PostToTag_B_index\`(\`B\`)
) ${TABLE}

-- AddForeignKey
ALTER TABLE \`Post\` ADD CONSTRAINT \`Post_author_fkey\` FOREIGN KEY (\`author\`) REFERENCES \`User\`(\`id\`) ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE \`Post\` ADD CONSTRAINT \`tree\` FOREIGN KEY (\`parentId\`) REFERENCES \`Post\`(\`id\`) ON DELETE NO ACTION ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE \`_Friends\` ADD CONSTRAINT \`_Friends_A_fkey\` FOREIGN KEY (\`A\`) REFERENCES \`User\`(\`id\`) ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE \`_Friends\` ADD CONSTRAINT \`_Friends_B_fkey\` FOREIGN KEY (\`B\`) REFERENCES \`User\`(\`id\`) ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE \`_PostToTag\` ADD CONSTRAINT \`_PostToTag_A_fkey\` FOREIGN KEY (\`A\`) REFERENCES \`Post\`(\`id\`) ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE \`_PostToTag\` ADD CONSTRAINT \`_PostToTag_B_fkey\` FOREIGN KEY (\`B\`) REFERENCES \`tags\`(\`id\`) ON DELETE CASCADE ON UPDATE CASCADE;
`)
  })

  it('makes no foreign key where the schema leaves relations to Prisma', () => {
    expect(scriptOf(RELATED, { foreignKeys: false })).not.toContain('FOREIGN KEY')
  })

  it('keeps a column of a type that Prisma does not know', () => {
    const script = scriptOf('model A {\n  id Int @id\n  at Bytes?\n}', {
      unsupported: new Map([['A.at', 'point']]),
    })
    expect(script).toContain('    `at` point NULL,\n')
  })
})
