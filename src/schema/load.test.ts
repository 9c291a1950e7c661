import { describe, expect, it } from 'vitest'
import { loadSchema } from './load.js'
import type { RelationField } from './model.js'
import { GENERATOR, HEAD_LINES, fieldOf, load, loadModel } from './schema.fixture.js'

const at = (line: number, column: number) => ({
  file: 'schema.prisma',
  line: HEAD_LINES + line,
  column,
})

describe('a model', () => {
  it('holds all that the schema says of it', async () => {
    const { models, enums, notices, requiredCycles } = await load(
      `/// A note.
model Note {
  id    Int    @id @default(autoincrement()) @map("note_id")
  /// What is in it.
  title String @db.VarChar(80) @unique /// and more
  kind  Kind   @default(memo)
  @@index([kind])
  @@map("notes")
}

/// Kinds.
enum Kind {
  memo @map("m")
  /// Long ones.
  essay
  @@map("kinds")
}
`,
      'postgresql',
    )
    const annotations = {
      hidden: false,
      readonly: false,
      writeonly: false,
      label: null,
      ui: null,
      policies: [],
    }
    const column = {
      list: false,
      required: true,
      documentation: null,
      annotations,
      id: false,
      unique: false,
      updatedAt: false,
      computedBy: null,
      default: null,
      nativeType: null,
      foreignKeyOf: [],
    }
    expect(models).toEqual([
      {
        name: 'Note',
        dbName: 'notes',
        dbSchema: null,
        kind: 'model',
        documentation: 'A note.',
        fields: [
          {
            ...column,
            name: 'id',
            dbName: 'note_id',
            kind: 'scalar',
            type: 'Int',
            id: true,
            default: { kind: 'function', name: 'autoincrement', args: [] },
            at: at(3, 3),
          },
          {
            ...column,
            name: 'title',
            dbName: 'title',
            kind: 'scalar',
            type: 'String',
            unique: true,
            documentation: 'What is in it.\nand more',
            nativeType: { name: 'VarChar', args: ['80'] },
            at: at(5, 3),
          },
          {
            ...column,
            name: 'kind',
            dbName: 'kind',
            kind: 'enum',
            type: 'Kind',
            default: { kind: 'literal', value: 'memo' },
            at: at(6, 3),
          },
        ],
        key: { name: 'id', fields: ['id'] },
        primaryKey: ['id'],
        uniques: [
          { name: 'id', fields: ['id'] },
          { name: 'title', fields: ['title'] },
        ],
        indexes: [
          { dbName: 'notes_pkey', fields: ['id'], unique: true },
          { dbName: 'notes_title_key', fields: ['title'], unique: true },
          { dbName: 'notes_kind_idx', fields: ['kind'], unique: false },
        ],
        junction: false,
        unseen: [],
        annotations: { auth: [], policies: [], services: [], realtime: null, search: null },
        at: at(2, 1),
      },
    ])
    expect(enums).toEqual([
      {
        name: 'Kind',
        dbName: 'kinds',
        documentation: 'Kinds.',
        values: [
          { name: 'memo', dbName: 'm', documentation: null },
          { name: 'essay', dbName: 'essay', documentation: 'Long ones.' },
        ],
      },
    ])
    expect([notices, requiredCycles]).toEqual([[], []])
  })
})

describe('the key', () => {
  it.each([
    ['a Int @id\n  b Int @unique', { name: 'a', fields: ['a'] }],
    ['a Int\n  b Int\n  c Int @unique\n  @@id([a, b])', { name: 'a_b', fields: ['a', 'b'] }],
    ['a Int\n  b Int\n  @@id([b, a], name: "both")', { name: 'both', fields: ['b', 'a'] }],
    ['a Int\n  b Int\n  @@id([a])', { name: 'a', fields: ['a'] }],
    ['a Int? @unique\n  b Int @unique\n  c Int\n  @@unique([c])', { name: 'b', fields: ['b'] }],
    [
      'a Int?\n  b Int\n  c Int\n  @@unique([a, b])\n  @@unique([b, c], name: "slot")',
      { name: 'slot', fields: ['b', 'c'] },
    ],
    ['a Int\n  b Int @unique\n  @@unique([a])', { name: 'b', fields: ['b'] }],
    ['a Int\n  b Int\n  @@unique([b], name: "given")', { name: 'b', fields: ['b'] }],
  ])('of %j', async (body, key) => {
    const model = await loadModel(`model M {\n  ${body}\n}\n`)
    expect(model.key).toEqual(key)
  })

  it('names every unique as the client does, the primary key first', async () => {
    const model = await loadModel(
      'model M {\n  a Int @unique\n  b Int? @unique\n  c Int @id\n  @@unique([a, c])\n  @@unique([b, c], name: "bc")\n}\n',
    )
    expect(model.uniques.map(({ name }) => name)).toEqual(['c', 'a', 'b', 'a_c', 'bc'])
  })
})

