import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { RunningApp } from '../../contract/harness.js'
import { Browser } from '../google/browser.js'
import type { Person } from '../google/provider.js'
import { ipv4 } from '../signing-in/person.js'
import { PUBLIC } from './app.js'

export const PASSWORD = 'a meadow in the fog'
export const OTHER = 'a harbour at noon'

type Answer = {
  readonly status: number
  // oxlint-disable-next-line typescript/no-explicit-any
  readonly body: any
  readonly headers: Headers
}

export type Tokens = { readonly accessToken: string; readonly refreshToken: string }

/** What the app tells somebody of himself; where the address is the key, there is no other id. */
export type Row = { readonly id?: string; readonly email: string }

/** An address that nobody has. */
export const newAddress = (): string => `${randomBytes(6).toString('hex')}@example.com`

/** Somebody with a browser, on a network of his own. */
export class Visitor {
  readonly browser: Browser

  constructor(
    private readonly app: RunningApp,
    network = ipv4(),
  ) {
    const where = (address: string): string => address.replace(PUBLIC, app.url)
    this.browser = new Browser(where, { 'x-forwarded-for': network })
  }

  /** @param token to call with: an access token, or an API key */
  async call(method: string, path: string, body?: unknown, token?: string): Promise<Answer> {
    const response = await this.browser.request(`${PUBLIC}/api/${path}`, {
      method,
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(token === undefined
          ? {}
          : token.startsWith('key_')
            ? { 'x-api-key': token }
            : { authorization: `Bearer ${token}` }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    const { status, headers } = response
    return { status, headers, body: text === '' ? undefined : JSON.parse(text) }
  }

  post(path: string, body?: unknown, token?: string): Promise<Answer> {
    return this.call('POST', `auth/${path}`, body, token)
  }

  /** @throws Error where that is refused */
  async register(email = newAddress(), password = PASSWORD): Promise<Tokens> {
    return done(await this.post('register', { email, password })).data
  }

  logIn(email: string, password = PASSWORD): Promise<Answer> {
    return this.post('login', { email, password })
  }

  /** A key for everything. */
  async key(token: string): Promise<string> {
    return done(await this.post('api-keys', { name: 'Export', scopes: ['*'] }, token)).data.key
  }

  /** Whom the app takes the holder of a token or key for: what his row holds; null for nobody. */
  async is(token: string): Promise<Row | null> {
    // An API key has no row of its own: it may list itself.
    const { status, body } = token.startsWith('key_')
      ? await this.call('GET', 'auth/api-keys', undefined, token)
      : await this.call('GET', 'auth/me', undefined, token)
    if (token.startsWith('key_')) return status === 401 ? null : { email: '' }
    return status === 200 ? body.data : null
  }

  /** Goes to Google and comes back. @returns the answer to the browser that comes back */
  async comeBack(person: Person): Promise<Answer> {
    const address = await this.browser.throughGoogle(`${PUBLIC}/api/auth/google`, person.sub)
    const { pathname, search } = new URL(address)
    return this.call('GET', `${pathname.slice('/api/'.length)}${search}`)
  }

  /** @throws Error where that is refused */
  async signInByGoogle(person: Person): Promise<Tokens> {
    const { code } = done(await this.comeBack(person)).data
    return done(await this.post('google/tokens', { code })).data
  }

  /** The token that was sent to who forgot the password. */
  async forgot(email: string): Promise<string> {
    const before = this.app.log().length
    await this.post('forgot-password', { email })
    for (;;) {
      const token = /reset token of [^"]*: ([\w-]{43})/.exec(this.app.log().slice(before))?.[1]
      if (token !== undefined) return token
      await sleep(20)
    }
  }
}

// oxlint-disable-next-line typescript/no-explicit-any
function done({ status, body }: Answer): any {
  if (status >= 300) throw new Error(`${status} ${JSON.stringify(body)}`)
  return body
}
