import { describe, expect, it } from 'vitest'
import { HEAD_LINES, fieldOf, load, loadModel, refusal } from './schema.fixture.js'

const BLOG = `model User {
  id    Int    @id
  email String @unique
  posts Post[]
}
`

describe('annotations of a model', () => {
  it('are carried with their positions, and leave the documentation', async () => {
    const model = await loadModel(
      `${BLOG}/// What people write.
/// @@auth(JWT | Google)
/// @@policy(read, rule: "published || isOwner")
/// @@policy(create, update, rule: "isOwner", fields: [title], owner: "author")
/// @@service(Stripe, currency: "eur", methods: [card, sepa], retries: 3, live: false)
/// @@realtime(subscribe: [list], broadcast: [created, deleted])
/// @@search(fields: [title, body], weights: [A, 0.5])
/// See the wiki.
model Post {
  id        Int     @id
  title     String
  body      String
  published Boolean
  authorId  Int
  author    User    @relation(fields: [authorId], references: [id])
}
`,
      'Post',
    )
    const at = (line: number) => ({ file: 'schema.prisma', line: line + HEAD_LINES, column: 5 })
    expect(model.documentation).toBe('What people write.\nSee the wiki.')
    expect(model.annotations).toEqual({
      auth: [{ kinds: ['JWT', 'Google'], at: at(7) }],
      policies: [
        {
          operations: ['read'],
          rule: 'published || isOwner',
          expression: {
            kind: 'or',
            operands: [
              {
                kind: 'truth',
                operand: {
                  kind: 'field',
                  path: ['published'],
                  type: 'Boolean',
                  enum: false,
                  list: false,
                  nullable: false,
                },
              },
              { kind: 'owner', path: ['authorId'] },
            ],
          },
          fields: [],
          owner: 'authorId',
          at: at(8),
        },
        {
          operations: ['create', 'update'],
          rule: 'isOwner',
          expression: { kind: 'owner', path: ['authorId'] },
          fields: ['title'],
          owner: 'authorId',
          at: at(9),
        },
      ],
      services: [
        {
          provider: 'Stripe',
          options: { currency: 'eur', methods: ['card', 'sepa'], retries: 3, live: false },
          at: at(10),
        },
      ],
      realtime: { subscribe: ['list'], broadcast: ['created', 'deleted'], at: at(11) },
      search: { fields: ['title', 'body'], weights: ['A', 0.5], at: at(12) },
    })
    expect(fieldOf(model, 'title').annotations.policies).toEqual([model.annotations.policies[1]])
  })

  it('may go on over several lines while a parenthesis is open', async () => {
    const model = await loadModel(`/// Notes.
/// @@policy(
///   *,
///   rule: "id in [1, 2] && isAuthenticated"
/// )
/// More.
model Note {
  id Int @id
}
`)
    expect(model.documentation).toBe('Notes.\nMore.')
    expect(model.annotations.policies[0]).toMatchObject({
      operations: ['*'],
      rule: 'id in [1, 2] && isAuthenticated',
    })
  })

  it('say in a notice that they are not enforced yet', async () => {
    const { notices } = await load(`/// @@realtime
model Note {
  id Int @id
  /// @ui(widget: textarea)
  text String
}
`)
    expect(notices.map(({ code, message, at }) => [code, message, at?.column])).toEqual([
      [
        'not-enforced',
        '@@realtime of Note is read and checked, and not enforced in this version.',
        5,
      ],
      ['not-enforced', '@ui of Note is read and checked, and not enforced in this version.', 7],
    ])
  })

  it.each([
    ['@@auth(public)', { auth: [{ kinds: ['public'] }] }],
    ['@@auth(JWT, ApiKey)', { auth: [{ kinds: ['JWT', 'ApiKey'] }] }],
    [
      '@@realtime',
      { realtime: { subscribe: ['list', 'item'], broadcast: ['created', 'updated', 'deleted'] } },
    ],
    ['@@realtime()', { realtime: { subscribe: ['list', 'item'] } }],
    ['@@service(S3)', { services: [{ provider: 'S3', options: {} }] }],
    ['@@search(fields: [name])', { search: { fields: ['name'], weights: [] } }],
    [
      '@@policy(read|write, rule: "hasRole(\\"admin\\")")',
      { policies: [{ operations: ['read', 'write'], rule: 'hasRole("admin")' }] },
    ],
    ["@@policy(*, rule: 'true')", { policies: [{ operations: ['*'], rule: 'true' }] }],
  ])('%s', async (annotation, expected) => {
    const model = await loadModel(
      `/// ${annotation}\nmodel Note {\n  id Int @id\n  name String\n}\n`,
    )
    expect(model.annotations).toMatchObject(expected)
  })
})

