import { findAccount, type Account } from '../../auth/users.js'
import type { JwtSession } from '../../generated/prisma/client.js'
import type { Authenticator } from '../../http/authenticate.js'
import { Problem } from '../../http/problem.js'
import type { ApiRequest } from '../../http/route.js'
import { verifyAccessToken } from './access-token.js'
import { findSession } from './sessions.js'

interface SignedIn {
  readonly account: Account
  readonly session: JwtSession
}

/** These are asked when the access token is no longer good; it may still be sent along. */
const OPEN = /^\/api\/auth\/(?:register|login|refresh|logout|forgot-password|reset-password)\/?$/

/**
 * Who calls with `Authorization: Bearer`; null without a token.
 * @throws Problem 401 for a token that is not good
 */
export const authenticate: Authenticator = async (request) => {
  const signedIn = OPEN.test(request.path) ? null : await readToken(request)
  if (!signedIn) return null
  const { id, row } = signedIn.account
  return { id: String(id), via: 'JWT', claims: row }
}

/** For what only those may do who signed in with a password. @throws Problem 401 */
export async function requireSignedIn(request: ApiRequest): Promise<SignedIn> {
  const signedIn = await readToken(request)
  if (!signedIn) throw notSignedIn('Sign in first.', 'Bearer')
  return signedIn
}

/** Session and user are read each time: who has been signed out, suspended or deleted is out at once. */
async function readToken(request: Pick<ApiRequest, 'header'>): Promise<SignedIn | null> {
  const token = /^Bearer +(\S+)$/i.exec(request.header('authorization') ?? '')?.[1]
  if (token === undefined) return null
  const claims = await verifyAccessToken(token)
  const session = claims && (await findSession(claims.sessionId))
  if (!session || String(session.userId) !== claims.userId) throw invalidToken()
  const account = await findAccount(session.userId)
  if (!account) throw invalidToken()
  return { account, session }
}

const invalidToken = (): Problem =>
  notSignedIn('The access token is not good, or no longer.', 'Bearer error="invalid_token"')

const notSignedIn = (detail: string, challenge: string): Problem =>
  new Problem(401, 'not_signed_in', { detail, headers: { 'www-authenticate': challenge } })
