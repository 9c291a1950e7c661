import type { AppView, ModelView } from '../../src/kit/index.js'
import { sampleOf } from '../../templates/auth/sample.js'
import { isEmail, type Column, type Model, type SignInUser } from '../../templates/auth/user.js'

const URL = 'http://127.0.0.1:3000/api'

/** What the app's README says of signing in. */
export function readmeSection(user: SignInUser, app: AppView): string {
  const { login, required } = user
  const name = { [login.name]: isEmail(login) ? 'ada@example.com' : 'ada' }
  const password = { password: 'a meadow in the fog' }
  const account = { ...name, ...samples(app, user.model, required), ...password }
  return `### Signing in

\`\`\`sh
${post('auth/register', account)}
${post('auth/login', { ...name, ...password })}
\`\`\`

Both answer \`{ "data": { "accessToken", "tokenType", "expiresIn", "refreshToken" } }\`. The access token goes along with each
request:

\`\`\`sh
TOKEN=…    # data.accessToken
curl ${URL}/auth/me -H "authorization: Bearer $TOKEN"
${writeLine(app, user)}\`\`\`

When it has run out, \`POST /api/auth/refresh\` with \`{ "refreshToken" }\` answers new ones. A refresh token is good once: used
twice, the session ends, as one of the two must have stolen it. Logging out, another password, a suspended or deleted user
end it at once. \`src/plugins/jwt/send-reset-token.ts\` is yours: it brings who forgot the password a token to set another.

Ten passwords tried at one account, or a hundred attempts from one network, and it is a 429 for a quarter of an hour. Set
\`TRUST_PROXY\` behind a proxy, else all callers are one to it, and \`REDIS_URL\` for several instances.`
}

const post = (path: string, body: object): string =>
  `curl -X POST ${URL}/${path} -H 'content-type: application/json' \\\n  -d '${shell(JSON.stringify(body))}'`

const shell = (text: string): string => text.replaceAll("'", String.raw`'\''`)

/** A row that whoever is signed in may try to make. */
function writeLine(app: AppView, user: SignInUser): string {
  const model = app.models.find(
    ({ name, operations, softForeignKeys, fields }) =>
      name !== user.model.name &&
      operations.create &&
      softForeignKeys.length === 0 &&
      fields.some((field) => field.required),
  )
  if (!model) return ''
  const columns = app.schema.models.find(({ name }) => name === model.name)!
  const body = samples(app, columns, requiredOf(columns, model))
  return `${post(model.path, body).replace(' -H', ' -H "authorization: Bearer $TOKEN" -H')}\n`
}

function requiredOf(model: Model, view: ModelView): Column[] {
  const names = new Set(view.fields.filter((field) => field.required).map(({ name }) => name))
  return model.fields.filter(
    (field): field is Column => field.kind !== 'relation' && names.has(field.name),
  )
}

const samples = (app: AppView, model: Model, fields: readonly Column[]): object =>
  Object.fromEntries(fields.map((field) => [field.name, sampleOf({ model }, app, field)]))