describe('annotations of a field', () => {
  it('stand above it or behind it, several on a line', async () => {
    const model = await loadModel(`model Note {
  id     Int     @id
  /// Who may see it.
  /// @hidden
  owner  String
  /// @readonly @label("Made \\"on\\"")
  madeOn String? @map("made") /// by the clock
  pin    String  /// @writeonly
  /// @ui(widget: color, palette: ["#fff", "#000"])
  color  String
}
`)
    const said = Object.fromEntries(
      model.fields.map(({ name, documentation, annotations }) => [
        name,
        { documentation, ...annotations },
      ]),
    )
    const nothing = {
      documentation: null,
      hidden: false,
      readonly: false,
      writeonly: false,
      label: null,
      ui: null,
      policies: [],
    }
    expect(said).toEqual({
      id: nothing,
      owner: { ...nothing, documentation: 'Who may see it.', hidden: true },
      madeOn: { ...nothing, documentation: 'by the clock', readonly: true, label: 'Made "on"' },
      pin: { ...nothing, writeonly: true },
      color: { ...nothing, ui: { widget: 'color', palette: ['#fff', '#000'] } },
    })
  })

  it('hide a field by its name, with a notice, unless told not to', async () => {
    const { models, notices } = await load(`model User {
  id           Int     @id
  passwordHash String
  /// @hidden(false)
  token        String
  secretId     Int?
  secret       Secret? @relation(fields: [secretId], references: [id])
  tokenCount   Int
  hasPassword  Boolean
}

model Secret {
  id    Int    @id
  users User[]
}
`)
    expect(
      models[0]!.fields.filter((field) => field.annotations.hidden).map(({ name }) => name),
    ).toEqual(['passwordHash'])
    expect(notices).toEqual([
      {
        code: 'hidden',
        message:
          'User.passwordHash is hidden, as its name says that it is a secret. To show it: /// @hidden(false)',
        at: { file: 'schema.prisma', line: HEAD_LINES + 3, column: 3 },
      },
      {
        code: 'not-served',
        message:
          "Rows of User can't be created through the API: passwordHash is required, has no default and is hidden. " +
          'Let callers write it, unread: /// @writeonly, give it a @default, make it optional, or create rows in code of your own.',
        at: { file: 'schema.prisma', line: HEAD_LINES + 3, column: 3 },
      },
    ])
  })

  it('let a secret be written that says it may be', async () => {
    const model = await loadModel(
      'model User {\n  id Int @id\n  /// @writeonly\n  password String\n}\n',
    )
    expect(fieldOf(model, 'password').annotations).toMatchObject({ hidden: false, writeonly: true })
  })

  it('keep a hidden unique from being the key', async () => {
    const { models, notices } = await load(`model Session {
  token String @unique @default(cuid())
  user  String
}

model Visit {
  token String @unique @default(cuid())
  slug  String @unique
}
`)
    expect(models.map(({ key, uniques }) => [key?.name ?? null, uniques.length])).toEqual([
      [null, 1],
      ['slug', 2],
    ])
    expect(
      notices.filter(({ code }) => code === 'not-served').map(({ message }) => message),
    ).toEqual([
      "Single rows of Session can't be addressed: its key needs token, which is hidden. Only lists are served.",
    ])
  })
})

