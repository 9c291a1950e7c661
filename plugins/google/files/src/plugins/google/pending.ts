import { z } from 'zod'
import { hashToken, sameHash } from '../../auth/random-token.js'
import { env } from '../../env.js'
import type { ApiRequest } from '../../http/route.js'
import { signedCookie } from '../jwt/signed-cookie.js'

/** What ties the answer of Google to the browser that was sent there. */
const pendingSchema = z.strictObject({ state: z.string(), nonce: z.string(), verifier: z.string() })
export type Pending = z.infer<typeof pendingSchema>

/** What ties a code to the browser that came back, in place of it. */
const codeSchema = z.strictObject({ codeHash: z.string() })

const cookie = signedCookie({
  name: 'google-sign-in',
  // The browser comes back by a link from another site.
  sameSite: 'Lax',
  seconds: 600,
  secure: env.PUBLIC_URL.startsWith('https:'),
})

/** The header that keeps it in the browser for ten minutes. */
export const keepPending = (pending: Pending): string => cookie.keep(JSON.stringify(pending))

/** The header that keeps in its place what this browser may change for tokens: the code of another is worth nothing. */
export const keepCode = (code: string): string =>
  cookie.keep(JSON.stringify({ codeHash: hashToken(code) }))

/** The header that takes either away: each is good for one answer. */
export const FORGET = cookie.forget

/** What the browser kept of the way to Google; null where it kept nothing, or is back already. */
export const readPending = (request: ApiRequest): Pending | null => read(request, pendingSchema)

/** Was this code given to this browser? */
export function isOwnCode(request: ApiRequest, code: string): boolean {
  const kept = read(request, codeSchema)
  return kept !== null && sameHash(kept.codeHash, hashToken(code))
}

function read<T>(request: ApiRequest, schema: z.ZodType<T>): T | null {
  const value = cookie.read(request)
  return value === null ? null : (schema.safeParse(JSON.parse(value)).data ?? null)
}
