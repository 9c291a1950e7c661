import { normaliseLogin } from '../../auth/login.js'
import type { Account } from '../../auth/users.js'
import type { JwtSession } from '../../generated/prisma/client.js'
import { createNetworkThrottle } from '../../http/network-throttle.js'
import type { ApiRequest } from '../../http/route.js'
import { createThrottle, type Throttle } from '../../http/throttle.js'
import { deviceOf } from './devices.js'

const MINUTE = 60
const TEN = { points: 10, seconds: 15 * MINUTE }

/** Passwords tried at one account by strangers, wherever they come from. */
const byStrangers = createThrottle('password:account', TEN)
/** Passwords tried by who is known: strangers must not be able to keep the owner out. */
const byKnown = createThrottle('password:device', TEN)
/** What one network asks that costs a hash, or that could find out who has an account. */
const attempts = createNetworkThrottle('auth:network', {
  seconds: 15 * MINUTE,
  ipv4: 100,
  // A single wire can't use up what a whole company has.
  ipv6: { 64: 50, 56: 75, 48: 100 },
})
/** Messages to one account. */
const messages = createThrottle('reset:account', { points: 3, seconds: 60 * MINUTE })

/** @throws Problem 429 when this network has asked too often */
export const limitNetwork = (request: ApiRequest): Promise<unknown> => attempts.take(request)

/** Signing in worked: many people may share a network. */
export const forgiveNetwork = (request: ApiRequest): Promise<void> => attempts.giveBack(request)

/** The passwords that somebody tries. */
interface Tries {
  /**
   * Counts one before it is checked, so that many at once count too.
   * @throws Problem 429 after too many
   */
  count(): Promise<unknown>
  /** The password was right: what was tried before is forgotten. */
  forgive(): Promise<void>
}

const tries = (throttle: Throttle, key: string): Tries => ({
  count: () => throttle.take(key),
  forgive: () => throttle.clear(key),
})

/** Of who signs in. What counts is the account, however its name was written, or the device that its owner has used. */
export function triesToSignIn(request: ApiRequest, account: Account | null, name: string): Tries {
  if (!account) return tries(byStrangers, `name:${normaliseLogin(name)}`)
  const device = deviceOf(request, account.id)
  return device === null ? tries(byStrangers, keyOf(account)) : tries(byKnown, device)
}

/** Of who is signed in, and is asked for the password once more. */
export const triesInSession = ({ id }: JwtSession): Tries => tries(byKnown, `session:${id}`)

/** The password has been set anew: what strangers tried at the one before is forgotten. */
export const forgiveStrangers = (account: Account): Promise<void> =>
  byStrangers.clear(keyOf(account))

/** @throws Problem 429 when too many messages were asked for, whether or not there is such an account */
export const limitMessages = (name: string): Promise<unknown> => messages.take(normaliseLogin(name))

const keyOf = ({ id }: Account): string => `id:${id}`
