import {
  copy,
  embeddedExtension,
  extensionsOf,
  render,
  type AppView,
  type Contribution,
  type EnvVar,
  type FileSpec,
} from '../../src/kit/index.js'

/** What the database adds to an app: its files, packages and `DATABASE_URL`. */
export function databaseParts(
  app: Pick<AppView, 'name' | 'provider' | 'omitting' | 'schema'>,
): Required<Pick<Contribution, 'files' | 'dependencies' | 'devDependencies' | 'env'>> {
  const { provider, omitting, schema } = app
  const emulated = schema.emulatedRelations
  const { dependencies, devDependencies } = PACKAGES[provider]
  return {
    files: [
      render('src/db.ts', { hasHidden: omitting.length > 0, omitting, emulated }),
      copy('src/db/connection.ts'),
      copy('src/db/migrate.ts'),
      copy('src/db/paths.ts'),
      copy('prisma.config.ts'),
      copied(provider, 'driver.ts'),
      ...(emulated || REWRITING.has(provider) ? [copy('src/db/statements.ts')] : []),
      ...(emulated ? [copy('src/db/emulated.ts')] : []),
      ...(provider === 'postgresql' ? embeddedFiles(app) : []),
      ...(provider === 'sqlite' ? LONG_READS.map((name) => copied(provider, name)) : []),
    ],
    dependencies: [...dependencies],
    devDependencies: [...devDependencies],
    env: [databaseUrl(app)],
  }
}

type Provider = AppView['provider']

/** The schema engine that `ssot db` runs knows SQLite and PostgreSQL. */
const PACKAGES: Readonly<
  Record<Provider, { dependencies: readonly string[]; devDependencies: readonly string[] }>
> = {
  sqlite: {
    dependencies: ['@libsql/client', '@prisma/adapter-libsql'],
    devDependencies: ['@prisma/schema-engine-wasm'],
  },
  postgresql: {
    dependencies: ['@prisma/adapter-pg', 'pg'],
    // Deployed apps talk to a server.
    devDependencies: [
      '@electric-sql/pglite',
      '@electric-sql/pglite-prepopulatedfs',
      '@prisma/schema-engine-wasm',
      '@types/pg',
    ],
  },
  mysql: { dependencies: ['@prisma/adapter-mariadb', 'mariadb'], devDependencies: [] },
  cockroachdb: { dependencies: ['@prisma/adapter-pg', 'pg'], devDependencies: ['@types/pg'] },
  sqlserver: { dependencies: ['@prisma/adapter-mssql'], devDependencies: [] },
}

/** Where a query needs SQL that Prisma can't be brought to write. */
const REWRITING: ReadonlySet<Provider> = new Set(['sqlite', 'postgresql', 'mysql'])

/** SQLite works in the process that asks it. */
const LONG_READS = ['aside.ts', 'long-reads.ts', 'turns.ts', 'weight.ts']

/** Files that differ by database lie in a folder of its name. */
const copied = (provider: Provider, name: string): FileSpec =>
  copy(`src/db/${name}`, `src/db/${provider}/${name}`)

function embeddedFiles({ schema }: Pick<AppView, 'schema'>): FileSpec[] {
  const text = schema.files.map((file) => file.content).join('\n')
  const extensions = extensionsOf(text).flatMap((name) => embeddedExtension(name) ?? [])
  return [
    copied('postgresql', 'folder-lock.ts'),
    copied('postgresql', 'pglite-pool.ts'),
    render(
      'src/db/pglite.ts',
      { hasExtensions: extensions.length > 0, extensions },
      'src/db/postgresql/pglite.ts',
    ),
  ]
}

function databaseUrl({ name, provider }: Pick<AppView, 'name' | 'provider'>): EnvVar {
  const database = name.replace(/^.*\//, '').replaceAll(/\W/g, '_')
  const { description, example, pattern } = URLS[provider]
  return {
    name: 'DATABASE_URL',
    description,
    example: example.replace('{database}', database),
    zod: `z.string().regex(${pattern}, 'Expected a URL such as ${example.replace('{database}', database)}')`,
  }
}

const URLS: Readonly<Record<Provider, { description: string; example: string; pattern: string }>> =
  {
    sqlite: {
      description: 'SQLite file, relative to the app.',
      example: 'file:./data/dev.db',
      pattern: '/^file:/',
    },
    postgresql: {
      description:
        'PostgreSQL: in process on a folder (pglite:./data/pglite), or a server (postgresql://user:password@host:5432/database).',
      example: 'pglite:./data/pglite',
      pattern: '/^(pglite:|postgres(ql)?:\\/\\/)/',
    },
    mysql: {
      description: 'MySQL or MariaDB server.',
      example: 'mysql://root:password@127.0.0.1:3306/{database}',
      pattern: '/^(mysql|mariadb):\\/\\//',
    },
    cockroachdb: {
      description: 'CockroachDB server.',
      example: 'postgresql://root@127.0.0.1:26257/{database}?sslmode=disable',
      pattern: '/^postgres(ql)?:\\/\\//',
    },
    sqlserver: {
      description: 'Microsoft SQL Server.',
      example:
        'sqlserver://127.0.0.1:1433;database={database};user=sa;password=password;trustServerCertificate=true',
      pattern: '/^sqlserver:\\/\\//',
    },
  }
