import { randomBytes } from 'node:crypto'
import type { RunningApp } from '../../../contract/harness.js'
import type { Random } from '../../../search/random.js'
import { newPerson } from '../app.js'
import { Visitor, type Tokens } from '../visitor.js'

export const HUMANS = ['Mallory', 'Victim'] as const
export type Human = (typeof HUMANS)[number]

/** What must become of something that is shown to the app; unclear is what the documents leave open. */
export type Truth = 'good' | 'ended' | 'unclear'

/** A row of a user, and what is written of who may act as it. */
export type Account = {
  /** By which the app knows it: an id, or the address where that is the key. */
  key: string
  login: string
  /** Who registered it, set its password by mail, or came with its address from Google. Nobody else acts as it. */
  owners: Set<Human>
  password: string | null
  suspended: boolean
  gone: boolean
}

/** A browser. */
export type Device = {
  readonly name: string
  readonly human: Human
  readonly visitor: Visitor
  /** The code that it may change for tokens. */
  code: string | null
  /** Google's name for who is signed in there. */
  at: string | null
}

/** What somebody got from the app, or from a mailbox. */
export type Credential = {
  readonly kind: 'access' | 'refresh' | 'key' | 'code' | 'reset'
  readonly secret: string
  readonly holder: Human
  readonly account: Account
  /** Apart from what has become of the account. */
  state: Truth
  /** The same for all tokens of one sign-in, the id of a key, or Google's name for whom a code was given to. */
  readonly of?: object | string
  /** The browser that a code was given to. */
  readonly device?: Device
  /** Where a reset token was sent. */
  readonly sentTo?: string
}

/** Who has which mailbox; whatever merely looks like one of these is Mallory's. */
const MAILBOXES = { mallory: 'Mallory', victim: 'Victim', other: 'Victim' } as const

/** Ways to write an address. */
const SPELLINGS: readonly (readonly [number, (address: string) => string])[] = [
  [6, (it) => it],
  [2, (it) => it.toUpperCase()],
  [1, (it) => `${it[0]!.toUpperCase()}${it.slice(1)}`],
  // In full-width letters, and with an accent: two people's, who look alike.
  [1, (it) => `${String.fromCodePoint(it.codePointAt(0)! + 0xfee0)}${it.slice(1)}`],
  [0.5, (it) => it.replace('example', 'examplé')],
]

/** The form in which an address is kept. */
export const normal = (address: string): string =>
  address.trim().replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase())

/** All that two people and an app have to do with each other, as it is written in the documents of the plugins. */
export class World {
  readonly accounts: Account[] = []
  readonly held: Credential[] = []
  /** Accounts by Google's name for a person. */
  readonly identities = new Map<string, Account>()
  /** Addresses that Google had verified when such a person came last, in their normal form. */
  readonly proven = new Map<string, string>()
  readonly devices: readonly Device[]
  readonly google: readonly { readonly human: Human; readonly sub: string }[]
  /** What was done, in words. */
  readonly told: string[] = []
  private readonly suffix = `-${randomBytes(5).toString('hex')}@example.com`

  constructor(
    readonly app: RunningApp,
    readonly addressIsKey: boolean,
  ) {
    const device = (human: Human, name: string): Device => ({
      ...{ name, human, visitor: new Visitor(app), code: null, at: null },
    })
    this.devices = [
      device('Mallory', "Mallory's browser"),
      device('Mallory', "Mallory's other browser"),
      device('Victim', "Victim's browser"),
    ]
    const of = (human: Human, email: string) => ({
      human,
      sub: newPerson({ email: `${email}${this.suffix}` }).sub,
    })
    this.google = [of('Mallory', 'mallory'), of('Victim', 'victim'), of('Victim', 'other')]
  }

  /** Addresses in their normal form. */
  get addresses(): readonly string[] {
    return Object.keys(MAILBOXES).map((name) => `${name}${this.suffix}`)
  }

  spelled(random: Random): string {
    return random.weighted(SPELLINGS)(random.pick(this.addresses))
  }

  ownerOf(address: string): Human {
    const index = this.addresses.indexOf(normal(address))
    return Object.values(MAILBOXES)[index] ?? 'Mallory'
  }

  /** May this be what somebody signs in by? Whether letters beyond ASCII may is not written. */
  form(address: string): Truth {
    if (!address.includes('@')) return 'ended'
    return this.addresses.includes(normal(address)) ? 'good' : 'unclear'
  }

