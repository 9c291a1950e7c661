import { describe, expect, it } from 'vitest'
import { add, head } from './add.fixture.js'
import type { Provider } from '../model.js'

const schema = (provider: Provider = 'postgresql'): string => `${head(provider)}
model Customer {
  id String @id @default(uuid())${provider === 'postgresql' ? ' @db.Uuid' : ''}
}

model Line {
  order  Int
  number Int
  text   String

  @@id([order, number])
}

model Post {
  id       Int  @id @default(autoincrement())
  author   User @relation(fields: [authorId], references: [id])
  authorId Int
}

model User {
  id    Int    @id @default(autoincrement())
  posts Post[]
}
`

/** What each model gets, alignment aside. */
async function added(command: string, text = schema()): Promise<Record<string, string[]>> {
  const { inserted, notes } = await add(command, text)
  const parts = inserted.map(({ into, text }) => [
    into ?? /^\w+ (\w+)/.exec(text)![1]!,
    text
      .split('\n')
      .map((line) => line.trim().replace(/ +/g, ' '))
      .filter((line) => !/^(model .*|\}|)$/.test(line)),
  ])
  return {
    ...(Object.fromEntries(parts) as Record<string, string[]>),
    ...(notes.length > 0 ? { notes: [...notes] } : {}),
  }
}

const ID = 'id Int @id @default(autoincrement())'

