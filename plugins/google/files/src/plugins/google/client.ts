import { allowInsecureRequests, discovery, type Configuration } from 'openid-client'
import { env } from '../../env.js'
import { Problem } from '../../http/problem.js'
import { log } from '../../log.js'

/** Where Google sends people back to; it must be among the redirect URIs of the client there. */
export const CALLBACK = new URL('/api/auth/google/callback', env.PUBLIC_URL)

const LOOPBACK = /^http:\/\/(localhost|127\.0\.0\.1|\[::1\])(:|\/|$)/

let known: Promise<Configuration> | undefined

/** What Google says of itself, asked once. @throws Problem 503 where it is not set up, or does not answer */
export async function googleClient(): Promise<Configuration> {
  const { GOOGLE_CLIENT_ID: id, GOOGLE_CLIENT_SECRET: secret, GOOGLE_ISSUER: issuer } = env
  if (id === undefined || secret === undefined) {
    throw unavailable('Signing in with Google needs GOOGLE_CLIENT_ID and GOOGLE_CLIENT_SECRET.')
  }
  // A provider on this machine, as tests have one, needs no TLS.
  const execute = LOOPBACK.test(issuer) ? [allowInsecureRequests] : []
  known ??= discovery(new URL(issuer), id, secret, undefined, { execute })
  try {
    return await known
  } catch (err) {
    known = undefined
    log.error({ err }, 'Google does not answer')
    throw unavailable('Google does not answer.')
  }
}

const unavailable = (detail: string): Problem =>
  new Problem(503, 'google_unavailable', { detail, headers: { 'retry-after': '60' } })
