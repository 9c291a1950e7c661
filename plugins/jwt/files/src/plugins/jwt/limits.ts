import { normaliseLogin } from '../../auth/login.js'
import type { Account } from '../../auth/users.js'
import { clientAddress, networkOf } from '../../http/address.js'
import type { ApiRequest } from '../../http/route.js'
import { createThrottle } from '../../http/throttle.js'

const MINUTE = 60

/** Passwords tried at one account, wherever they come from. */
const passwords = createThrottle('password:account', { points: 10, seconds: 15 * MINUTE })
/** What one network asks that costs a hash, or that could find out who has an account. */
const attempts = createThrottle('auth:network', { points: 100, seconds: 15 * MINUTE })
/** Messages to one account. */
const messages = createThrottle('reset:account', { points: 3, seconds: 60 * MINUTE })

/** @throws Problem 429 when this network has asked too often */
export const limitNetwork = (request: ApiRequest): Promise<unknown> =>
  attempts.take(networkOf(clientAddress(request)))

/** Signing in worked: many people may share a network. */
export const forgiveNetwork = (request: ApiRequest): Promise<void> =>
  attempts.giveBack(networkOf(clientAddress(request)))

/**
 * Counts a password before it is checked, so that many at once count too. What counts is the account,
 * however its name was written.
 * @throws Problem 429 after too many
 */
export const limitPasswords = (account: Account | null, name: string): Promise<unknown> =>
  passwords.take(account ? keyOf(account) : `name:${normaliseLogin(name)}`)

/** The password was right, or has been set anew: what was tried before is forgotten. */
export const forgivePasswords = (account: Account): Promise<void> => passwords.clear(keyOf(account))

/** @throws Problem 429 when too many messages were asked for, whether or not there is such an account */
export const limitMessages = (name: string): Promise<unknown> => messages.take(normaliseLogin(name))

const keyOf = ({ id }: Account): string => `id:${id}`