describe('what is not an annotation', () => {
  it.each([
    '@zod.custom(z.coerce.date())',
    '@TypeGraphQL.omit(output: true)',
    '@@Gen.model(hide: true)',
    '@HideField()',
    '@deprecated',
    '@deprecated since 2.0',
    '@property id - Unique identifier',
    '@label.printer is the type',
    '@view',
    '@local',
    '@shared(id: pub_id, modelId: 5)',
    '@relation(item: object, group: tag)',
    '@@index([id])',
    '@@schema("user")',
    '@service/mail is the package that sends these',
    'mail @hidden to the team',
    'hidden@example.org',
    '@Search across all fields',
    '[PermissionNodeEntries]',
  ])('%s stays documentation', async (line) => {
    const model = await loadModel(`/// ${line}
model Note {
  /// ${line}
  id Int @id /// ${line}
  // ${line}
  /// ${line}
  @@map("notes")
}
/// ${line}
`)
    expect(model.documentation).toBe(line)
    expect(model.fields[0]!.documentation).toBe(`${line}\n${line}`)
  })

  it('is one of ours in a block comment, or within a // comment', async () => {
    const model = await loadModel(`/* @@auth(JWT) */
// TODO: @@auth(JWT)
model Note {
  id Int @id // @Hidden maybe
}
`)
    expect(model.annotations.auth).toEqual([])
  })
})

const wrong = (above: string, at = '', line = 'name String') => `/// ${above}
model Note {
  id Int @id
  /// ${at}
  ${line}
  kind Kind
  tags Tag[]
}

enum Kind {
  good
  bad
}

model Tag {
  id     Int  @id
  noteId Int
  note   Note @relation(fields: [noteId], references: [id])
}
`

