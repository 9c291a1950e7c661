import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loadSchema } from './load.js'
import { GENERATOR } from './schema.fixture.js'

const normalised = async (content: string, path = 'schema.prisma') => {
  const { files, notices } = await loadSchema({ files: [{ path, content }] })
  return {
    content: files[0]!.content,
    notes: notices
      .filter(({ code }) => code === 'normalised')
      .map(({ message, at }) => `${at!.file}:${at!.line} ${message}`),
  }
}

const MODEL = `model Note {
  id   Int    @id // url = "x" { }
  text String @default("generator x { \\" }")
}
`

describe('a schema of Prisma 5 or 6', () => {
  it('loses its connection, third-party generators and dropped preview features, and nothing else', async () => {
    const { content, notes } = await normalised(`// Ours since 2019.

generator client {
  provider        = "prisma-client-js"
  previewFeatures = ["metrics", "views", "tracing"]
  binaryTargets   = ["native"]
}

/// Types for the front end.
generator zod { // see the wiki
  provider = "zod-prisma"
  output   = "./zod"
}

/* generator ghost {
} */
datasource db {
  provider          = ["postgresql", "sqlite"] // was: sqlite
  url               = env("DATABASE_URL") // pooled
  directUrl         = env("DIRECT_URL")
  shadowDatabaseUrl = env("SHADOW")
  relationMode      = "foreignKeys"
}

${MODEL}`)
    expect(content).toBe(`// Ours since 2019.

generator client {
  provider            = "prisma-client"
  output              = "../src/generated/prisma"
  moduleFormat        = "esm"
  importFileExtension = "js"
  runtime             = "nodejs"
  previewFeatures     = ["views", "tracing"]
}

/* generator ghost {
} */
datasource db {
  provider          = "postgresql" // was: sqlite
  relationMode      = "foreignKeys"
}

${MODEL}`)
    const refused = 'which Prisma 7 refuses: the app reads DATABASE_URL.'
    expect(notes).toEqual([
      `schema.prisma:19 Took out the datasource property url, ${refused}`,
      `schema.prisma:20 Took out the datasource property directUrl, ${refused}`,
      `schema.prisma:21 Took out the datasource property shadowDatabaseUrl, ${refused}`,
      'schema.prisma:18 Of the list of providers the first is used: postgresql.',
      'schema.prisma:5 Took out the preview feature metrics, which Prisma 7 no longer knows.',
      "schema.prisma:3 Replaced generator client (prisma-client-js) by the app's own client generator.",
      'schema.prisma:10 Took out generator zod (zod-prisma), which the app does not run.',
    ])
  })

  it('keeps its line ends, and gets the same ones where lines are added', async () => {
    const source = `datasource db {\n  provider = "sqlite"\n  url = "file:x"\n}\n\nmodel Note {\n  id Int @id\n  @@auth(JWT)\n}`
    const { content } = await normalised(source.replaceAll('\n', '\r\n'))
    const expected = `${GENERATOR}\ndatasource db {\n  provider = "sqlite"\n}\n\n/// @@auth(JWT)\nmodel Note {\n  id Int @id\n}`
    expect(content).toBe(expected.replaceAll('\n', '\r\n'))
  })

  it('loses a byte order mark', async () => {
    const { content, notes } = await normalised(
      `\uFEFF${GENERATOR}\ndatasource db {\n  provider = "sqlite"\n}\n\n${MODEL}`,
    )
    expect(content.startsWith('generator')).toBe(true)
    expect(notes).toEqual(['schema.prisma:1 Took out the byte order mark, which Prisma refuses.'])
  })

  it('has uniques in place of the ids of views', async () => {
    const head = `generator client {\n  provider = "prisma-client-js"\n  previewFeatures = ["views"]\n}\n\ndatasource db {\n  provider = "postgresql"\n}\n\n${MODEL}\n`
    const { content, notes } = await normalised(
      `${head}view A {\n  id Int @id @map("_id")\n}\n\nview B {\n  a Int\n  b Int\n  @@id([a, b])\n}\n`,
    )
    expect(content).toContain(
      'view A {\n  id Int @unique @map("_id")\n}\n\nview B {\n  a Int\n  b Int\n  @@unique([a, b])\n}\n',
    )
    expect(notes.slice(1)).toEqual([
      'schema.prisma:16 View A: @id became @unique, as views have no id in Prisma 7.',
      'schema.prisma:22 View B: @@id became @@unique, as views have no id in Prisma 7.',
    ])
  })
})