describe('names of constraints', () => {
  it('are cut to what the database takes, by bytes', async () => {
    const name = `x${'é'.repeat(40)}`
    const body = `model M {\n  id Int @id\n  a Int @unique @map("${name}")\n  b Int @unique(map: "given")\n}\n`
    const dbNames = async (provider: 'postgresql' | 'mysql' | 'sqlite') =>
      (await loadModel(body, 'M', provider)).indexes.map(({ dbName }) => dbName)
    expect(await dbNames('postgresql')).toEqual(['M_pkey', `M_x${'é'.repeat(28)}_key`, 'given'])
    expect(await dbNames('mysql')).toEqual(['PRIMARY', `M_x${'é'.repeat(28)}_key`, 'given'])
    expect(await dbNames('sqlite')).toEqual(['M_pkey', `M_${name}_key`, 'given'])
  })
})

describe('defaults', () => {
  it('are given as the schema has them', async () => {
    const model = await loadModel(
      `model M {
  id  String    @id @default(uuid(7))
  dec Decimal   @default(12345678901234567890.123456789)
  ds  Decimal[] @default([99999999999999999999.99, -0.5])
  gen Decimal   @default(dbgenerated("1.5"))
  big BigInt    @default(9223372036854775807)
  txt String    @default("a\\"b")
  ls  String[]  @default(["x", "y,z"])
  yes Boolean   @default(true)
  now DateTime  @default(now()) @updatedAt
}
`,
      'M',
      'postgresql',
    )
    const literal = (value: unknown) => ({ kind: 'literal', value })
    const call = (name: string, ...args: unknown[]) => ({ kind: 'function', name, args })
    expect(model.fields.map((field) => (field.kind === 'relation' ? null : field.default))).toEqual(
      [
        call('uuid', 7),
        literal('12345678901234567890.123456789'),
        { kind: 'list', values: ['99999999999999999999.99', '-0.5'] },
        call('dbgenerated', '1.5'),
        literal('9223372036854775807'),
        literal('a"b'),
        { kind: 'list', values: ['x', 'y,z'] },
        literal(true),
        call('now'),
      ],
    )
  })
})

const summary = ({ name, cardinality, owning, fields, references, inverse, self }: RelationField) =>
  `${name}: ${cardinality}${owning ? ` (${fields.join()} -> ${references.join()})` : ''} <-> ${inverse}${self ? ' self' : ''}`

describe('relations', () => {
  it('are resolved from both sides', async () => {
    const { models } = await load(`model User {
  id       Int       @id
  profile  Profile?
  written  Post[]    @relation("written")
  edited   Post[]    @relation("edited")
  bossId   Int?
  boss     User?     @relation("boss", fields: [bossId], references: [id], onDelete: SetNull, onUpdate: NoAction)
  team     User[]    @relation("boss")
  nextId   Int?      @unique
  next     User?     @relation("next", fields: [nextId], references: [id])
  previous User?     @relation("next")
  friends  User[]    @relation("friends")
  friendOf User[]    @relation("friends")
}

model Profile {
  userId Int  @id
  user   User @relation(fields: [userId], references: [id])
}

model Post {
  id       Int   @id
  writerId Int
  editorId Int?
  writer   User  @relation("written", fields: [writerId], references: [id])
  editor   User? @relation("edited", fields: [editorId], references: [id])
  tags     Tag[]
  links    PostLink[]
}

model Tag {
  id    Int    @id
  posts Post[]
}

model PostLink {
  postId Int
  rank   Int
  post   Post @relation(fields: [postId], references: [id])
  @@id([postId, rank])
}
`)
    const relations = models.flatMap(({ name, fields }) =>
      fields.flatMap((field) => (field.kind === 'relation' ? [`${name}.${summary(field)}`] : [])),
    )
    expect(relations).toEqual([
      'User.profile: one-to-one <-> user',
      'User.written: one-to-many <-> writer',
      'User.edited: one-to-many <-> editor',
      'User.boss: many-to-one (bossId -> id) <-> team self',
      'User.team: one-to-many <-> boss self',
      'User.next: one-to-one (nextId -> id) <-> previous self',
      'User.previous: one-to-one <-> next self',
      'User.friends: many-to-many <-> friendOf self',
      'User.friendOf: many-to-many <-> friends self',
      'Profile.user: one-to-one (userId -> id) <-> profile',
      'Post.writer: many-to-one (writerId -> id) <-> written',
      'Post.editor: many-to-one (editorId -> id) <-> edited',
      'Post.tags: many-to-many <-> posts',
      'Post.links: one-to-many <-> post',
      'Tag.posts: many-to-many <-> tags',
      'PostLink.post: many-to-one (postId -> id) <-> links',
    ])
    expect(fieldOf(models[0]!, 'boss')).toMatchObject({
      onDelete: 'SetNull',
      onUpdate: 'NoAction',
      relationName: 'boss',
    })
    expect(fieldOf(models[0]!, 'bossId')).toMatchObject({ foreignKeyOf: ['boss'] })
    expect(models.filter(({ junction }) => junction)).toEqual([])
  })

  it('make a junction where the key is made of several of them', async () => {
    const { models } = await load(`model A {
  id Int @id
  ab AB[]
}

model B {
  id Int @id
  ab AB[]
}

model AB {
  aId Int
  bId Int
  a   A   @relation(fields: [aId], references: [id])
  b   B   @relation(fields: [bId], references: [id])
  @@id([aId, bId])
}
`)
    expect(models.map(({ name, junction }) => [name, junction])).toEqual([
      ['A', false],
      ['B', false],
      ['AB', true],
    ])
  })

  it('that need each other are told, as no first row can be made', async () => {
    const { requiredCycles, notices } = await load(`model Hen {
  id    Int   @id
  eggId Int   @unique
  egg   Egg   @relation("from", fields: [eggId], references: [id])
  laid  Egg[] @relation("laid")
}

model Egg {
  id    Int  @id
  henId Int
  hen   Hen  @relation("laid", fields: [henId], references: [id])
  chick Hen? @relation("from")
  boxes Box[]
}

model Box {
  id    Int @id
  eggId Int
  egg   Egg @relation(fields: [eggId], references: [id])
}
`)
    expect(requiredCycles).toEqual([['Egg', 'Hen']])
    expect(notices.map(({ message }) => message)).toEqual([
      'Egg and Hen each need a row of another one of them, so no first row can be created. Make one of the relations optional.',
    ])
  })
})

