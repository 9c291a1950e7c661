import { describe, expect, it } from 'vitest'
import { add, filesAfter, head, type Files } from './add.fixture.js'

/** The one file that a schema is. */
const after = async (command: string, schema: string): Promise<string> =>
  filesAfter(await add(command, schema))['schema.prisma']!

const NOTE = 'model Note {\n  id   String @id @default(cuid())\n  text String\n}\n'

describe('a new block stands at the end of a file', () => {
  const model = 'model A {\n  id Int @id\n}'

  it.each([
    ['that ends with a line end', `${model}\n`, `${model}\n\n${NOTE}`],
    ['that ends without one', model, `${model}\n\n${NOTE}`],
    ['that ends with a blank line', `${model}\n\n`, `${model}\n\n${NOTE}`],
    ['that ends with a comment', `${model}\n/// Mine.`, `${model}\n/// Mine.\n\n${NOTE}`],
  ])('%s', async (_, text, expected) => {
    expect(await after('model Note text:string', head() + text)).toBe(head() + expected)
  })

  it('in the line ends, the indentation and the alignment of the file', async () => {
    const text = `${head()}model A {\n\tid Int @id\n\tname String @unique\n\tx Int\n}\n`.replaceAll(
      '\n',
      '\r\n',
    )
    expect(await after('model Note text:string:unique length:int', text)).toBe(
      `${text}\r\n${'model Note {\n\tid String @id @default(cuid())\n\ttext String @unique\n\tlength Int\n}\n'.replaceAll('\n', '\r\n')}`,
    )
  })
})

describe('a model that is there gets its fields behind the last one', () => {
  it.each([
    [
      'aligned with those above, comments and attributes where they were',
      `/// Who buys.
model Customer {
  id    String   @id // the key
  email String   @unique /// by this they sign in
  since DateTime

  // names
  name  String? // may be missing
  /// Not a field's.

  @@unique([email, since])
  // the end
}
`,
      `/// Who buys.
model Customer {
  id    String   @id // the key
  email String   @unique /// by this they sign in
  since DateTime

  // names
  name  String? // may be missing
  notes Note[]
  /// Not a field's.

  @@unique([email, since])
  // the end
}
`,
    ],
    [
      'in columns of its own where a name is too long for those above',
      'model Customer {\n  id Int    @id\n  a  String\n}\n',
      'model Customer {\n  id Int    @id\n  a  String\n  notes Note[]\n}\n',
    ],
    [
      'with one space where nothing is aligned',
      'model Customer {\n    id Int @id\n    name String\n    a String\n}\n',
      'model Customer {\n    id Int @id\n    name String\n    a String\n    notes Note[]\n}\n',
    ],
  ])('%s', async (_, model, expected) => {
    const text = head() + model
    const whole = await after('model Note customer:Customer', text)
    expect(whole.slice(0, whole.indexOf('\nmodel Note'))).toBe(head() + expected)
  })

  it('attributes behind the last attribute, or a blank line below the fields', async () => {
    const text = `${head()}model A {\n  id Int @id\n\n  @@map("as") // table\n}\nmodel B {\n  id Int @id\n}\n`
    expect(await after('model Note a:A[] b:B[] name:string', text)).toBe(
      `${head()}model A {
  id Int @id
  note   Note?   @relation(fields: [noteId], references: [id])
  noteId String?

  @@map("as") // table
  @@index([noteId])
}
model B {
  id Int @id
  note   Note?   @relation(fields: [noteId], references: [id])
  noteId String?

  @@index([noteId])
}

model Note {
  id   String @id @default(cuid())
  a    A[]
  b    B[]
  name String
}
`,
    )
  })

  it('keeps both kinds of line ends, each where it was', async () => {
    const text = `${head()}model A {\r\n  id Int @id\r\n}\nmodel B {\n  id Int @id\n}\n`
    expect(await after('field B a:A', text)).toBe(
      `${head()}model A {\r\n  id Int @id\r\n  bs B[]\r\n}\nmodel B {\n  id Int @id\n  a   A   @relation(fields: [aId], references: [id])\n  aId Int\n\n  @@index([aId])\n}\n`,
    )
  })

  it('changes no other byte: without what was inserted it is the old text', async () => {
    const text = `${head('postgresql')}// ünïcode é\r\n\nmodel  User{\n  id   Int @id\t// x\n\n\n  posts Post[]\n}\nmodel Post {\n\tid Int @id\n\tuser User @relation(fields: [userId], references: [id])\n\tuserId Int\n}\nenum Free { \n  a\n}\n`
    const { files, inserted } = await add(
      'model Note by:User about:Post? free:Free kind:enum(x,y) posts:Post[]:many',
      text,
    )
    const rest = inserted.reduce((whole, part) => whole.replace(part.text, ''), files[0]!.content)
    expect(rest.trimEnd()).toBe(text.trimEnd())
  })
})

describe('in a folder', () => {
  const base = { 'schema.prisma': head(), 'a.prisma': 'model A {\n  id Int @id\n}\n' }
  const model = (name: string): string => `model ${name} {\n  id Int @id\n}\n`

  it.each<[string, Files, string[]]>([
    [
      'each model in a file of its name',
      {
        'schema.prisma': head(),
        'models/blog-post.prisma': model('BlogPost'),
        'models/user.prisma': model('User'),
      },
      ['models/open-invoice.prisma'],
    ],
    [
      'in snake case and plural',
      {
        'base.prisma': head(),
        'blog_posts.prisma': model('BlogPost'),
        'users.prisma': model('User'),
      },
      ['open_invoices.prisma'],
    ],
    [
      'with a name of two parts',
      {
        'base.prisma': head(),
        'BlogPost.model.prisma': model('BlogPost'),
        'User.model.prisma': model('User'),
      },
      ['OpenInvoice.model.prisma'],
    ],
    [
      'enums in a file of theirs',
      { ...base, 'enums.prisma': 'enum X {\n  x\n}\n' },
      ['openinvoice.prisma', 'enums.prisma'],
    ],
    [
      'all in one file',
      { 'base.prisma': head(), 'models.prisma': model('A') + model('B') },
      ['models.prisma'],
    ],
    [
      'by subject',
      {
        'base.prisma': head(),
        'people.prisma': model('A') + model('B'),
        'shop.prisma': model('C') + model('D') + model('E'),
      },
      ['shop.prisma'],
    ],
  ])('%s', async (_, files, paths) => {
    const { inserted } = await add('model OpenInvoice state:enum(x)', files)
    expect(
      [...new Set(inserted.map(({ path }) => path))].map((path) => path.toLowerCase()),
    ).toEqual(paths.map((path) => path.toLowerCase()))
  })

  it('writes the other side where it stands, and leaves all other files alone', async () => {
    const files = {
      'schema.prisma': head(),
      'user.prisma': model('User'),
      'post.prisma': model('Post').replaceAll('\n', '\r\n'),
    }
    expect(filesAfter(await add('model Note user:User kind:enum(x)', files))).toEqual({
      'user.prisma': 'model User {\n  id Int @id\n  notes Note[]\n}\n',
      'note.prisma': `model Note {
  id     String   @id @default(cuid())
  user   User     @relation(fields: [userId], references: [id])
  userId Int
  kind   NoteKind

  @@index([userId])
}

enum NoteKind {
  x
}
`,
    })
  })
})