describe('a wrong annotation of a model', () => {
  it.each([
    ['@@auht(JWT)', '1:5  @@auht is not an annotation. Did you mean @@auth?', '/// @@auth(JWT)'],
    ['@@Auth(JWT)', '1:5  @@Auth is not an annotation. Did you mean @@auth?', '/// @@auth(JWT)'],
    ['@auth(JWT)', '1:5  @auth is not an annotation. Did you mean @@auth?', '/// @@auth(JWT)'],
    [
      '@@allow(read)',
      '1:5  @@allow is not an annotation; there is @@auth, @@policy, @@service, @@realtime, @@search, @hidden, @readonly, @writeonly, @label, @ui.',
      '/// allow(read)',
    ],
    [
      '@@auth',
      '1:5  @@auth: It says who must be signed in: one or more of JWT, Google, ApiKey, NextAuth, public.',
      '/// @@auth(JWT)',
    ],
    [
      '@@auth(jwt)',
      '1:12  @@auth: jwt is no way to sign in; there is JWT, Google, ApiKey, NextAuth, public.',
      '/// @@auth(JWT)',
    ],
    ['@@auth(JWT public)', "1:16  @@auth: A comma is missing before 'public'.", '/// @@auth(JWT)'],
    [
      '@@auth(JWT, public)',
      '1:5  @@auth: public lets everyone in, so nothing can stand beside it.',
      '/// @@auth(public)',
    ],
    [
      '@@auth(JWT',
      '1:5  @@auth: The parenthesis, or a string in it, is not closed.',
      '/// @@auth(JWT)',
    ],
    [
      '@@auth(JWT) always',
      '1:5  @@auth: Text stands behind it; put that on a line of its own.',
      '/// @@auth(JWT)',
    ],
    [
      '@@policy(raed, rule: "true")',
      '1:14  @@policy: raed is no operation; there is read, create, update, delete, write, *.',
      '/// @@policy(read, rule: "true")',
    ],
    [
      '@@policy(rule: "true")',
      '1:5  @@policy: It names the operations first: one or more of read, create, update, delete, write, *.',
      '/// @@policy(read, rule: "isAuthenticated")',
    ],
    [
      '@@policy(read)',
      '1:5  @@policy: It needs a rule: rule: "isAuthenticated".',
      '/// @@policy(read, rule: "isAuthenticated")',
    ],
    [
      '@@policy(read, rule: isAuthenticated)',
      '1:26  @@policy: The rule stands in quotes.',
      '/// @@policy(read, rule: "isAuthenticated")',
    ],
    [
      '@@policy(read, rules: "true", rule: "true")',
      '1:20  @@policy: It takes no argument named rules; there is rule, fields, owner.',
      '/// @@policy(read, rule: "true", rule: "true")',
    ],
    [
      '@@policy(read, rule: "true", fields: [nmae])',
      '1:43  @@policy: Note has no field nmae. Did you mean name?',
      '/// @@policy(read, rule: "true", fields: [name])',
    ],
    [
      '@@policy(read, rule: "nmae == user.id")',
      '1:27  @@policy: Note has no field nmae. Did you mean name?',
      '/// @@policy(read, rule: "name == user.id")',
    ],
    [
      '@@policy(read, rule: "isOwner")',
      `1:27  @@policy: isOwner: Note has no foreign key to a model User; name the field that holds the owner's id: owner: "ownerId".`,
      '/// @@policy(read, rule: "isOwner", owner: "ownerId")',
    ],
    [
      '@@policy(read, rule: "isOwner", owner: "nmae")',
      '1:44  @@policy: Note has no field nmae. Did you mean name?',
      '/// @@policy(read, rule: "isOwner", owner: "name")',
    ],
    [
      '@@policy(read, rule: "name == \\"a\\" && nam == user.id")',
      '1:44  @@policy: Note has no field nam. Did you mean name?',
      '/// @@policy(read, rule: "name == \\"a\\" && name == user.id")',
    ],
    [
      '@@service(Strip)',
      '1:15  @@service: Strip is no service; there is Cloudinary, S3, R2, Stripe, PayPal, SendGrid, Mailgun, OpenAI, Claude, Gemini, Deepgram, ElevenLabs.',
      '/// @@service(Stripe)',
    ],
    [
      '@@service()',
      '1:5  @@service: It names a provider: one of Cloudinary, S3, R2, Stripe, PayPal, SendGrid, Mailgun, OpenAI, Claude, Gemini, Deepgram, ElevenLabs.',
      '/// @@service(Stripe)',
    ],
    [
      '@@realtime(subscribe: [lists])',
      '1:28  @@realtime: lists is no value of subscribe; there is list, item.',
      '/// @@realtime(subscribe: [list])',
    ],
    [
      '@@realtime(list)',
      '1:16  @@realtime: Its arguments have names: subscribe: […], broadcast: […].',
      '/// @@realtime(subscribe: [list, item], broadcast: [created, updated, deleted])',
    ],
    [
      '@@search(fields: name)',
      '1:22  @@search: A list in brackets belongs here.',
      '/// @@search(fields: [name])',
    ],
    [
      '@@search(fields: [kind])',
      "1:23  @@search: kind is not a String, so it can't be searched.",
      '/// @@search(fields: [title])',
    ],
    [
      '@@search(fields: [name], weights: [A, B])',
      '1:39  @@search: weights is a list with one value for each of the 1 fields.',
      '/// @@search(fields: [title])',
    ],
    [
      '@@search(name)',
      '1:5  @@search: It names the fields to search: fields: [title, body].',
      '/// @@search(fields: [title])',
    ],
  ])('%s', async (annotation, problem, corrected) => {
    expect(await refusal(wrong(annotation))).toBe(
      `The schema has annotations that are not right.\nschema.prisma:${problem}\n    write: ${corrected}`,
    )
  })
})

