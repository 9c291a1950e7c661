import { z } from 'zod'
import { randomToken } from '../../auth/random-token.js'
import type { UserId } from '../../auth/users.js'
import { env } from '../../env.js'
import type { ApiRequest } from '../../http/route.js'
import { signedCookie } from './signed-cookie.js'

const deviceSchema = z.strictObject({ userId: z.string(), device: z.string() })

/** It lets nobody in. It says that somebody has signed in to an account with this browser before. */
const cookie = signedCookie({
  name: 'known-device',
  sameSite: 'Strict',
  seconds: 180 * 86_400,
  secure: env.NODE_ENV === 'production',
})

/** The header by which the browser of who has just signed in is known from now on. */
export function rememberDevice(request: ApiRequest, userId: UserId): string {
  const device = deviceOf(request, userId) ?? randomToken()
  return cookie.keep(JSON.stringify({ userId: String(userId), device }))
}

/** The device that calls, where this user has signed in with it before; else null. */
export function deviceOf(request: ApiRequest, userId: UserId): string | null {
  const kept = cookie.read(request)
  const known = kept === null ? undefined : deviceSchema.safeParse(JSON.parse(kept)).data
  return known?.userId === String(userId) ? known.device : null
}
