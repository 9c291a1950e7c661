import { findAccount } from '../../auth/users.js'
import type { Authenticator } from '../../http/authenticate.js'
import { Problem } from '../../http/problem.js'
import { findKey, scopesOf } from './keys.js'
import { noteUse } from './last-use.js'
import { covers, neededScope } from './scopes.js'

/**
 * Whose program calls with `X-API-Key`; null without one. Key and user are read at each request.
 * @throws Problem 401 for a key that is not good, 403 for one that is not for this
 */
export const authenticate: Authenticator = async (request) => {
  const given = request.header('x-api-key')
  if (given === undefined) return null
  const key = await findKey(given)
  const account = key && (await findAccount(key.userId))
  if (!account) throw badKey()
  const needed = neededScope(request)
  if (!covers(scopesOf(key), needed)) throw outOfScope(needed)
  noteUse(key.id)
  return { id: String(account.id), via: 'ApiKey', claims: account.row }
}

const badKey = (): Problem =>
  new Problem(401, 'not_signed_in', {
    detail: 'The API key is not good, or no longer.',
    headers: { 'www-authenticate': 'ApiKey' },
  })

const outOfScope = (needed: string): Problem =>
  new Problem(403, 'out_of_scope', { detail: `The API key is not for this: it lacks ${needed}.` })