describe('a wrong annotation of a field', () => {
  it.each([
    ['@hiden', '4:7  @hiden is not an annotation. Did you mean @hidden?', '/// @hidden'],
    ['@readOnly', '4:7  @readOnly is not an annotation. Did you mean @readonly?', '/// @readonly'],
    ['@@hidden', '4:7  @@hidden is not an annotation. Did you mean @hidden?', '/// @hidden'],
    ['@hidden("no")', '4:15  @hidden: It takes true or false, or nothing.', '/// @hidden(true)'],
    ['@readonly(yes)', '4:7  @readonly: It takes no arguments.', '/// @readonly'],
    ['@label(Name)', '4:14  @label: The text stands in quotes.', '/// @label("Name")'],
    ['@label', '4:7  @label: It needs a text in quotes.', '/// @label("Full name")'],
    ['@label("")', '4:14  @label: The text is empty.', '/// @label("Full name")'],
    [
      '@label("a',
      '4:7  @label: The parenthesis, or a string in it, is not closed.',
      '/// @label("Full name")',
    ],
    ['@ui(textarea)', '4:11  @ui: Its arguments have names.', '/// @ui(widget: textarea)'],
    ['@hidden @hidden', '4:15  @hidden: It is there already, at schema.prisma:4:7.', '/// @hidden'],
    [
      '@readonly @writeonly',
      '4:17  @writeonly: @readonly and @writeonly together leave nothing; @hidden does that.',
      '/// @writeonly',
    ],
  ])('%s', async (annotation, problem, corrected) => {
    const message = await refusal(wrong('Notes.', annotation))
    expect(message).toBe(
      `The schema has annotations that are not right.\nschema.prisma:${problem}\n    write: ${corrected}`,
    )
  })
})

describe('an annotation in a wrong place', () => {
  it('is refused wherever Prisma would drop it, all at once', async () => {
    expect(
      await refusal(`/// @hidden
model Note {
  id Int @id
  // @hidden
  name String
  /// @@auth(JWT)
  text String
  lost String /// @@search(fields: [lost])
  /// @@auth(JWT)
  @@map("notes")
  /// @readonly
}

/// @@auth(JWT)

/// @@auth(JWT)
enum Kind {
  good /// @label("Good")
}
`),
    ).toBe(`The schema has annotations that are not right.
schema.prisma:1:5  @hidden is an annotation of a field, and stands above the model Note.
    write: /// @hidden
           <the field it is for>
schema.prisma:4:6  @hidden stands in a // comment, which Prisma drops.
    write: /// @hidden
schema.prisma:6:7  @@auth is an annotation of a model, and stands at the field text.
    write: /// @@auth(JWT)
           model Note {
schema.prisma:8:19  @@search is an annotation of a model, and stands at the field lost.
    write: /// @@search(fields: [lost])
           model Note {
schema.prisma:9:7  @@auth stands above no model and no field, where Prisma drops it.
    write: /// @@auth(JWT)
           model Note {
schema.prisma:11:7  @readonly stands above no model and no field, where Prisma drops it.
    write: /// @readonly
           <the field it is for>
schema.prisma:14:5  @@auth stands above no model and no field, where Prisma drops it.
    write: /// @@auth(JWT)
           model <Name> {
schema.prisma:16:5  @@auth stands at enum Kind, which takes no annotations.
    write: /// @@auth(JWT)
           model <Name> {
schema.prisma:18:12  @label stands at good of enum Kind, which takes no annotations.
    write: /// @label("Good")
           <the field it is for>`)
  })

  it('is refused with the corrected lines where it stands bare at a field', async () => {
    expect(
      await refusal(`model User {
  id Int @id
  password String @hidden @map("pw") // secret
  name String @lable("Name")
  age Int @@auth(JWT)
}
`),
    ).toBe(`The schema has annotations that are not right.
schema.prisma:3:19  @hidden stands bare at the field password, where Prisma refuses it.
    write: /// @hidden
           password String @map("pw")
schema.prisma:4:15  @lable is not an annotation. Did you mean @label?
    write: /// @label("Name")
           name String
schema.prisma:5:11  @@auth is an annotation of a model, and stands at the field age.
    write: /// @@auth(JWT)
           model User {`)
  })

  it('is refused at what the client does not have', async () => {
    expect(
      await refusal(`/// @@auth(JWT)
model Old {
  id Int @id
  @@ignore
}

model Note {
  id Int @id
  /// @hidden
  code String? @ignore
}
`),
    ).toBe(`The schema has annotations that are not right.
schema.prisma:1:5  @@auth: Old is @@ignore, so there is nothing to say of it.
    write: /// @@auth(JWT)
schema.prisma:9:7  @hidden: Note.code is @ignore or Unsupported: it never leaves the database.
    write: /// @hidden`)
  })
})
