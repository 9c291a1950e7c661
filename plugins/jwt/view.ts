import { literal, type AppView } from '../../src/kit/index.js'
import { sampleUser } from '../../templates/auth/sample.js'
import { changePath } from '../../templates/auth/login.js'
import { type Column, type SignInUser } from '../../templates/auth/user.js'

/** What the files of the plugin print of the user's model. */
export const jwtView = (
  { model, view, key, login, required }: SignInUser,
  app: AppView,
): object => ({
  google: app.plugins.some(({ id }) => id === 'google'),
  apiKey: app.plugins.some(({ id }) => id === 'api-key'),
  model: literal(model.name),
  modelText: model.name,
  delegate: view.delegate,
  key: key.name,
  login: login.name,
  loginName: literal(login.name),
  endpoint: changePath(login),
  required: required.map(({ name }) => ({ name, literal: literal(name) })),
})

/** What the test of the plugin prints. */
export function testView(user: SignInUser, app: AppView): object {
  const { view, key, login, required, suspensions } = user
  const other = view.creatable.find((field) => !required.some(({ name }) => name === field.name))
  const sample = sampleUser(user, app)
  return {
    delegate: view.delegate,
    key: key.name,
    login: login.name,
    sampleLogin: sample.login,
    uuids: sample.uuids,
    required: sample.inBody,
    suspend: suspendLiteral(suspensions),
    endpoint: changePath(login),
    foreign: other?.name === login.name ? key.name : (other?.name ?? key.name),
  }
}

/** A change that keeps a user out; null where no column can. */
function suspendLiteral(fields: readonly Column[]): string | null {
  const field = fields.find(({ type }) => type === 'Boolean' || type === 'DateTime')
  if (!field) return null
  if (field.type === 'DateTime') return `{ ${field.name}: new Date(Date.now() + 3_600_000) }`
  return `{ ${field.name}: ${String(!/^(is_?)?(active|enabled)$/i.test(field.name))} }`
}
