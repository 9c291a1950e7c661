import { randomBytes, randomInt } from 'node:crypto'
import type { Edit } from '../../support/app-edits.js'
import type { Answer, Victim } from '../attack.js'

export const PASSWORD = 'a meadow in the fog'
export const OTHER = 'a harbour at noon'

/** Someone who has registered, on a network of his own. */
export class Person {
  readonly email = `${randomBytes(8).toString('hex')}@example.com`
  private readonly network = ipv4()
  accessToken = ''
  refreshToken = ''

  private constructor(private readonly victim: Victim) {}

  static async registered(victim: Victim, more: object = {}): Promise<Person> {
    const person = new Person(victim)
    const body = { email: person.email, name: 'Ada', password: PASSWORD, ...more }
    person.keep(await person.post('register', body))
    return person
  }

  keep({ body }: Answer): void {
    this.accessToken = body.data?.accessToken ?? ''
    this.refreshToken = body.data?.refreshToken ?? ''
  }

  post(path: string, body?: object, headers: Readonly<Record<string, string>> = {}) {
    const from = { 'x-forwarded-for': this.network, ...headers }
    return this.victim.send('POST', `/api/auth/${path}`, body, from)
  }

  logIn = (password: string, from = this.network, email = this.email) =>
    this.post('login', { email, password }, { 'x-forwarded-for': from })

  bearer = (token = this.accessToken) => ({ authorization: `Bearer ${token}` })

  me = (token = this.accessToken) =>
    this.victim.send('GET', '/api/auth/me', undefined, this.bearer(token))

  changePassword = () =>
    this.post('change-password', { currentPassword: PASSWORD, newPassword: OTHER }, this.bearer())
}

export const ipv4 = (): string =>
  [10, ...Array.from({ length: 3 }, () => randomInt(1, 255))].join('.')
export const works = ({ status }: Answer): boolean => status === 200

/** A defence of the plugin taken out. */
export const edit = (name: string, find: string, replace: string): Edit => ({
  file: `src/plugins/jwt/${name}.ts`,
  find,
  replace,
})
