import { describe, expect, it } from 'vitest'
import { UserError } from '../errors.js'
import { loadSchema } from './load.js'
import type { Provider } from './model.js'
import { refusal } from './schema.fixture.js'

const unusable = (...lines: string[]) =>
  [
    'Prisma accepts this schema, but no app can work with it.',
    ...lines.map((line) => `schema.prisma:${line}`),
  ].join('\n')

describe('a schema that no app can work with', () => {
  it.each<[string, string, Provider, string]>([
    [
      'models that differ by the case of the first letter',
      'model User {\n  id Int @id\n}\nmodel user {\n  id Int @id\n}\n',
      'sqlite',
      unusable(
        '4:1  User and user are both prisma.user: names of models must differ by more than the case of the first letter.',
      ),
    ],
    [
      'names that the client takes for itself',
      'model Prisma {\n  id Int @id\n}\nmodel as {\n  id Int @id\n}\nenum OR {\n  a\n}\n',
      'sqlite',
      unusable(
        "1:1  Prisma is a name that Prisma's generated client needs for itself.",
        "4:1  as is a name that Prisma's generated client needs for itself.",
        "7:1  OR is a name that Prisma's generated client needs for itself.",
      ),
    ],
    [
      'a column named __proto__',
      'model Odd {\n  id Int @id\n  proto String? @map("__proto__")\n}\n',
      'sqlite',
      unusable("3:3  A column named __proto__ can't be read: a row is a JavaScript object."),
    ],
    [
      'quotes in names of tables, columns and indexes',
      'model Odd {\n  id Int @id @map("i\\"d")\n  @@index([id], map: "x\\"")\n  @@map("o\\"dd")\n}\n',
      'postgresql',
      unusable(
        '1:1  The table o"dd has a " in its name, which Prisma does not escape for postgresql.',
        '1:1  The index x" of Odd has a " in its name, which Prisma does not escape for postgresql.',
        '2:3  The column i"d of Odd has a " in its name, which Prisma does not escape for postgresql.',
      ),
    ],
    [
      'a backtick on SQLite',
      'model Tick {\n  id Int @id @map("i`d")\n}\n',
      'sqlite',
      unusable(
        '2:3  The column i`d of Tick has a ` in its name, which Prisma does not escape for sqlite.',
      ),
    ],
    [
      'a single quote in a value of an enum on PostgreSQL',
      'model Shop {\n  id Int @id\n  kind Kind\n}\nenum Kind {\n  farm @map("farmer\'s")\n}\n',
      'postgresql',
      unusable(
        "5:1  The value farmer's of Kind has a ' in it, which Prisma does not escape for postgresql.",
      ),
    ],
    [
      'columns and tables that differ by case alone where the database ignores it',
      'model Post {\n  id Int @id\n  title String\n  Title String\n}\nmodel Item {\n  id Int @id\n  @@map("POST")\n}\n',
      'sqlite',
      unusable(
        '4:3  The columns title and Title of Post have one name for sqlite, which ignores case. Give one of them another name with @map or @@map.',
        '6:1  The tables Post and POST have one name for sqlite, which ignores case. Give one of them another name with @map or @@map.',
      ),
    ],
    [
      'an enum with the name of a type of the language',
      'model Post {\n  id Int @id\n  kind string\n}\nenum string {\n  a\n}\n',
      'sqlite',
      unusable(
        "5:1  The enum string becomes a type of this name in Prisma's client, and TypeScript has one.",
      ),
    ],
  ])('%s', async (_, body, provider, message) => {
    expect(await refusal(body, provider)).toBe(message)
  })

  it('is accepted where the database copes', async () => {
    await expect(
      refusal('model Tick {\n  id Int @id @map("i`d")\n}\n', 'postgresql'),
    ).rejects.toThrow('was not refused')
  })

  it.each([
    ['', 'schema.prisma has no model, so there is nothing to make an app from.'],
    ['// model A {\n//}', 'schema.prisma has no model, so there is nothing to make an app from.'],
    [
      'datasource db {\n  provider = "sqlite"\n}\nenum A {\n  b\n}\n',
      'schema.prisma has no model, so there is nothing to make an app from.',
    ],
    [
      'model A {\n  a Int?\n  @@ignore\n}\n',
      'Every model of schema.prisma is @@ignore, so there is nothing to make an app from.',
    ],
    [
      'model A {\n  a Int @id\n}\n',
      'schema.prisma has no datasource block: which database is it for?',
    ],
    [
      'datasource db {\n  provider = "mongodb"\n  url = env("X")\n}\nmodel A {\n  id String @id @map("_id")\n}\n',
      'This schema cannot be used.\nschema.prisma:2:14  The provider is mongodb, and Prisma 7 has no driver adapter for MongoDB.',
    ],
  ])('%j', async (content, message) => {
    const error = await loadSchema({ files: [{ path: 'schema.prisma', content }] }).catch(
      (it: unknown) => it,
    )
    expect(error).toBeInstanceOf(UserError)
    expect((error as UserError).message).toBe(message)
  })
})

describe('a schema that Prisma refuses', () => {
  it("is shown with Prisma's message, and the place and text as the user wrote them", async () => {
    const content = `generator client {
  provider        = "prisma-client-js"
  previewFeatures = ["metrics"]
}

datasource db {
  provider = "sqlite"
  url      = "file:x"
}

// é你😀
model Note {
  id   Int @id @foo
  text Strng
}
`
    await expect(loadSchema({ files: [{ path: 'schema.prisma', content }] })).rejects
      .toThrow(`Prisma refuses the schema.

Type "Strng" is neither a built-in type, nor refers to another model, composite type, or enum.
  --> schema.prisma:14:8
  13 |   id   Int @id @foo
> 14 |   text Strng
  15 | }

Attribute not known: "@foo".
  --> schema.prisma:13:16
  12 | model Note {
> 13 |   id   Int @id @foo
  14 |   text Strng`)
  })

  it('is shown with what is wrong in its annotations as well', async () => {
    const message = await refusal('model Note {\n  id Int @id @hidden\n  text Strng\n}\n')
    expect(message).toContain('Type "Strng" is neither')
    expect(message).toContain('2:14  @hidden stands bare at the field id')
  })
})
