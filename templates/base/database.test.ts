import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import type { Provider } from '../../src/schema/model.js'
import versions from '../versions/package.json' with { type: 'json' }
import { databaseParts } from './database.js'

const partsFor = (provider: Provider, content = '', emulatedRelations = false) =>
  databaseParts({
    name: '@me/my-app',
    provider,
    omitting: [],
    schema: { files: [{ path: 'schema.prisma', content }], emulatedRelations },
  } as never)

const common = [
  'src/db.ts',
  'src/db/connection.ts',
  'src/db/migrate.ts',
  'src/db/paths.ts',
  'prisma.config.ts',
  'src/db/driver.ts',
]

describe('databaseParts', () => {
  it.each([
    [
      'sqlite',
      [
        ...common,
        'src/db/statements.ts',
        'src/db/aside.ts',
        'src/db/long-reads.ts',
        'src/db/turns.ts',
        'src/db/weight.ts',
      ],
    ],
    [
      'postgresql',
      [
        ...common,
        'src/db/statements.ts',
        'src/db/folder-lock.ts',
        'src/db/pglite-pool.ts',
        'src/db/pglite.ts',
      ],
    ],
    ['mysql', [...common, 'src/db/statements.ts']],
    ['cockroachdb', common],
    ['sqlserver', common],
  ] as const)(
    'gives %s its files, all of which are there, and packages with versions',
    (provider, paths) => {
      const { files = [], dependencies = [], devDependencies = [] } = partsFor(provider)
      expect(files.map((file) => file.path)).toEqual(paths)
      const missing = files.filter(
        ({ template }) => !existsSync(fileURLToPath(new URL(`files/${template}`, import.meta.url))),
      )
      expect(missing).toEqual([])
      const unknown = [...dependencies, ...devDependencies].filter(
        (name) => !(name in versions.dependencies),
      )
      expect(unknown).toEqual([])
    },
  )

  it('mends the statements of emulated relations on every database', () => {
    const { files = [] } = partsFor('sqlserver', '', true)
    expect(files.map((file) => file.path)).toEqual([
      ...common,
      'src/db/statements.ts',
      'src/db/emulated.ts',
    ])
  })

  it('keeps the embedded PostgreSQL out of production', () => {
    expect(partsFor('postgresql').dependencies).toEqual(['@prisma/adapter-pg', 'pg'])
  })

  it('loads the extensions that the schema needs and the embedded PostgreSQL has', () => {
    const { files = [] } = partsFor('postgresql', '@db.Citext Unsupported("vector(3)")')
    expect(files.find((file) => file.path === 'src/db/pglite.ts')?.view).toEqual({
      hasExtensions: true,
      extensions: [{ module: '@electric-sql/pglite/contrib/citext', name: 'citext' }],
    })
  })

  it('names the database of a server after the app', () => {
    expect(partsFor('mysql').env?.[0]?.example).toBe('mysql://root:password@127.0.0.1:3306/my_app')
  })
})
