import { describe, expect, it } from 'vitest'
import type { DatabaseApp } from './app.js'
import { engineSchema, preamble } from './engine-schema.js'

const CONTENT = `datasource db {
  provider   = "postgresql"
  extensions = [citext]
}
model A {
  id   String @id @default(dbgenerated("uuid_generate_v4()"))
  name String @db.Citext
}
`
const app: DatabaseApp = {
  root: '/app',
  provider: 'postgresql',
  files: [{ path: '/app/prisma/schema.prisma', content: CONTENT }],
  url: 'pglite:./data/pglite',
}

describe('preamble', () => {
  it('creates only the extensions that no earlier script has created', () => {
    expect(preamble(app, ['CREATE EXTENSION IF NOT EXISTS "citext";\nCREATE TABLE a ();'])).toBe(
      'CREATE EXTENSION IF NOT EXISTS "uuid-ossp";\n',
    )
  })

  it('is empty where everything is there, and for other databases', () => {
    expect(preamble(app, ['CREATE EXTENSION citext;', 'create extension "uuid-ossp"'])).toBe('')
    expect(preamble({ ...app, provider: 'sqlite' }, [])).toBe('')
  })
})

describe('engineSchema', () => {
  it('keeps the list of extensions from the engine, which would create them again and again', () => {
    const [file] = engineSchema(app).files
    expect(file?.content).toBe(CONTENT.replace('  extensions = [citext]', ''))
  })
})
