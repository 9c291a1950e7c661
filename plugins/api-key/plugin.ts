import { copy, definePlugin, render, type PluginRoute } from '../../src/kit/index.js'
import { sampleUser } from '../../templates/auth/sample.js'
import { givenUser, signInUser, USER_OPTIONS } from '../../templates/auth/user.js'
import { README } from './readme.js'
import { tables } from './tables.js'

const FILES = ['authenticate', 'index', 'keys', 'last-use', 'open-api', 'scopes']

const BASE = '/api/auth/api-keys'
const ROUTES: readonly PluginRoute[] = [
  { method: 'GET', path: BASE, does: 'the API keys of who is signed in' },
  { method: 'POST', path: BASE, does: 'makes an API key' },
  { method: 'POST', path: `${BASE}/:id/rotate`, does: 'gives an API key another secret' },
  { method: 'DELETE', path: `${BASE}/:id`, does: 'takes an API key away' },
]

/** Keys with which programs call in the name of a user; people manage theirs. */
export const plugin = definePlugin({
  id: 'api-key',
  category: 'auth',
  description: 'API keys of users: hashed, scoped, with an end, rotated and revoked',
  options: USER_OPTIONS,
  models: (schema, options) => givenUser(schema, options),
  contribute(app) {
    const user = signInUser(app)
    const own = (name: string): string => `src/plugins/api-key/${name}.ts`
    const { login, inRow, uuids } = sampleUser(user, app)
    return {
      files: [
        ...FILES.map((name) => copy(own(name))),
        render(own('endpoints'), { userId: userIdOf(user.key.type) }),
        copy(own('create')),
        render('test/plugins/api-key.test.ts', {
          ...{ sampleLogin: login, required: inRow, uuids },
          delegate: user.view.delegate,
          key: user.key.name,
          login: user.login.name,
          resource: user.view.path,
          jwt: app.plugins.some(({ id }) => id === 'jwt'),
        }),
      ],
      scripts: { 'api-key': 'ssot client && tsx src/plugins/api-key/create.ts' },
      routes: ROUTES,
      slots: {
        'app.authenticators': ['apiKey.authenticate'],
        'app.endpoints': ['...apiKey.endpoints'],
        'openapi.parts': ['apiKey.openApi'],
        'readme.sections': [README],
        'server.start': ['apiKey.start()'],
        'server.stop': ['apiKey.stop()'],
      },
      schema: tables(app, user),
    }
  },
})

/** Code of a user's id: requests hold it as a text. */
function userIdOf(type: string): string {
  switch (type) {
    case 'Int':
      return 'Number(user.id)'
    case 'BigInt':
      return 'BigInt(user.id)'
    default:
      return 'user.id'
  }
}
