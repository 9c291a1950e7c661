import { describe, expect, it } from 'vitest'
import { embeddedExtension, extensionsOf } from './extensions.js'

describe('extensionsOf', () => {
  it('finds extensions by the types, functions and operator classes that need them', () => {
    const text = `
model User {
  id     String @id @default(dbgenerated("uuid_generate_v4()")) @db.Uuid
  email  String @unique @pg.Citext
  token  Bytes  @default(dbgenerated("gen_random_bytes(16)"))
  place  Unsupported("geometry(POINT, 4326)")?
  vector Unsupported("vector(3)")?
  name   String
  @@index([name(ops: raw("gin_trgm_ops"))], type: Gin)
}`
    expect(extensionsOf(text)).toEqual([
      'citext',
      'pg_trgm',
      'pgcrypto',
      'postgis',
      'uuid-ossp',
      'vector',
    ])
  })

  it('reads the list of the datasource, with the names that SQL knows', () => {
    const text =
      'datasource db {\n  extensions = [hstore(schema: "x"), uuidOssp(map: "uuid-ossp"), pgvector]\n}'
    expect(extensionsOf(text)).toEqual(['hstore', 'uuid-ossp', 'vector'])
  })

  it('needs none for a function that PostgreSQL has, or for what stands in a comment', () => {
    const text =
      '// @db.Citext\nmodel A {\n  id String @id @default(dbgenerated("gen_random_uuid()"))\n}'
    expect(extensionsOf(text)).toEqual([])
  })
})

describe('embeddedExtension', () => {
  it('names the module and its export, and knows what is not shipped', () => {
    expect(['uuid-ossp', 'citext', 'postgis'].map(embeddedExtension)).toEqual([
      { module: '@electric-sql/pglite/contrib/uuid_ossp', name: 'uuid_ossp' },
      { module: '@electric-sql/pglite/contrib/citext', name: 'citext' },
      null,
    ])
  })
})
