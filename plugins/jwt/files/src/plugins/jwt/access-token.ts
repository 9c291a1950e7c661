import { errors, jwtVerify, SignJWT } from 'jose'
import { env } from '../../env.js'

const ALGORITHM = 'HS256'
/** Says what it is, so that no other token signed with this secret can stand for one (RFC 9068). */
const TYPE = 'at+jwt'
const AUDIENCE = 'api'
const key = new TextEncoder().encode(env.JWT_SECRET)

/** Seconds that an access token is good for. */
export const ACCESS_SECONDS = env.JWT_ACCESS_MINUTES * 60

interface AccessClaims {
  readonly userId: string
  readonly sessionId: string
}

/** A token that lets in for a short while. It says who, never what he may do: that is read at each request. */
export function signAccessToken({ userId, sessionId }: AccessClaims): Promise<string> {
  return new SignJWT({ sid: sessionId })
    .setProtectedHeader({ alg: ALGORITHM, typ: TYPE })
    .setSubject(userId)
    .setIssuer(env.JWT_ISSUER)
    .setAudience(AUDIENCE)
    .setIssuedAt()
    .setNotBefore('0 seconds')
    .setExpirationTime(`${ACCESS_SECONDS} seconds`)
    .sign(key)
}

/** What a token of ours says; null for any other: wrong algorithm, signature, type, issuer, audience or time. */
export async function verifyAccessToken(token: string): Promise<AccessClaims | null> {
  try {
    const { payload } = await jwtVerify(token, key, {
      algorithms: [ALGORITHM],
      typ: TYPE,
      issuer: env.JWT_ISSUER,
      audience: AUDIENCE,
      requiredClaims: ['sub', 'sid', 'iat', 'nbf', 'exp'],
      clockTolerance: 5,
    })
    const { sub, sid } = payload
    return typeof sub === 'string' && typeof sid === 'string'
      ? { userId: sub, sessionId: sid }
      : null
  } catch (error) {
    if (error instanceof errors.JOSEError) return null
    throw error
  }
}
