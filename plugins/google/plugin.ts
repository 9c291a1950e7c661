import {
  copy,
  definePlugin,
  ownerLine,
  render,
  UserError,
  type EnvVar,
} from '../../src/kit/index.js'
import { givenUser, isEmail, signInUser, USER_OPTIONS } from '../../templates/auth/user.js'
import type { SignInUser } from '../../templates/auth/user.js'

import { README } from './readme.js'

const FILES = ['client', 'codes', 'endpoints', 'index', 'open-api', 'pending']

/** Signing in with Google, by OpenID Connect; sessions and tokens are those of jwt. */
export const plugin = definePlugin({
  id: 'google',
  category: 'auth',
  description: 'Sign in with Google: OpenID Connect with PKCE, accounts linked by verified address',
  requires: ['jwt'],
  options: USER_OPTIONS,
  models: (schema, options) => givenUser(schema, options),
  contribute(app) {
    const user = signInUser(app)
    const own = (name: string): string => `src/plugins/google/${name}.ts`
    return {
      files: [
        ...FILES.map((name) => copy(own(name))),
        render(own('accounts'), {
          delegate: user.view.delegate,
          key: user.key.name,
          login: user.login.name,
          names: namesOf(user),
        }),
      ],
      dependencies: ['openid-client'],
      env: ENV,
      routes: [
        { method: 'GET', path: '/api/auth/google', does: 'sends a browser to Google' },
        { method: 'GET', path: '/api/auth/google/callback', does: 'takes it back' },
        { method: 'POST', path: '/api/auth/google/tokens', does: 'changes the code for tokens' },
      ],
      slots: {
        'app.endpoints': ['...google.endpoints'],
        'openapi.parts': ['google.openApi'],
        'readme.sections': [README],
      },
      schema: tables(user),
    }
  },
})

/** What Google tells of people, by the columns that take it. */
const CLAIMS: Readonly<Record<string, string>> = {
  name: 'name',
  fullname: 'name',
  displayname: 'name',
  firstname: 'given_name',
  givenname: 'given_name',
  lastname: 'family_name',
  familyname: 'family_name',
  surname: 'family_name',
}

/** @throws UserError where a user can't be made of what Google tells */
function namesOf({ model, login, required }: SignInUser): { name: string; claim: string }[] {
  if (!isEmail(login))
    throw new UserError(
      `People sign in to ${model.name} by ${login.name}, and Google knows them by their e-mail.`,
      ['Give it a field email String @unique, or name yours by the option login.'],
    )
  return required.map(({ name, type }) => {
    const claim = CLAIMS[name.toLowerCase().replaceAll('_', '')]
    if (claim !== undefined && type === 'String') return { name, claim }
    throw new UserError(`${model.name}.${name} must be given, and Google does not know it.`, [
      `Make it optional (${name} ${type}?), or give it a @default.`,
    ])
  })
}

const tables = ({ model, key, keyColumn }: SignInUser): string => {
  const owner = ownerLine(model.name, key.name)
  return `/// Someone whom Google knows, and which user that is.
model GoogleIdentity {
  /// Google's name for the person, which never changes.
  subject String @id
  ${owner}
  userId ${keyColumn}
  /// The address that Google had verified when the person came last.
  email String?
  createdAt DateTime @default(now())
  /// The last time that tokens were given.
  usedAt DateTime?

  @@index([userId])
}

/// A code for the tokens of who has just come back from Google.
model GoogleCode {
  codeHash String @id
  ${owner}
  userId ${keyColumn}
  /// Who came: the code is good as long as that is still this user.
  subject String @default("")
  expiresAt DateTime

  @@index([userId])
  @@index([expiresAt])
}
`
}

const ENV: readonly EnvVar[] = [
  {
    name: 'PUBLIC_URL',
    description:
      'Where browsers reach the app: Google sends them back to /api/auth/google/callback there.',
    example: 'http://localhost:3000',
    zod: "z.url({ protocol: /^https?$/ }).default('http://localhost:3000')",
  },
  {
    name: 'SIGNED_IN_URL',
    description:
      'Page that gets #code=… once somebody has signed in; without it the code is answered.',
    example: '',
    zod: 'z.url({ protocol: /^https?$/ }).optional()',
  },
  {
    name: 'GOOGLE_CLIENT_ID',
    description:
      'Google Cloud console, APIs and services, Credentials: OAuth client of a web application.',
    example: '',
    zod: 'z.string().optional()',
  },
  {
    name: 'GOOGLE_CLIENT_SECRET',
    description: 'Its secret.',
    example: '',
    zod: 'z.string().optional()',
  },
  {
    name: 'GOOGLE_ISSUER',
    description: 'Another OpenID provider in place of Google.',
    example: 'https://accounts.google.com',
    zod: "z.url().default('https://accounts.google.com')",
  },
]
