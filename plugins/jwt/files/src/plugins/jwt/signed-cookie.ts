import { createHmac } from 'node:crypto'
import { sameHash } from '../../auth/random-token.js'
import { env } from '../../env.js'
import type { ApiRequest } from '../../http/route.js'

interface Kind {
  readonly name: string
  /** Strict where the browser need not come by a link from another site. */
  readonly sameSite: 'Lax' | 'Strict'
  readonly seconds: number
  /** Whether browsers reach the app by https. */
  readonly secure: boolean
}

/** A cookie that no script reads and that only this app can have written. */
export interface SignedCookie {
  /** The header that keeps a value in the browser. */
  keep(value: string): string
  /** The header that takes it away. */
  readonly forget: string
  /** What the browser kept; null where that is nothing, or not of this app. */
  read(request: Pick<ApiRequest, 'header'>): string | null
}

/** By https it is bound to this host: no other one below the same domain can put one in its place. */
export function signedCookie({ name: plain, sameSite, seconds, secure }: Kind): SignedCookie {
  const name = secure ? `__Host-${plain}` : plain
  const attributes = `Path=/; HttpOnly; SameSite=${sameSite}${secure ? '; Secure' : ''}`
  const sign = (value: string): string =>
    createHmac('sha256', env.JWT_SECRET).update(`cookie ${plain} ${value}`).digest('base64url')
  const open = (text: string): string | null => {
    const [value = '', signature = ''] = text.split('.')
    if (!sameHash(signature, sign(value))) return null
    return Buffer.from(value, 'base64url').toString()
  }
  return {
    keep(text) {
      const value = Buffer.from(text).toString('base64url')
      return `${name}=${value}.${sign(value)}; Max-Age=${seconds}; ${attributes}`
    },
    forget: `${name}=; Max-Age=0; ${attributes}`,
    read(request) {
      const cookies = (request.header('cookie') ?? '').split(';').map((cookie) => cookie.trim())
      const given = cookies.filter((cookie) => cookie.startsWith(`${name}=`))
      const values = given.map((cookie) => open(cookie.slice(name.length + 1)))
      return values.find((value) => value !== null) ?? null
    },
  }
}