  get live(): readonly Account[] {
    return this.accounts.filter(({ gone }) => !gone)
  }

  /**
   * Who signs in by this name: who has its normal form, else who has exactly this one from before. Who is suspended is
   * not there.
   */
  find(address: string): Account | undefined {
    const there = this.live.filter(({ suspended }) => !suspended)
    return (
      there.find(({ login }) => login === normal(address)) ??
      there.find(({ login }) => login === address)
    )
  }

  /** May an account have this name? Whether it may where another one has it in another form is not written. */
  free(address: string, except?: Account): Truth {
    const others = this.live.filter((it) => it !== except)
    if (others.some(({ login }) => login === normal(address))) return 'ended'
    const alike = others.some(({ login }) => normal(login) === normal(address))
    return alike && this.form(address) === 'good' ? 'unclear' : this.form(address)
  }

  add(key: string, login: string, owners: readonly Human[]): Account {
    const fresh = { owners: new Set(owners), password: null, suspended: false, gone: false }
    const account = { key, login, ...fresh }
    this.accounts.push(account)
    return account
  }

  /** What must become of it now. */
  truth({ state, account, sentTo }: Credential): Truth {
    if (account.gone || account.suspended) return 'ended'
    return sentTo !== undefined && sentTo !== account.login ? 'ended' : state
  }

  all(kind: Credential['kind'], holder?: Human): readonly Credential[] {
    return this.held.filter((it) => it.kind === kind && (holder ?? it.holder) === it.holder)
  }

  grant(credential: Omit<Credential, 'state'>): void {
    this.held.push({ ...credential, state: 'good' })
  }

  /** Somebody has tokens of a new session, or of one that goes on. */
  signIn(account: Account, holder: Human, tokens: Tokens, of: object = {}): void {
    this.grant({ kind: 'access', secret: tokens.accessToken, holder, account, of })
    this.grant({ kind: 'refresh', secret: tokens.refreshToken, holder, account, of })
  }

  end(which: (credential: Credential) => boolean): void {
    for (const one of this.held.filter(which)) one.state = 'ended'
  }

  endOf(account: Account, ...kinds: readonly Credential['kind'][]): void {
    this.end((it) => it.account === account && kinds.includes(it.kind))
  }

  endSession({ of }: Credential): void {
    this.end((it) => it.of !== undefined && it.of === of)
  }

  /** From now on the documents don't say whether these are good. */
  blur(account: Account, ...kinds: readonly Credential['kind'][]): void {
    for (const one of this.held)
      if (one.account === account && kinds.includes(one.kind) && one.state === 'good')
        one.state = 'unclear'
  }

  /** Another password: sessions and reset tokens end. Of codes that wait to be redeemed nothing is written. */
  setPassword(account: Account, password: string, revokeKeys: boolean): void {
    account.password = password
    this.endOf(account, 'access', 'refresh', 'reset', ...(revokeKeys ? (['key'] as const) : []))
    this.blur(account, 'code')
  }

  /**
   * Its owner has come by mail: of who may have been there before nothing is good, but for keys that are to stay.
   */
  resetPassword(account: Account, human: Human, password: string, revokeKeys: boolean): void {
    this.setPassword(account, password, revokeKeys)
    if (revokeKeys) account.owners.clear()
    account.owners.add(human)
    for (const [sub, one] of this.identities) {
      if (one !== account || this.proven.get(sub) === normal(account.login)) continue
      this.identities.delete(sub)
      this.end(({ kind, of }) => kind === 'code' && of === sub)
    }
  }

  /** Its owner has come from Google: nothing is good that was there before. */
  takeOver(account: Account, human: Human): void {
    account.owners = new Set([human])
    account.password = null
    this.endOf(account, 'access', 'refresh', 'reset', 'key', 'code')
    for (const [sub, one] of this.identities) if (one === account) this.identities.delete(sub)
  }

  suspend(account: Account, suspended: boolean): void {
    account.suspended = suspended
    // Whether what was there before is good again after a suspension is not written.
    this.blur(account, 'access', 'refresh', 'reset', 'key', 'code')
  }

  remove(account: Account): void {
    account.gone = true
    for (const [sub, one] of this.identities) if (one === account) this.identities.delete(sub)
  }
}

/** The passwords of somebody: nobody else knows them. */
export const passwordsOf = (human: Human): readonly string[] =>
  ['the sea', 'a meadow'].map((where) => `${human} walks by ${where}`)
