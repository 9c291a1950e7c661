import { describe, expect, it } from 'vitest'
import { mergeDatabase } from './pull-merge.js'

const OURS = `generator client {
  provider = "prisma-client"
}

/// People. @@auth(JWT)
model User {
  id    Int @id // the key
  email String @unique // not "verified"
  /// Unused.
  nick  String?
  role  Role
}

enum Role {
  USER
}
`
const EXPECTED = `model User {
  id    Int     @id
  email String  @unique
  nick  String?
  role  Role
}

enum Role {
  USER
}
`
const at = (content: string) => [{ path: 'schema.prisma', content }]

describe('mergeDatabase', () => {
  it('changes nothing where the database is what the schema says', () => {
    expect(mergeDatabase(at(OURS), at(EXPECTED), at(EXPECTED))).toEqual({ files: [], changes: [] })
  })

  it('adds, changes and removes only what differs, and keeps comments', () => {
    const actual = `model Post {
  id Int @id
}

model User {
  id        Int      @id
  email     String?  @unique
  role      Role
  createdAt DateTime @default(now())

  @@index([role])
}

enum Role {
  USER
  ADMIN
}
`
    expect(mergeDatabase(at(OURS), at(EXPECTED), at(actual))).toEqual({
      files: at(`generator client {
  provider = "prisma-client"
}

/// People. @@auth(JWT)
model User {
  id    Int @id // the key
  email String? @unique // not "verified"
  role  Role
  createdAt DateTime @default(now())
  @@index([role])
}

enum Role {
  USER
  ADMIN
}

model Post {
  id Int @id
}
`),
      changes: [
        {
          path: 'schema.prisma',
          added: [
            'Role: ADMIN',
            'User: email String? @unique',
            'User: createdAt DateTime @default(now())',
            'User: @@index([role])',
            'model Post',
          ],
          removed: ['User: nick String?'],
        },
      ],
    })
  })

  it('takes out a model whose table is gone, with its comment', () => {
    const actual = 'enum Role {\n  USER\n}\n'
    expect(mergeDatabase(at(OURS), at(EXPECTED), at(actual))).toEqual({
      files: at('generator client {\n  provider = "prisma-client"\n}\n\nenum Role {\n  USER\n}\n'),
      changes: [{ path: 'schema.prisma', added: [], removed: ['model User'] }],
    })
  })
})
