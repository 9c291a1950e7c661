import { describe, expect, it } from 'vitest'
import { schemaOf } from '../../test/support/schema-of.js'
import type { Provider } from '../schema/model.js'
import { sampleData, type SampleOptions, type SampleRow } from './sample.js'

/** Models on one line each: `model A { id Int @id; name String }`. */
const expanded = (models: string): string =>
  models.replace(/\{/g, '{\n').replace(/\}/g, '\n}\n').replaceAll(';', '\n')

/** Rows by model: own values as they are, columns of another row as `Model.column of row`. */
async function samples(
  models: string,
  options: Partial<SampleOptions> = {},
  provider: Provider = 'sqlite',
) {
  const schema = await schemaOf(expanded(models), provider)
  const data = sampleData(schema, { rows: 3, purpose: 'api', ...options })
  const entries = data.map(({ model, rows, reason }) => [model.name, reason ?? rows.map(plain)])
  return Object.fromEntries(entries) as Record<string, unknown>
}

const plain = (row: SampleRow) =>
  Object.fromEntries(
    row.cells.map(({ field, source }) => [
      field.name,
      source.kind === 'own' ? source.value : `${source.model}.${source.column} of ${source.row}`,
    ]),
  )

const POST = `
  model Post { id Int @id @default(autoincrement()); title String; authorId Int
    author User @relation(fields: [authorId], references: [id]) }
  model User { id Int @id @default(autoincrement()); email String @unique; posts Post[] }`

describe('order', () => {
  it('puts parents before children, whatever the order in the schema', async () => {
    expect(Object.keys(await samples(POST))).toEqual(['User', 'Post'])
  })

  it('lets two rows share a parent where nothing forbids it', async () => {
    expect(await samples(POST)).toEqual({
      User: [
        { email: 'ada-lovelace@example.com' },
        { email: 'alan-turing@example.com' },
        { email: 'grace-hopper@example.com' },
      ],
      Post: [
        { title: 'First post', authorId: 'User.id of 0' },
        { title: 'Second post', authorId: 'User.id of 0' },
        { title: 'Third post', authorId: 'User.id of 1' },
      ],
    })
  })

  it('gives each row of a one-to-one relation a parent of its own', async () => {
    const { Bio } = await samples(`
      model Bio { id Int @id @default(autoincrement()); userId Int @unique; user User @relation(fields: [userId], references: [id]) }
      model User { id Int @id @default(autoincrement()); bio Bio? }`)
    expect(Bio).toEqual([
      { userId: 'User.id of 0' },
      { userId: 'User.id of 1' },
      { userId: 'User.id of 2' },
    ])
  })

  it('keeps to the same row of every parent where a column is part of two foreign keys', async () => {
    const { Item } = await samples(`
      model Tenant { id Int @id; users User[]; boxes Box[] }
      model User { tenantId Int; no Int; tenant Tenant @relation(fields: [tenantId], references: [id]); items Item[]; @@id([tenantId, no]) }
      model Box { tenantId Int; no Int; tenant Tenant @relation(fields: [tenantId], references: [id]); items Item[]; @@id([tenantId, no]) }
      model Item { id Int @id; tenantId Int; userNo Int; boxNo Int
        user User @relation(fields: [tenantId, userNo], references: [tenantId, no])
        box Box @relation(fields: [tenantId, boxNo], references: [tenantId, no]) }`)
    expect(Item).toEqual(
      [0, 1, 2].map((n) => ({
        id: n + 1,
        tenantId: `Box.tenantId of ${n}`,
        userNo: `User.no of ${n}`,
        boxNo: `Box.no of ${n}`,
      })),
    )
  })
})

describe('seed', () => {
  it('makes a tree of a self relation and fills optional foreign keys with rows that are there', async () => {
    const { Node } = await samples(
      'model Node { id Int @id @default(autoincrement()); name String; parentId Int?; parent Node? @relation("t", fields: [parentId], references: [id]); children Node[] @relation("t") }',
      { purpose: 'seed', rows: 4 },
    )
    expect(Node).toEqual([
      { name: 'First node' },
      { name: 'Second node', parentId: 'Node.id of 0' },
      { name: 'Third node', parentId: 'Node.id of 0' },
      { name: 'Fourth node', parentId: 'Node.id of 1' },
    ])
  })

  it('leaves out an optional parent that needs the row itself', async () => {
    const seed = await samples(
      `model Customer { id Int @id @default(autoincrement()); defaultId Int? @unique; default Address? @relation("d", fields: [defaultId], references: [id]); addresses Address[] @relation("o") }
       model Address { id Int @id @default(autoincrement()); customerId Int; customer Customer @relation("o", fields: [customerId], references: [id]); defaultOf Customer? @relation("d") }`,
      { purpose: 'seed' },
    )
    expect(seed).toEqual({
      Customer: [{}, {}, {}],
      Address: [
        { customerId: 'Customer.id of 0' },
        { customerId: 'Customer.id of 0' },
        { customerId: 'Customer.id of 1' },
      ],
    })
  })

  it('varies enums and switches that have a default, and leaves texts to theirs', async () => {
    const { A } = await samples(
      'enum E { X; Y } model A { id Int @id @default(autoincrement()); e E @default(X); on Boolean @default(true); text String @default("t"); passwordHash String? }',
      { purpose: 'seed' },
    )
    expect(A).toEqual([
      { e: 'X', on: true },
      { e: 'Y', on: false },
      { e: 'X', on: true },
    ])
  })
})

