import { describe, expect, it } from 'vitest'
import { UserError } from '../../src/errors.js'
import { previewApp } from '../../test/support/preview-app.js'

const appOf = (models: string, options: object = {}, provider = 'sqlite') =>
  previewApp(models, { plugins: ['jwt'], pluginOptions: { jwt: options }, provider })

const failure = async (models: string, options: object = {}): Promise<string> => {
  const error: unknown = await appOf(models, options).catch((reason: unknown) => reason)
  expect(error).toBeInstanceOf(UserError)
  const { message, remedies } = error as UserError
  return [message, ...remedies].join('\n')
}

const user = (...fields: string[]): string =>
  ['model User {', ...fields.map((field) => `  ${field}`), '}'].join('\n')
const ID = 'id String @id @default(cuid())'
const EMAIL = 'email String @unique'

describe('who signs in', () => {
  it('is a User of the plugin, where the schema has none', async () => {
    const files = await appOf('model Note {\n  id Int @id\n}')
    expect(files.get('prisma/user.prisma')).toContain('email     String   @unique')
    expect(files.get('src/auth/users.ts')).toContain('where: { id, ...active() }')
    expect([...files.keys()].filter((path) => path.includes('jwt'))).toEqual([
      'prisma/jwt.prisma',
      ...FILES.map((name) => `src/plugins/jwt/${name}.ts`),
      'test/plugins/jwt.test.ts',
    ])
  })

  it('is the User of the schema, by e-mail before username', async () => {
    const files = await appOf(user(ID, 'username String @unique', EMAIL))
    expect(files.has('prisma/user.prisma')).toBe(false)
    const bodies = files.get('src/plugins/jwt/bodies.ts')
    expect(bodies).toContain('login: z.strictObject({ email: given, password: givenPassword })')
    expect(bodies).toContain("username: column('username')")
  })

  it('is whom the options name', async () => {
    const person =
      'model Person {\n  key Int @id @default(autoincrement())\n  nick String @unique\n  gone Boolean\n}'
    const files = await appOf(person.replace('gone Boolean', 'gone Boolean @default(false)'), {
      ...{ userModel: 'Person', login: 'nick', suspended: ['gone'] },
    }).catch((error: unknown) => error)
    expect(files).toBeInstanceOf(Map)
    const users = (files as ReadonlyMap<string, string>).get('src/auth/users.ts')
    expect(users).toContain('prisma.person.findUnique({ where: { key: id, ...active() } })')
    expect(users).toContain('{ gone: false }')
  })

  it('has an id of the type that the tables of the plugin hold', async () => {
    const models = user('id String @id @default(uuid()) @db.Uuid', EMAIL)
    const files = await appOf(models, {}, 'postgresql')
    expect(files.get('prisma/jwt.prisma')?.match(/userId +String( +@id)? +@db.Uuid/g)).toHaveLength(
      3,
    )
  })

  it('says at registration what is required and has no default, and no more', async () => {
    const files = await appOf(user(ID, EMAIL, 'name String', 'bio String?', 'age Int @default(1)'))
    expect(files.get('src/auth/users.ts')).toContain(
      "Pick<\n  Prisma.UserUncheckedCreateInput,\n  'name'\n>",
    )
  })

  it.each([
    ['suspended Boolean @default(false)', '{ suspended: false }'],
    ['banned Boolean?', '{ OR: [{ banned: null }, { banned: false }] }'],
    ['isActive Boolean @default(true)', '{ isActive: true }'],
    ['deletedAt DateTime?', '{ deletedAt: null }'],
    [
      'lockedUntil DateTime?',
      '{ OR: [{ lockedUntil: null }, { lockedUntil: { lte: new Date() } }] }',
    ],
  ])('is kept out by %s', async (field, condition) => {
    const files = await appOf(user(ID, EMAIL, field))
    expect(files.get('src/auth/users.ts')).toContain(condition)
  })

  it('is kept out by the values of an enum that say so', async () => {
    const status = 'enum State {\n  ACTIVE\n  SUSPENDED\n}\n'
    const files = await appOf(status + user(ID, EMAIL, 'status State @default(ACTIVE)'))
    expect(files.get('src/auth/users.ts')).toContain("{ status: { notIn: ['SUSPENDED'] } }")
  })
})

describe('a schema that nobody can register by', () => {
  it.each([
    [
      user('id String @id', EMAIL),
      /User\.id must be given .* the id\.\nWrite: id String @id @default/,
    ],
    [user(ID, EMAIL, 'role String'), /User\.role must be given .* may do\.\n.*@default/],
    [user(ID, EMAIL, 'isAdmin Boolean'), /User\.isAdmin must be given/],
    [user(ID, EMAIL, 'password String'), /User\.password .* is hidden\.\n.*password String\?/],
    [user(ID, 'email String'), /User\.email can't be .*\nWrite: email String @unique/],
    [user(ID, 'name String'), /User has no field to sign in by\.\nWrite: email String @unique/],
    [user('a Int', EMAIL, 'b Int', '@@id([a, b])'), /User needs an id of one column/],
    [
      `/// @@policy(read, rule: "user.country == country")\n${user(ID, EMAIL, 'country String')}`,
      /User\.country must be given/,
    ],
    [
      `model Org {\n  id Int @id\n  users User[]\n}\n${user(ID, EMAIL, 'org Org @relation(fields: [orgId], references: [id])', 'orgId Int')}`,
      /User\.orgId must be given .* belongs to/,
    ],
  ])('is refused: %#', async (models, message) => {
    expect(await failure(models)).toMatch(message)
  })

  it.each([
    [{ userModel: 'Person' }, /no model 'Person'\.\nIt has User/],
    [{ login: 'nick' }, /no field 'nick'/],
    [{ suspended: ['email'] }, /User\.email can't say/],
    [{ suspended: ['gone'] }, /User has no field 'gone'/],
  ])('is refused with the options %j', async (options, message) => {
    expect(await failure(user(ID, EMAIL), options)).toMatch(message)
  })

  it('has no table of the same name', async () => {
    expect(await failure(`${user(ID, EMAIL)}\nmodel JwtSession {\n  id Int @id\n}`)).toMatch(
      /The plugin 'jwt' has a model or enum JwtSession/,
    )
  })
})

const FILES = [
  'access-token',
  'account',
  'authenticate',
  'bodies',
  'credentials',
  'devices',
  'index',
  'limits',
  'open-api',
  'passwords',
  'reset-tokens',
  'send-reset-token',
  'sessions',
  'sign-in',
  'signed-cookie',
]