describe('a normalised schema', () => {
  it('is left as it is', async () => {
    const source = `${GENERATOR}\ndatasource db {\n  provider = "sqlite"\n}\n\n${MODEL}`
    expect(await normalised(source)).toEqual({ content: source, notes: [] })
  })

  it('names the output relative to a file in a folder', async () => {
    const { content } = await normalised(
      `datasource db {\n  provider = "sqlite"\n}\n\n${MODEL}`,
      'base/main.prisma',
    )
    expect(content).toContain('output              = "../../src/generated/prisma"')
  })
})

describe('a bare annotation of a model', () => {
  it('is moved above it, and said', async () => {
    const { content, notes } = await normalised(`${GENERATOR}
datasource db {
  provider = "sqlite"
}

/// A note.
model Note {
  id Int @id
  @@auth(JWT)
  @@policy(
    read,
    rule: "id == 1"
  ) // for now
  @@map("notes")
}
`)
    expect(content).toContain(`/// A note.
/// @@auth(JWT)
/// @@policy( read, rule: "id == 1" )
model Note {
  id Int @id
   // for now
  @@map("notes")
}
`)
    expect(notes).toEqual([
      'schema.prisma:16 Moved @@auth of Note into a /// comment above it, where Prisma lets it stand.',
      'schema.prisma:17 Moved @@policy of Note into a /// comment above it, where Prisma lets it stand.',
    ])
  })
})

describe('another provider', () => {
  it('takes the place of the one in the schema', async () => {
    const files = [
      { path: 'schema.prisma', content: `datasource db {\n  provider = "sqlite"\n}\n\n${MODEL}` },
    ]
    const { provider, files: written } = await loadSchema({ files, provider: 'postgresql' })
    expect(provider).toBe('postgresql')
    expect(written[0]!.content).toContain('datasource db {\n  provider = "postgresql"\n}')
  })

  it('is put in where the schema names none', async () => {
    const { provider, files } = await loadSchema({
      files: [{ path: 'schema.prisma', content: MODEL }],
      provider: 'mysql',
    })
    expect(provider).toBe('mysql')
    expect(files[0]!.content).toBe(
      `datasource db {\n  provider = "mysql"\n}\n\n${GENERATOR}\n${MODEL}`,
    )
  })
})

describe('a schema on disk', () => {
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ssot-schema-'))
    await mkdir(join(folder, 'models', 'node_modules'), { recursive: true })
    await writeFile(join(folder, 'zz.prisma'), 'datasource db {\n  provider = "sqlite"\n}\n')
    await writeFile(join(folder, 'models', 'note.prisma'), MODEL)
    await writeFile(join(folder, 'models', 'node_modules', 'x.prisma'), 'nonsense')
    await writeFile(join(folder, 'latin.prisma.txt'), 'nonsense')
    await mkdir(join(folder, 'empty'))
    await mkdir(join(folder, 'bytes'))
    await writeFile(join(folder, 'bytes', 'a.prisma'), Buffer.from([0xff, 0xfe, 0x00]))
  })
  afterAll(() => rm(folder, { recursive: true }))

  it('is a file, which becomes schema.prisma', async () => {
    await writeFile(
      join(folder, 'bytes', 'one.prisma'),
      `datasource db {\n  provider = "sqlite"\n}\n${MODEL}`,
    )
    const { files } = await loadSchema({ path: join(folder, 'bytes', 'one.prisma') })
    expect(files.map(({ path }) => path)).toEqual(['schema.prisma'])
  })

  it('is a folder with folders in it, whose files keep their names', async () => {
    await rm(join(folder, 'bytes'), { recursive: true })
    const { files, models } = await loadSchema({ path: folder })
    expect(files.map(({ path }) => path)).toEqual(['models/note.prisma', 'zz.prisma'])
    expect(files[0]!.content).toBe(MODEL)
    expect(files[1]!.content).toBe(`${GENERATOR}\ndatasource db {\n  provider = "sqlite"\n}\n`)
    expect(models[0]!.at).toEqual({
      file: join(folder, 'models', 'note.prisma'),
      line: 1,
      column: 1,
    })
  })

  it.each([
    ['nowhere', /^There is no schema at /],
    ['empty', /holds no \.prisma file\.$/],
    ['latin.prisma.txt', /is not a \.prisma file\.$/],
  ])('is refused at %s', async (path, message) => {
    await expect(loadSchema({ path: join(folder, path) })).rejects.toThrow(message)
  })

  it('is refused when it is not text', async () => {
    await mkdir(join(folder, 'bytes'))
    await writeFile(join(folder, 'bytes', 'a.prisma'), Buffer.from([0xff, 0xfe, 0x00]))
    await expect(loadSchema({ path: join(folder, 'bytes') })).rejects.toThrow(
      'a.prisma is not UTF-8 text.',
    )
  })
})
