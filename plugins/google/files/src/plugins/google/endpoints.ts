import {
  authorizationCodeGrant,
  buildAuthorizationUrl,
  calculatePKCECodeChallenge,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
  type IDToken,
} from 'openid-client'
import { z } from 'zod'
import { env } from '../../env.js'
import { readBody } from '../../http/body.js'
import { invalid, Problem } from '../../http/problem.js'
import type { ApiRequest, Endpoint } from '../../http/route.js'
import { log } from '../../log.js'
import { limitNetwork } from '../jwt/limits.js'
import { answer } from '../jwt/sign-in.js'
import { accountOf } from './accounts.js'
import { CALLBACK, googleClient } from './client.js'
import { newCode, tokensOfCode } from './codes.js'
import { FORGET, isOwnCode, keepCode, keepPending, readPending, type Pending } from './pending.js'

export const codeBody = z.strictObject({ code: z.string().max(200) })

const noStore = { 'cache-control': 'no-store' }

/** Signing in with Google: there and back again. */
export const endpoints: readonly Endpoint[] = [
  {
    method: 'GET',
    path: '/api/auth/google',
    open: true,
    handler: async ({ query }) => {
      // Where people end is a matter of the environment, not of who made the link.
      const [other] = Object.keys(query)
      if (other !== undefined) throw invalid(other, 'Unknown parameter.')
      const pending = {
        state: randomState(),
        nonce: randomNonce(),
        verifier: randomPKCECodeVerifier(),
      }
      const location = buildAuthorizationUrl(await googleClient(), {
        redirect_uri: CALLBACK.href,
        scope: 'openid email profile',
        state: pending.state,
        nonce: pending.nonce,
        code_challenge: await calculatePKCECodeChallenge(pending.verifier),
        code_challenge_method: 'S256',
      })
      const headers = { location: location.href, 'set-cookie': keepPending(pending), ...noStore }
      return { status: 302, headers }
    },
  },
  {
    method: 'GET',
    path: CALLBACK.pathname,
    open: true,
    handler: async (request) => {
      const pending = readPending(request)
      if (!pending) throw notSignedIn('Begin at /api/auth/google, in this browser.')
      await limitNetwork(request)
      const claims = await claimsOf(request, pending)
      const { id: userId } = await accountOf(claims)
      const code = await newCode({ userId, subject: claims.sub })
      const headers = { 'set-cookie': keepCode(code), ...noStore }
      if (env.SIGNED_IN_URL === undefined) return { status: 200, body: { data: { code } }, headers }
      // A fragment is seen by the page alone: it is not sent to a server, nor passed on to the next page.
      const location = new URL(`#code=${code}`, env.SIGNED_IN_URL).href
      return { status: 302, headers: { location, ...headers } }
    },
  },
  {
    method: 'POST',
    path: '/api/auth/google/tokens',
    open: true,
    handler: async (request) => {
      const { code } = readBody(codeBody, request.body)
      // Whoever sends his own code to another would have that one signed in as himself.
      if (!isOwnCode(request, code)) throw notSignedIn('This code was given to another browser.')
      const tokens = await tokensOfCode(code)
      if (!tokens) throw notSignedIn('This code is not good, or no longer.')
      const { headers, ...rest } = answer(tokens)
      return { ...rest, headers: { ...headers, 'set-cookie': FORGET } }
    },
  },
]

/** Who came back, as Google says. @throws Problem 401 where the answer is not the one to our question */
async function claimsOf(request: ApiRequest, pending: Pending): Promise<IDToken> {
  const url = new URL(CALLBACK)
  for (const [name, value] of Object.entries(request.query)) {
    if (typeof value !== 'string') throw invalid(name, 'Expected a text.')
    url.searchParams.set(name, value)
  }
  const client = await googleClient()
  try {
    const tokens = await authorizationCodeGrant(client, url, {
      expectedState: pending.state,
      expectedNonce: pending.nonce,
      pkceCodeVerifier: pending.verifier,
      idTokenExpected: true,
    })
    const claims = tokens.claims()
    if (claims) return claims
  } catch (err) {
    log.warn({ err, requestId: request.id }, 'nobody was signed in with Google')
  }
  throw notSignedIn('Google did not sign you in.')
}

const notSignedIn = (detail: string): Problem =>
  new Problem(401, 'not_signed_in', { detail, headers: { 'set-cookie': FORGET } })
