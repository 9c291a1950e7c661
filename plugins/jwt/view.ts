import { literal, sampleValue, type AppView } from '../../src/kit/index.js'
import type { Column, SignInUser } from '../../templates/auth/user.js'

export const isEmail = ({ name }: Column): boolean => /mail/i.test(name)

/** What the files of the plugin print of the user's model. */
export const jwtView = ({ model, login, required }: SignInUser): object => ({
  model: literal(model.name),
  modelText: model.name,
  login: login.name,
  loginName: literal(login.name),
  loginSchema: isEmail(login) ? 'z.email().max(254)' : 'z.string().trim().min(1).max(254)',
  required: required.map(({ name }) => ({ name, literal: literal(name) })),
})

/** What the test of the plugin prints. */
export const testView = (user: SignInUser, { schema }: AppView): object => {
  const { model, view, key, login, required, suspensions } = user
  const values = (field: Column): string[] =>
    (schema.enums.find(({ name }) => name === field.type)?.values ?? []).map(({ name }) => name)
  const sample = (field: Column): unknown =>
    sampleValue(
      field,
      { model: model.name, provider: schema.provider, values: values(field), distinct: true },
      0,
    )
  const other = view.creatable.find((field) => !required.some(({ name }) => name === field.name))
  return {
    delegate: view.delegate,
    uuids: required.some((field) => distinctValue(field, '') === 'randomUUID()'),
    key: key.name,
    login: login.name,
    sampleLogin: isEmail(login) ? '`user${number}@example.com`' : '`user${number}`',
    required: required.map((field) => ({
      name: field.name,
      value: distinctValue(field, sample(field)),
    })),
    suspend: suspendLiteral(suspensions),
    foreign: other?.name === login.name ? key.name : (other?.name ?? key.name),
  }
}

/** Code of a value that no two users share where they must not. */
function distinctValue(field: Column, sample: unknown): string {
  if (!field.unique) return literal(sample)
  switch (field.type) {
    case 'String':
      return /uuid/i.test(field.nativeType?.name ?? '')
        ? 'randomUUID()'
        : `\`\${number}${String(sample)
            .slice(0, 8)
            .replaceAll(/[`$\\]/g, '')}\``
    case 'Int':
    case 'Float':
      return 'number'
    case 'BigInt':
    case 'Decimal':
      return 'String(number)'
    default:
      return literal(sample)
  }
}

/** A change that keeps a user out; null where no column can. */
function suspendLiteral(fields: readonly Column[]): string | null {
  const field = fields.find(({ type }) => type === 'Boolean' || type === 'DateTime')
  if (!field) return null
  if (field.type === 'DateTime') return `{ ${field.name}: new Date(Date.now() + 3_600_000) }`
  return `{ ${field.name}: ${String(!/^(is_?)?(active|enabled)$/i.test(field.name))} }`
}
