import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { startTarget, type RunningApp, type Target } from '../../contract/harness.js'
import type { Edit } from '../../support/app-edits.js'
import { applyEdits } from '../../support/app-edits.js'
import { Browser } from './browser.js'
import { CLIENT, startProvider, type Person } from './provider.js'

/** Where the app is said to be; the browser knows where it is. */
export const PUBLIC = 'http://localhost:9'
const PASSWORD = 'a meadow in the fog'

/** Stands for Google. */
export const provider = await startProvider(`${PUBLIC}/api/auth/google/callback`)

export const start = async (...choices: Parameters<typeof targetOf>): Promise<RunningApp> =>
  startTarget(await targetOf(...choices))

export async function targetOf(
  kind: Pick<Target, 'framework' | 'mode'>,
  edits: readonly Edit[] = [],
  env: Readonly<Record<string, string>> = {},
): Promise<Target> {
  return {
    ...{ ...kind, provider: 'sqlite', plugins: ['google'] },
    schema: await readFile(new URL('../signing-in/schema.prisma', import.meta.url), 'utf8'),
    edit: (app) => applyEdits(app, edits),
    env: {
      ...{ JWT_SECRET: randomBytes(32).toString('base64'), GOOGLE_ISSUER: provider.issuer },
      ...{ GOOGLE_CLIENT_ID: CLIENT.id, GOOGLE_CLIENT_SECRET: CLIENT.secret, PUBLIC_URL: PUBLIC },
      ...env,
    },
  }
}

/** Someone new whom Google knows. */
export function newPerson(more: Partial<Person> = {}): Person {
  const sub = randomBytes(8).toString('hex')
  const person = { sub, email: `${sub}@example.com`, email_verified: true, name: 'Ada', ...more }
  provider.people.set(sub, person)
  return person
}

export const browserOf = ({ url }: RunningApp): Browser =>
  new Browser((address) => address.replace(PUBLIC, url))

export async function json(app: RunningApp, path: string, body?: object, token = '') {
  const response = await fetch(`${app.url}/api/auth/${path}`, {
    headers: {
      ...(body && { 'content-type': 'application/json' }),
      ...(token !== '' && { authorization: `Bearer ${token}` }),
    },
    ...(body && { method: 'POST', body: JSON.stringify(body) }),
  })
  // oxlint-disable-next-line typescript/no-explicit-any
  return { status: response.status, body: (await response.json()) as any }
}

/** There and back again. @returns the answer to the browser that comes back */
export async function comeBack(app: RunningApp, person: Person, browser = browserOf(app)) {
  const address = await browser.throughGoogle(`${PUBLIC}/api/auth/google`, person.sub)
  const response = await browser.send(address)
  // oxlint-disable-next-line typescript/no-explicit-any
  return { address, status: response.status, body: (await response.json()) as any }
}

/** Changes a code for tokens, in the browser that got it. */
async function redeem(browser: Browser, code: string) {
  const response = await browser.request(`${PUBLIC}/api/auth/google/tokens`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ code }),
  })
  // oxlint-disable-next-line typescript/no-explicit-any
  return { status: response.status, body: (await response.json()) as any }
}

/** Tokens of someone who signs in with Google. */
export async function signIn(app: RunningApp, person: Person) {
  const browser = browserOf(app)
  const { body } = await comeBack(app, person, browser)
  return (await redeem(browser, body.data.code)).body.data
}

export const me = async (app: RunningApp, token: string) => json(app, 'me', undefined, token)

/** Somebody registers with the address of another, who then comes by Google. @returns is the first one still in? */
export async function hijacks(app: RunningApp): Promise<boolean> {
  const person = newPerson()
  const first = await json(app, 'register', {
    ...{ email: person.email, name: 'Eve', password: PASSWORD },
  })
  await signIn(app, person)
  const login = await json(app, 'login', { email: person.email, password: PASSWORD })
  const { status } = await me(app, first.body.data.accessToken)
  return login.status === 200 || status === 200
}

/** Somebody writes the address of another into an account at Google. @returns is he that other one? */
export async function poses(app: RunningApp): Promise<boolean> {
  const { email } = newPerson()
  const victim = { email, name: 'Ada', password: PASSWORD }
  const { body } = await json(app, 'register', victim)
  const { id } = (await me(app, body.data.accessToken)).body.data
  const browser = browserOf(app)
  const back = await comeBack(app, newPerson({ email, email_verified: false }), browser)
  if (back.status !== 200) return false
  const tokens = await redeem(browser, back.body.data.code)
  return (await me(app, tokens.body.data.accessToken)).body.data.id === id
}

/** @returns is a code good twice? */
export async function codeTwice(app: RunningApp): Promise<boolean> {
  const browser = browserOf(app)
  const { code } = (await comeBack(app, newPerson(), browser)).body.data
  const cookies = browser.copy()
  await redeem(browser, code)
  return (await redeem(cookies, code)).status === 200
}