describe('a relation is written on both sides', () => {
  it.each<[string, string, Record<string, string[]>]>([
    [
      'to one, the native type of the key included',
      'model Invoice customer:Customer',
      {
        Invoice: [
          ID,
          'customer Customer @relation(fields: [customerId], references: [id])',
          'customerId String @db.Uuid',
          '@@index([customerId])',
        ],
        Customer: ['invoices Invoice[]'],
      },
    ],
    [
      'to one or none',
      'model Invoice customer:Customer?',
      {
        Invoice: [
          ID,
          'customer Customer? @relation(fields: [customerId], references: [id])',
          'customerId String? @db.Uuid',
          '@@index([customerId])',
        ],
        Customer: ['invoices Invoice[]'],
      },
    ],
    [
      'one to one',
      'model Invoice customer:Customer:unique',
      {
        Invoice: [
          ID,
          'customer Customer @relation(fields: [customerId], references: [id])',
          'customerId String @unique @db.Uuid',
        ],
        Customer: ['invoice Invoice?'],
      },
    ],
    [
      'one to one by the key',
      'model Profile user:User:id',
      {
        Profile: ['user User @relation(fields: [userId], references: [id])', 'userId Int @id'],
        User: ['profile Profile?'],
      },
    ],
    [
      'to a key of two fields',
      'model Note line:Line',
      {
        Note: [
          ID,
          'line Line @relation(fields: [lineOrder, lineNumber], references: [order, number])',
          'lineOrder Int',
          'lineNumber Int',
          '@@index([lineOrder, lineNumber])',
        ],
        Line: ['notes Note[]'],
      },
    ],
    [
      'one to one with a key of two fields',
      'model Note line:Line?:unique',
      {
        Note: [
          ID,
          'line Line? @relation(fields: [lineOrder, lineNumber], references: [order, number])',
          'lineOrder Int?',
          'lineNumber Int?',
          '@@unique([lineOrder, lineNumber])',
        ],
        Line: ['note Note?'],
      },
    ],
    [
      'to many: the other side holds the key, and may lack it',
      'model Invoice lines:Line[]',
      {
        Invoice: [ID, 'lines Line[]'],
        Line: [
          'invoice Invoice? @relation(fields: [invoiceId], references: [id])',
          'invoiceId Int?',
          '@@index([invoiceId])',
        ],
        notes: ['Line.invoice is optional, as rows that are there have none.'],
      },
    ],
    [
      'many to many',
      'model Tag posts:Post[]:many',
      {
        Tag: [ID, 'posts Post[]'],
        Post: ['tags Tag[]'],
      },
    ],
    [
      'several to one model',
      'model Invoice payer:User buyer:User?',
      {
        Invoice: [
          ID,
          'payer User @relation("InvoicePayer", fields: [payerId], references: [id])',
          'payerId Int',
          'buyer User? @relation("InvoiceBuyer", fields: [buyerId], references: [id])',
          'buyerId Int?',
          '@@index([payerId])',
          '@@index([buyerId])',
        ],
        User: [
          'invoicesAsPayer Invoice[] @relation("InvoicePayer")',
          'invoicesAsBuyer Invoice[] @relation("InvoiceBuyer")',
        ],
      },
    ],
    [
      'several lists of one model',
      'model Team players:User[] fans:User[]:many',
      {
        Team: [ID, 'players User[] @relation("TeamPlayers")', 'fans User[] @relation("TeamFans")'],
        User: [
          'teamAsPlayer Team? @relation("TeamPlayers", fields: [teamAsPlayerId], references: [id])',
          'teamAsPlayerId Int?',
          'teamsAsFan Team[] @relation("TeamFans")',
          '@@index([teamAsPlayerId])',
        ],
        notes: ['User.teamAsPlayer is optional, as rows that are there have none.'],
      },
    ],
    [
      'one more where there is one: the first keeps its line',
      'field Post editor:User?',
      {
        Post: [
          'editor User? @relation("PostEditor", fields: [editorId], references: [id])',
          'editorId Int?',
          '@@index([editorId])',
        ],
        User: ['postsAsEditor Post[] @relation("PostEditor")'],
      },
    ],
    [
      'to itself',
      'model Category parent:Category? related:Category[]:many',
      {
        Category: [
          ID,
          'parent Category? @relation("CategoryParent", fields: [parentId], references: [id])',
          'parentId Int?',
          'children Category[] @relation("CategoryParent")',
          'related Category[] @relation("CategoryRelated")',
          'categoriesAsRelated Category[] @relation("CategoryRelated")',
          '@@index([parentId])',
        ],
      },
    ],
    [
      'to many of its own',
      'field User reports:User[]',
      {
        User: [
          'reports User[] @relation("UserReports")',
          'parent User? @relation("UserReports", fields: [parentId], references: [id])',
          'parentId Int?',
          '@@index([parentId])',
        ],
      },
    ],
    [
      'in a key of two',
      'model Seat user:User:id number:int:id',
      {
        Seat: [
          'user User @relation(fields: [userId], references: [id])',
          'userId Int',
          'number Int',
          '@@id([userId, number])',
        ],
        User: ['seats Seat[]'],
      },
    ],
    [
      'in a key that an attribute names',
      'model Seat number:int user:User @@id(number,user)',
      {
        Seat: [
          'number Int',
          'user User @relation(fields: [userId], references: [id])',
          'userId Int',
          '@@id([number, userId])',
          '@@index([userId])',
        ],
        User: ['seats Seat[]'],
      },
    ],
    [
      'a required field of a model that is there',
      'field Customer name:string',
      {
        Customer: ['name String'],
        notes: [
          'Customer.name is required and has no default: rows that are there stand in its way.',
        ],
      },
    ],
  ])('%s', async (_, command, lines) => {
    expect(await added(command)).toEqual(lines)
  })

  it('does nothing to rows that go, on SQL Server', async () => {
    expect(
      (await added('model Invoice customer:Customer', schema('sqlserver')))['Invoice'],
    ).toContain(
      'customer Customer @relation(fields: [customerId], references: [id], onDelete: NoAction, onUpdate: NoAction)',
    )
  })

  it('passes a name by that the other model has', async () => {
    const text = `${head()}model User {\n  id Int @id\n  posts String\n}\n`
    expect((await added('model Post author:User', text))['User']).toEqual(['postsAsAuthor Post[]'])
  })

  it('refuses a model that has no key', async () => {
    const text = `${head('postgresql')}model Log {\n  a Int?\n  @@ignore\n}\nmodel Odd {\n  a     Int\n  shape Int @unique @ignore\n}\n`
    await expect(added('model Post odd:Odd', text)).rejects.toThrow(
      'Odd has no key that a relation could point to.',
    )
    await expect(added('model Post log:Log', text)).rejects.toThrow("There is no type 'Log'.")
  })
})

describe('names follow the habit of the schema', () => {
  const mapped = `${head()}
model BlogPost {
  id        Int    @id @default(autoincrement())
  createdAt String @map("created_at")

  @@map("blog_posts")
}
`
  it('maps columns and tables where it does', async () => {
    expect(await added('model OpenInvoice dueDate:datetime post:BlogPost', mapped)).toEqual({
      OpenInvoice: [
        ID,
        'dueDate DateTime @map("due_date")',
        'post BlogPost @relation(fields: [postId], references: [id])',
        'postId Int @map("post_id")',
        '@@index([postId])',
        '@@map("open_invoices")',
      ],
      BlogPost: ['openInvoices OpenInvoice[]'],
    })
  })

  it('puts new blocks in the schema of the database that most are in', async () => {
    const text = `datasource db {\n  provider = "postgresql"\n  schemas  = ["shop", "log"]\n}\nmodel A {\n  id Int @id\n  @@schema("shop")\n}\n`
    const { inserted } = await add('model Invoice state:enum(x)', text)
    expect(inserted.map((part) => part.text)).toEqual([
      'model Invoice {\n  id    String       @id @default(cuid())\n  state InvoiceState\n\n  @@schema("shop")\n}\n',
      'enum InvoiceState {\n  x\n\n  @@schema("shop")\n}\n',
    ])
  })
})
