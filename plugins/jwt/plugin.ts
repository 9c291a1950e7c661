import { copy, definePlugin, render } from '../../src/kit/index.js'
import { changePath } from '../../templates/auth/login.js'
import { givenUser, signInUser, USER_OPTIONS } from '../../templates/auth/user.js'
import { jwtEnv } from './env.js'
import { readmeSection } from './readme.js'
import { routes } from './routes.js'
import { tables } from './tables.js'
import { jwtView, testView } from './view.js'

const FILES = ['access-token', 'devices', 'limits', 'passwords', 'signed-cookie']

const TEMPLATES = [
  'account',
  'authenticate',
  'bodies',
  'credentials',
  'index',
  'open-api',
  'reset-tokens',
  'sessions',
  'sign-in',
]

/** Signing in with a password: short access tokens, refresh tokens that are good once. */
export const plugin = definePlugin({
  id: 'jwt',
  category: 'auth',
  description: 'Register, log in and reset passwords; short access tokens, rotating refresh tokens',
  options: USER_OPTIONS,
  models: (schema, options) => givenUser(schema, options),
  contribute(app) {
    const user = signInUser(app)
    const view = jwtView(user, app)
    const own = (name: string): string => `src/plugins/jwt/${name}.ts`
    return {
      files: [
        ...FILES.map((name) => copy(own(name))),
        ...TEMPLATES.map((name) => render(own(name), view)),
        { ...copy(own('send-reset-token')), onExisting: 'skip' },
        render('test/plugins/jwt.test.ts', testView(user, app)),
      ],
      dependencies: ['@node-rs/argon2', 'jose'],
      env: jwtEnv(app),
      routes: routes(changePath(user.login)),
      slots: {
        'app.authenticators': ['jwt.authenticate'],
        'app.endpoints': ['...jwt.endpoints'],
        'openapi.parts': ['jwt.openApi'],
        'readme.sections': [readmeSection(user, app)],
      },
      schema: tables(app, user),
    }
  },
})
