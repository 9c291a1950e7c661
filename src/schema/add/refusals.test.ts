import { describe, expect, it } from 'vitest'
import { UserError } from '../../errors.js'
import { add, head } from './add.fixture.js'
import type { Provider } from '../model.js'

const schema = (provider: Provider = 'sqlite'): string => `${head(provider)}
model Customer {
  id   String @id @default(cuid())
  name String
}

model Pair {
  a Int
  b Int

  @@id([a, b])
}

${provider === 'sqlserver' ? '' : 'enum Colour {\n  red\n}\n'}`

async function refusal(
  command: string,
  provider?: Provider,
): Promise<{ message: string; remedies: readonly string[] }> {
  const error: unknown = await add(command, schema(provider)).catch((it: unknown) => it)
  if (error instanceof UserError) return { message: error.message, remedies: error.remedies }
  throw new Error(`It was taken: ${command}`, { cause: error })
}

describe('a word that is wrong is named, with its place and what would be right', () => {
  it.each([
    ['total', "Word 2, 'total', at character 6: It has no type.", 'total:string'],
    ['a:', 'The type is missing.', 'a:string'],
    [':string', 'The name of the field is missing.', 'name:string'],
    [
      'due-date:datetime',
      'at character 4: A name is made of letters, digits and _, and begins with a letter.',
      'dueDate:datetime',
    ],
    ['1st:int', 'begins with a letter.', 'st:int'],
    ['notes?:string', 'The ? stands behind the type.', 'notes:string?'],
    ['a:decimall', "at character 3: There is no type 'decimall'.", 'a:decimal'],
    ['a:text:unique', "There is no type 'text'.", 'a:string:unique'],
    ['a:date?', "There is no type 'date'.", 'a:datetime?'],
    ['a:customer?', "There is no type 'customer'.", 'a:Customer?'],
    ['a:Custmer', "There is no type 'Custmer'.", 'a:Customer'],
    ['a:constructor', "There is no type 'constructor'.", null],
    ['a:string:uniqe', 'There is no :uniqe.', 'a:string:unique'],
    ['a:string:unique:unique', ':unique stands twice.', 'a:string:unique'],
    ['a:string:unique?', 'The ? stands directly behind the type.', 'a:string?:unique'],
    ['a:string[]?', 'A list is always there, empty or not.', 'a:string[]'],
    ['a:string(5)', "'(' has no meaning here.", null],
    ['a:string=', 'The value behind = is missing.', null],
    ['a:string=x:unique', 'The value stands last.', 'a:string:unique=x'],
    ['a:string:default', 'The default stands in parentheses.', 'a:string:default(…)'],
    ['a:string[]', "A column of sqlite can't hold a list.", 'a:string'],
    ['a:int=x', "'x' is no Int. For example: =0", null],
    ['a:int=3000000000', "'3000000000' is no Int.", null],
    ['a:float=1e3', "'1e3' is no Float.", null],
    ['a:boolean=yes', "'yes' is no Boolean.", null],
    ['a:datetime=tomorrow', "'tomorrow' is no DateTime.", null],
    ['a:json=x', "'x' is no Json.", null],
    ['a:bytes=x', "'x' is no Bytes.", null],
    ['a:datetime=nwo()', 'There is no nwo().', 'a:datetime=now()'],
    ['a:int=now()', 'now() makes a value for DateTime, not for Int.', null],
    ['a:string=now()', 'For that text: "now()".', null],
    ['a:string=uuid(5)', "uuid() does not take '5'.", 'a:string=uuid()'],
    ['a:Colour=rde', "'rde' is no value of the enum.", 'a:Colour=red'],
    ['a:Customer=x', 'A relation has no default.', 'a:Customer'],
    ['a:enum', 'An enum names its values in parentheses.', 'a:enum(draft,sent)'],
    ['a:enum()', 'An enum needs a value.', 'a:enum(a,b)'],
    [
      'a:enum(in-work,done)',
      "at character 8: 'in-work' can't be the name of a value",
      'a:enum(in_work,done)',
    ],
    ['a:enum(x,x)', "The value 'x' stands twice.", null],
    ['id:int', 'A field called id is meant to be the key.', 'id:int:id'],
    ['a:int?:id', 'A key is never missing.', 'a:int:id'],
    ['a:int:id:unique', 'A key is unique as it is.', 'a:int:id'],
    ['a:int:many', ':many is for relations.', 'a:int'],
    ['a:int:updatedAt', ':updatedAt is for a datetime.', 'a:int'],
    ['a:Customer[]:unique', "A list can't be :unique.", 'a:Customer[]'],
    ['a:Customer:many', ':many stands behind a list.', 'a:Customer[]:many'],
    ['a:Pair[]:many', ':many needs a key of one field at both ends, and Pair has none.', null],
    ['a:Invoice', 'A first Invoice would need one before it.', 'a:Invoice?'],
    ['a:Invoice:id', "Invoice can't be part of the key of Invoice.", null],
    ['@@uniqe(id)', 'There is no @@uniqe here.', '@@unique(id)'],
    ['@@unique', 'An attribute of the model names its fields in parentheses.', '@@unique(a,b)'],
    ['@@unique(x)', 'Invoice has no field x.', null],
  ])('%s', async (word, told, corrected) => {
    const { message, remedies } = await refusal(`model Invoice ${word}`)
    expect(message).toContain(told)
    expect(message).toMatch(/^Word 2, '/)
    expect(/\n {4}write: (.*)$/.exec(message)?.[1] ?? null).toBe(corrected)
    expect(remedies.at(-1)).toBe('Nothing was written.')
  })

  it.each([
    ['model Invoice a:int a:string', "Word 3, 'a:string': Invoice.a comes with 'a:int'."],
    [
      'model Invoice buyer:Customer buyerId:string',
      "Word 3, 'buyerId:string': Invoice.buyerId comes with 'buyer:Customer'.",
    ],
    [
      'model Tree parent:Tree? children:Tree[]',
      "Word 3, 'children:Tree[]': Tree.children comes with 'parent:Tree?'.",
    ],
    [
      'model Tree children:Tree[] parent:Tree?',
      "Word 3, 'parent:Tree?': Tree.parent comes with 'children:Tree[]'.",
    ],
    ['model Invoice a:int:id @@id(a)', "Word 3, '@@id(a)': The key is named twice"],
    [
      'model Customer a:int',
      "Word 1, 'Customer': The model Customer is there already (schema.prisma:5).",
    ],
    ['model Colour a:int', 'The enum Colour is there already'],
    ['model number:int', 'The name of the model stands before its fields.'],
    [
      'model invoice a:int',
      'The models of this schema begin with a capital letter.\n    write: Invoice',
    ],
    ['model 2nd a:int', 'begins with a letter.\n    write: Nd'],
    ['field Custmer a:int', "There is no model 'Custmer'."],
    ['field Customer name:string', "Word 2, 'name:string': Customer.name is there already."],
    ['field Customer a:int:id', 'Customer is there, and its key stays what it is.'],
    ['field Customer @@id(name)', 'Customer is there, and its key stays what it is.'],
  ])('%s', async (command, told) => {
    expect((await refusal(command)).message).toContain(told)
  })

  it('lists all that is wrong, each with what would be right', async () => {
    expect(await refusal('model Invoice a:strng b:int c:Custmer')).toEqual({
      message: [
        "Word 2, 'a:strng', at character 3: There is no type 'strng'.",
        '    write: a:string',
        "Word 4, 'c:Custmer', at character 3: There is no type 'Custmer'.",
        '    write: c:Customer',
      ].join('\n'),
      remedies: [
        'Did you mean string?',
        'Known: string, int, bigint, float, decimal, boolean, datetime, json, bytes, enum(a,b), Colour, Customer, Pair, Invoice.',
        'Did you mean Customer?',
        'Nothing was written.',
      ],
    })
  })

  it('has no enums on SQL Server', async () => {
    expect((await refusal('model Invoice a:enum(x)', 'sqlserver')).message).toContain(
      'SQL Server has no enums.',
    )
  })

  it('tells what Prisma refuses beyond that', async () => {
    const { message, remedies } = await refusal('model Invoice a:int=autoincrement()')
    expect(message).toMatch(
      /^With what was to be added: Prisma refuses the schema\.[\s\S]*autoincrement/,
    )
    expect(remedies).toEqual(['Nothing was written.'])
  })
})
