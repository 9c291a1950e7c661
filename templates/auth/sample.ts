import { literal, sampleValue, type AppView } from '../../src/kit/index.js'
import { isEmail, type Column, type SignInUser } from './user.js'

type SampleColumn = { readonly name: string; readonly value: string }

export type SampleUser = {
  /** Code of a login name; `number` differs from user to user. */
  readonly login: string
  /** The other columns that a user must have: code of their values in a body, and in a call of Prisma. */
  readonly inBody: readonly SampleColumn[]
  readonly inRow: readonly SampleColumn[]
  /** True where a value is a call of `randomUUID`. */
  readonly uuids: boolean
}

/** Users for the tests of an app. */
export function sampleUser(user: SignInUser, app: AppView): SampleUser {
  const { login, required } = user
  const inBody = required.map((field) => ({
    name: field.name,
    value: distinctValue(field, sampleOf(user, app, field)),
  }))
  const inRow = required.map((field, index) => ({
    name: field.name,
    value: rowValue(field) ?? inBody[index]!.value,
  }))
  return {
    login: isEmail(login) ? '`user${number}@example.com`' : '`user${number}`',
    uuids: inBody.some(({ value }) => value === 'randomUUID()'),
    ...{ inBody, inRow },
  }
}

/** A value as a body of the API holds it. */
export function sampleOf(
  { model }: Pick<SignInUser, 'model'>,
  app: AppView,
  field: Column,
): unknown {
  const found = app.schema.enums.find(({ name }) => name === field.type)
  const values = (found?.values ?? []).map(({ name }) => name)
  const context = { model: model.name, provider: app.provider, values, distinct: true }
  return sampleValue(field, context, 0)
}

/** Types that Prisma takes in another form than JSON has. */
function rowValue({ type, unique }: Column): string | undefined {
  if (type === 'BigInt') return unique ? 'BigInt(number)' : '1n'
  return type === 'Bytes' ? 'new Uint8Array([number])' : undefined
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
