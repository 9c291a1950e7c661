import { z } from 'zod'
import { env } from '../../env.js'
import type { ApiRequest } from '../../http/route.js'

/** What ties the answer of Google to the browser that was sent there. */
const schema = z.strictObject({ state: z.string(), nonce: z.string(), verifier: z.string() })
export type Pending = z.infer<typeof schema>

const NAME = 'google-sign-in'
const SECONDS = 600
// Lax: the browser comes back by a link from another site.
const ATTRIBUTES = [
  'Path=/api/auth/google',
  'HttpOnly',
  'SameSite=Lax',
  ...(env.PUBLIC_URL.startsWith('https:') ? ['Secure'] : []),
].join('; ')

/** The header that keeps it in the browser for ten minutes. */
export function keepPending(pending: Pending): string {
  const value = Buffer.from(JSON.stringify(pending)).toString('base64url')
  return `${NAME}=${value}; Max-Age=${SECONDS}; ${ATTRIBUTES}`
}

/** The header that takes it away: it is good for one answer. */
export const FORGET_PENDING = `${NAME}=; Max-Age=0; ${ATTRIBUTES}`

/** What the browser kept; null where it kept nothing, or something else. */
export function readPending(request: ApiRequest): Pending | null {
  const cookies = (request.header('cookie') ?? '').split(';').map((cookie) => cookie.trim())
  const value = cookies.find((cookie) => cookie.startsWith(`${NAME}=`))?.slice(NAME.length + 1)
  if (value === undefined) return null
  try {
    return schema.parse(JSON.parse(Buffer.from(value, 'base64url').toString()))
  } catch {
    // Whatever it was, it was not ours.
    return null
  }
}
