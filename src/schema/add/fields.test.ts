import { describe, expect, it } from 'vitest'
import { add, head } from './add.fixture.js'
import type { Provider } from '../model.js'

const there = `
model Customer {
  id String @id @default(cuid())
}

enum Colour {
  red
  green
}
`

/** The lines of the new model, its key aside. */
async function lines(words: string, provider: Provider = 'sqlite'): Promise<string[]> {
  const { inserted } = await add(`model Invoice key:int:id ${words}`, head(provider) + there)
  const [block = ''] = inserted
    .filter(({ text }) => text.startsWith('model Invoice'))
    .map(({ text }) => text)
  return block
    .split('\n')
    .slice(2, -2)
    .map((line) => line.trim().replace(/ +/g, ' '))
}

describe('a word makes a field', () => {
  it.each([
    ['a:string', 'a String'],
    ['a:int', 'a Int'],
    ['a:bigint', 'a BigInt'],
    ['a:float', 'a Float'],
    ['a:decimal', 'a Decimal'],
    ['a:boolean', 'a Boolean'],
    ['a:datetime', 'a DateTime'],
    ['a:json', 'a Json'],
    ['a:bytes', 'a Bytes'],
    ['a:DateTime', 'a DateTime'],
    ['a:BIGINT', 'a BigInt'],
    ['a:string?', 'a String?'],
    ['a:string:unique', 'a String @unique'],
    ['a:string?:unique', 'a String? @unique'],
    ['a:datetime:updatedAt', 'a DateTime @updatedAt'],
    ['a:string=draft', 'a String @default("draft")'],
    ['a:string=a:b', 'a String @default("a:b")'],
    ['a:string="now()"', 'a String @default("now()")'],
    ["a:string='it'", 'a String @default("it")'],
    [String.raw`a:string=a"b\c`, String.raw`a String @default("a\"b\\c")`],
    ['a:string:default(draft):unique', 'a String @unique @default("draft")'],
    ['a:string:default(a(b)c)', 'a String @default("a(b)c")'],
    ['a:string=uuid()', 'a String @default(uuid())'],
    ['a:string=uuid(7)', 'a String @default(uuid(7))'],
    ['a:string=cuid()', 'a String @default(cuid())'],
    ['a:string=nanoid(10)', 'a String @default(nanoid(10))'],
    ['a:int=-5', 'a Int @default(-5)'],
    ['a:bigint=9007199254740993', 'a BigInt @default(9007199254740993)'],
    ['a:float=1.5', 'a Float @default(1.5)'],
    ['a:decimal=9.99', 'a Decimal @default(9.99)'],
    ['a:boolean=true', 'a Boolean @default(true)'],
    ['a:datetime=now()', 'a DateTime @default(now())'],
    ['a:datetime=2030-01-31T12:00:00+02:00', 'a DateTime @default("2030-01-31T10:00:00.000Z")'],
    ['a:datetime=2030-01-31T12:00', 'a DateTime @default("2030-01-31T12:00:00.000Z")'],
    ['a:json={"b":1}', String.raw`a Json @default("{\"b\":1}")`],
    ['a:bytes=aGk=', 'a Bytes @default("aGk=")'],
    ['a:Colour=red', 'a Colour @default(red)'],
    ['a:Colour?', 'a Colour?'],
    ['a:enum(x,y)=y', 'a InvoiceA @default(y)'],
  ])('%s', async (word, line) => {
    expect(await lines(word)).toEqual([line])
  })

  it.each([
    ['a:string[]', 'a String[]'],
    ['a:int[]=[1,2]', 'a Int[] @default([1, 2])'],
    ['a:string[]=[x,"y,z"]', 'a String[] @default(["x", "y,z"])'],
    ['a:enum(x,y)[]=[x]', 'a InvoiceA[] @default([x])'],
    ['a:Colour[]=[]', 'a Colour[] @default([])'],
    ['a:int=autoincrement()', 'a Int @default(autoincrement())'],
  ])('%s, on PostgreSQL', async (word, line) => {
    expect(await lines(word, 'postgresql')).toEqual([line])
  })
})

describe('the key of a new model', () => {
  const model = async (words: string, schema = head() + there): Promise<string> => {
    const { inserted } = await add(`model Invoice ${words}`, schema)
    return inserted.at(0)!.text
  }
  const other = (name: string, id: string): string => `model ${name} {\n  ${id}\n}\n`

  it('is a cuid where the schema has no habit', async () => {
    const schema =
      head() +
      other('A', 'id Int @id @default(autoincrement())') +
      other('B', 'id String @id @default(uuid())')
    expect(await model('a:string', schema)).toBe(
      'model Invoice {\n  id String @id @default(cuid())\n  a  String\n}\n',
    )
  })

  it.each([
    ['id Int @id @default(autoincrement())', '  id Int    @id @default(autoincrement())'],
    ['id  String  @id @default(uuid(7))', '  id String @id @default(uuid(7))'],
    [
      'uid Int @id @default(autoincrement()) @map("a_uid")',
      '  uid Int    @id @default(autoincrement())',
    ],
    [
      'id String @id @default(dbgenerated("x(1)"))',
      '  id String @id @default(dbgenerated("x(1)"))',
    ],
  ])('follows most of the other models: %s', async (id, line) => {
    const schema = head() + other('A', id) + other('B', id) + other('C', 'name String @id')
    expect((await model('a:string', schema)).split('\n')[1]).toBe(line)
  })

  it.each([
    [
      'number:int:id=autoincrement()',
      'model Invoice {\n  number Int @id @default(autoincrement())\n}\n',
    ],
    [
      'a:int:id b:string:id c:int',
      'model Invoice {\n  a Int\n  b String\n  c Int\n\n  @@id([a, b])\n}\n',
    ],
    [
      'a:int b:string @@id(b,a) @@unique(a) @@index([a,b])',
      'model Invoice {\n  a Int\n  b String\n\n  @@id([b, a])\n  @@unique([a])\n  @@index([a, b])\n}\n',
    ],
  ])('is what the words say: %s', async (words, text) => {
    expect(await model(words)).toBe(text)
  })
})

describe('an enum', () => {
  it('gets a name of its own', async () => {
    const schema = `${head()}enum InvoiceStatus {\n  a\n}\nmodel InvoiceKind {\n  id Int @id\n}\n`
    const { inserted } = await add('model Invoice status:enum(draft,sent) kind:enum(b)', schema)
    expect(inserted.map(({ text }) => text)).toEqual([
      'model Invoice {\n  id     String         @id @default(cuid())\n  status InvoiceStatus2\n  kind   InvoiceKind2\n}\n',
      'enum InvoiceStatus2 {\n  draft\n  sent\n}\n',
      'enum InvoiceKind2 {\n  b\n}\n',
    ])
  })
})