describe('what the client does not have', () => {
  it('is told by name, and whether rows can be created without it', async () => {
    const { models, notices } = await load(
      `model Place {
  id    Int                        @id
  spot  Unsupported("point")
  area  Unsupported("polygon")?
  index Unsupported("tsvector")    @default(dbgenerated("''::tsvector"))
  code  String                     @ignore
  logs  Log[]                      @ignore
}

model Log {
  id      Int   @id
  placeId Int
  place   Place @relation(fields: [placeId], references: [id])
}

model Old {
  a Int?
  @@ignore
}
`,
      'postgresql',
    )
    expect(
      models.map(({ name, unseen }) => [
        name,
        unseen.map((it) => [it.name, it.reason, it.blocksCreate]),
      ]),
    ).toEqual([
      [
        'Place',
        [
          ['spot', 'unsupported', true],
          ['area', 'unsupported', false],
          ['index', 'unsupported', false],
          ['code', 'ignored', true],
          ['logs', 'ignored', false],
        ],
      ],
      ['Log', [['place', 'ignored', false]]],
    ])
    expect(models[1]!.fields.map(({ name }) => name)).toEqual(['id', 'placeId'])
    expect(notices.map(({ message }) => message)).toEqual([
      "The model Old is @@ignore: Prisma's client does not have it.",
      "Place.spot is Unsupported: Prisma's client does not have it. It is required and has no default, so rows of Place can't be created.",
      "Place.area is Unsupported: Prisma's client does not have it.",
      "Place.index is Unsupported: Prisma's client does not have it.",
      "Place.code is @ignore: Prisma's client does not have it. It is required and has no default, so rows of Place can't be created.",
      "Place.logs is @ignore: Prisma's client does not have it.",
      "Log.place is @ignore: Prisma's client does not have it.",
    ])
  })

  it('tells views from models', async () => {
    const content = `${GENERATOR.replace('"nodejs"\n', '"nodejs"\n  previewFeatures     = ["views"]\n')}
datasource db {
  provider = "postgresql"
}

model A {
  id Int @id
}

view B {
  id Int?
}
`
    const { models, notices } = await loadSchema({ files: [{ path: 'schema.prisma', content }] })
    expect(models.map(({ name, kind, key }) => [name, kind, key?.name])).toEqual([
      ['A', 'model', 'id'],
      ['B', 'view', undefined],
    ])
    expect(notices.map(({ message }) => message)).toEqual([
      "Single rows of B can't be addressed: no id or unique has only required fields. Only lists are served.",
    ])
  })
})

describe('the hash', () => {
  it('is that of the normalised files', async () => {
    const one = await load('model A {\n  id Int @id\n}\n')
    const same = await loadSchema({ files: one.files })
    const other = await load('model B {\n  id Int @id\n}\n')
    expect(one.hash).toMatch(/^[0-9a-f]{64}$/)
    expect([same.hash === one.hash, other.hash === one.hash]).toEqual([true, false])
  })
})
