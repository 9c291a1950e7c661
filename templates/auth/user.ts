import {
  keyColumn,
  stuckColumns,
  UserError,
  type AppView,
  type GivenSchema,
  type ModelView,
} from '../../src/kit/index.js'
import { deciding } from './deciding.js'
import { suspensions } from './suspension.js'

type Schema = AppView['schema']
export type Model = Schema['models'][number]
export type Column = Exclude<Model['fields'][number], { kind: 'relation' }>

/** The model whose rows sign in, as far as it matters for that. */
export type SignInUser = {
  readonly model: Model
  readonly view: ModelView
  readonly key: Column
  /** Prisma type of a column that holds a user's id: `String @db.Uuid`. */
  readonly keyColumn: string
  /** The unique column that people know themselves by. */
  readonly login: Column
  /** Columns that say of a row that it may not sign in. */
  readonly suspensions: readonly Column[]
  /** Columns beside the login name that must be given to make a row. */
  readonly required: readonly Column[]
}

/** Does the column hold addresses of e-mail? */
export const isEmail = ({ name }: Column): boolean => /mail/i.test(name)

/** Options of every plugin by which people sign in. */
export const USER_OPTIONS = {
  userModel: {
    kind: 'text',
    value: 'MODEL',
    hint: 'Model of those who sign in; else User',
  },
  login: {
    kind: 'text',
    value: 'FIELD',
    hint: 'Unique text field to sign in by; else email or username',
  },
  suspended: {
    kind: 'names',
    known: [],
    open: true,
    hint: 'Fields that keep a user out; else found by names such as suspended, deletedAt, status',
  },
} as const

const USER_MODELS = ['User', 'user', 'Users', 'users']
const LOGINS = ['email', 'emailAddress', 'mail', 'username', 'userName', 'login', 'handle']

/** The user model's name; null where the schema has none. @throws UserError where the option names no model */
function userModelOf(schema: Schema, named: string | undefined): string | null {
  const names = schema.models.map(({ name }) => name)
  if (named === undefined) return USER_MODELS.find((name) => names.includes(name)) ?? null
  if (names.includes(named)) return named
  throw new UserError(`userModel: the schema has no model '${named}'.`, [
    `It has ${names.join(', ')}.`,
  ])
}

/**
 * A user model for a schema that has none.
 * @throws UserError where the option names no model
 */
export const givenUser = (
  schema: Schema,
  { userModel }: { readonly userModel?: string | undefined },
): GivenSchema | null =>
  userModelOf(schema, userModel) === null ? { file: 'user.prisma', content: USER } : null

const USER = `/// Someone with an account.
model User {
  id        String   @id @default(cuid())
  email     String   @unique
  name      String?
  /// What hasRole() in a policy asks for.
  role      String   @default("user")
  /// Keeps the user out.
  suspended Boolean  @default(false)
  createdAt DateTime @default(now())
  updatedAt DateTime @updatedAt
}
`

/**
 * Finds out who signs in, by the options of the app's plugins or by the usual names.
 * @throws UserError where that can't be told, or the model is none that people can sign in to
 */
export function signInUser(app: AppView): SignInUser {
  const options = optionsOf(app)
  const name = userModelOf(app.schema, options.userModel)
  const model = app.schema.models.find((candidate) => candidate.name === name)
  const view = app.models.find((candidate) => candidate.name === name)
  if (!model || !view) throw new UserError('The schema has no model of those who sign in.')
  const columns = model.fields.filter((field): field is Column => field.kind !== 'relation')
  const key = keyOf(model, columns)
  const login = loginOf(model, columns, options.login)
  const kept = suspensions(app.schema, model, columns, options.suspended)
  return {
    ...{ model, view, key, login, suspensions: kept },
    keyColumn: keyColumn(app.schema, model.name) ?? key.type,
    required: requiredOf(app, view, columns, { key, login, kept }),
  }
}

type UserOptions = { userModel?: string; login?: string; suspended: readonly string[] }

/** What the plugins were told; they must have been told the same. */
function optionsOf({ plugins }: AppView): UserOptions {
  const told = new Map<string, unknown>()
  for (const { id, given } of plugins)
    for (const name of Object.keys(USER_OPTIONS)) {
      if (!(name in given)) continue
      if (told.has(name) && JSON.stringify(told.get(name)) !== JSON.stringify(given[name]))
        throw new UserError(`The plugins were told different things of ${name}: see '${id}'.`, [
          'There is one kind of user: give it the same value, or give it once.',
        ])
      told.set(name, given[name])
    }
  return { suspended: [], ...Object.fromEntries(told) }
}

function keyOf(model: Model, columns: readonly Column[]): Column {
  const key = columns.find(({ name }) => name === model.key?.fields[0])
  if (model.kind === 'view') throw new UserError(`${model.name} is a view: nobody can register.`)
  if (!key || model.key?.fields.length !== 1 || !['String', 'Int', 'BigInt'].includes(key.type))
    throw new UserError(
      `${model.name} needs an id of one column, a String, Int or BigInt, for people to sign in.`,
      ['Write: id String @id @default(cuid())'],
    )
  return key
}

function loginOf(model: Model, columns: readonly Column[], named: string | undefined): Column {
  const single = (field: Column): boolean =>
    model.uniques.some(({ fields }) => fields.length === 1 && fields[0] === field.name)
  const usable = (field: Column): boolean =>
    field.type === 'String' && !field.list && !field.annotations.hidden && single(field)
  const names = named === undefined ? LOGINS : [named]
  const found = names.flatMap((name) => columns.filter((field) => field.name === name))
  const login = found.find(usable)
  if (login) return login
  const [other] = found
  throw new UserError(
    other
      ? `${model.name}.${other.name} can't be what people sign in by: that must be a String which is @unique and not hidden.`
      : named === undefined
        ? `${model.name} has no field to sign in by.`
        : `login: ${model.name} has no field '${named}'.`,
    [
      `Write: ${other?.name ?? 'email'} String @unique`,
      ...(named === undefined ? ['Or name another field by the option login.'] : []),
    ],
  )
}

/** @throws UserError for a column that must be given, and that who registers must not choose */
function requiredOf(
  app: AppView,
  view: ModelView,
  columns: readonly Column[],
  { key, login, kept }: { key: Column; login: Column; kept: readonly Column[] },
): Column[] {
  const decides = deciding(app.schema, view.name)
  const needed = new Set(view.fields.filter((it) => it.required).map(({ name }) => name))
  const required = columns.filter(
    (field) => field !== login && (needed.has(field.name) || stuckColumns([field]).length > 0),
  )
  return required.map((field) => {
    const why = field === key ? 'is the id' : whyNot(field, decides(field) || kept.includes(field))
    if (why === null) return field
    throw new UserError(
      `${view.name}.${field.name} must be given to make a row, and who registers can't give it: it ${why}.`,
      [remedyFor(field, field === key)],
    )
  })
}

function whyNot({ annotations, foreignKeyOf }: Column, decides: boolean): string | null {
  if (annotations.hidden) return 'is hidden'
  if (annotations.readonly) return 'is @readonly'
  if (foreignKeyOf.length > 0) return 'says what the user belongs to'
  return decides ? 'says what the user may do' : null
}

function remedyFor({ name, type, annotations }: Column, isKey: boolean): string {
  if (isKey)
    return `Write: ${name} ${type} @id @default(${type === 'String' ? 'cuid' : 'autoincrement'}())`
  return annotations.hidden
    ? `Make it optional (${name} ${type}?) or take it out: passwords are kept in a table of the plugin.`
    : `Make it optional (${name} ${type}?), or give it a @default.`
}