describe('distinct rows', () => {
  it('are as many as a unique type has values', async () => {
    const made = await samples(
      'enum E { X; Y } model Flag { on Boolean @id } model Setting { key E @id } model Pair { on Boolean; e E; @@id([on, e]) }',
      { rows: 9 },
    )
    expect(made).toEqual({
      Flag: [{ on: true }, { on: false }],
      Setting: [{ key: 'X' }, { key: 'Y' }],
      Pair: [
        { on: true, e: 'X' },
        { on: false, e: 'X' },
        { on: true, e: 'Y' },
        { on: false, e: 'Y' },
      ],
    })
  })

  it('have ids of every type that has no default', async () => {
    const made = await samples(
      `model S { id String @id } model I { id Int @id } model B { id BigInt @id } model D { id Decimal @id }
       model T { id DateTime @id } model Y { id Bytes @id }`,
      { rows: 2 },
    )
    expect(made).toEqual({
      S: [{ id: 's-1' }, { id: 's-2' }],
      I: [{ id: 1 }, { id: 2 }],
      B: [{ id: '1000' }, { id: '1001' }],
      D: [{ id: '9.95' }, { id: '19.95' }],
      T: [{ id: '2025-01-15T09:00:00.000Z' }, { id: '2025-01-16T09:00:00.000Z' }],
      Y: [{ id: 'AQID/w==' }, { id: 'AgID/w==' }],
    })
  })

  it('give a value for a default that is part of a unique constraint', async () => {
    const { A } = await samples(
      'model A { id Int @id @default(autoincrement()); name String @unique @default("x") }',
      { rows: 2 },
    )
    expect(A).toEqual([{ name: 'First a' }, { name: 'Second a' }])
  })
})

describe('what cannot be made', () => {
  it('says why', async () => {
    const made = await samples(`
      model A { id Int @id; bId Int @unique; b B @relation("ab", fields: [bId], references: [id]); back B? @relation("ba") }
      model B { id Int @id; aId Int @unique; a A @relation("ba", fields: [aId], references: [id]); back A? @relation("ab") }
      model C { id Int @id; odd Unsupported("POINT"); ds D[] }
      model D { id Int @id; cId Int; c C @relation(fields: [cId], references: [id]) }
      /// Set by the back office.
      model E {
        id Int @id
        /// @readonly
        total Int
      }
      view V { n Int }`)
    expect(made).toEqual({
      B: 'each row needs a row of A, which needs a row of B',
      A: 'it needs a row of B: each row needs a row of A, which needs a row of B',
      C: "its required column 'odd' can't be written through the client",
      D: "it needs a row of C: its required column 'odd' can't be written through the client",
      E: "its required column 'total' is set by the server",
      V: 'a view is read-only',
    })
  })
})

describe('native types', () => {
  it('are kept to', async () => {
    const { N } = await samples(
      `model N { id Int @id @default(autoincrement()); code String @db.VarChar(3); fixed String @db.Char(6); uuid String @db.Uuid
         small Int @db.SmallInt; price Decimal @db.Decimal(5, 2); tiny Decimal @db.Decimal(2, 2); day DateTime @db.Date
         time DateTime @db.Time; ip String @db.Inet; bits String @db.Bit(4) }`,
      { rows: 2 },
      'postgresql',
    )
    expect(N).toEqual([
      {
        code: 'N-1',
        fixed: 'Fixed1',
        uuid: '00000000-0000-4000-8000-000000000001',
        small: 1,
        price: '9.95',
        tiny: '0.01',
        day: '2025-01-15',
        time: '08:30:00.000Z',
        ip: '192.0.2.1',
        bits: '0001',
      },
      {
        code: 'N-2',
        fixed: 'Fixed2',
        uuid: '00000000-0000-4000-8000-000000000002',
        small: 2,
        price: '19.95',
        tiny: '0.02',
        day: '2025-01-16',
        time: '09:30:00.000Z',
        ip: '192.0.2.2',
        bits: '0010',
      },
    ])
  })
})
