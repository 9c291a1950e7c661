import type { UserId } from '../../auth/users.js'
import { prisma } from '../../db.js'
import { env } from '../../env.js'
import type { JwtCredential, JwtSession } from '../../generated/prisma/client.js'
import { log } from '../../log.js'
import { ACCESS_SECONDS, signAccessToken } from './access-token.js'
import { hashToken, randomToken, sameHash } from '../../auth/random-token.js'

/** What a client gets to call with. */
export interface Tokens {
  readonly accessToken: string
  readonly tokenType: 'Bearer'
  /** Seconds that the access token is good for. */
  readonly expiresIn: number
  /** Good for one refresh, which brings the next one. */
  readonly refreshToken: string
}

const lifetime = (): Date => new Date(Date.now() + env.JWT_REFRESH_DAYS * 86_400_000)

/**
 * Signs in whoever has shown this credential; null when the password has been changed since. Sessions that
 * nobody can renew any more are swept out.
 */
export async function startSession({
  userId,
  passwordHash,
}: JwtCredential): Promise<Tokens | null> {
  const family = randomToken()
  const token = randomToken()
  const now = new Date()
  const session = await prisma.$transaction(async (db) => {
    // Holds the row until the session is there: a change of the password comes before, or ends this session too.
    const { count } = await db.jwtCredential.updateMany({
      where: { userId, passwordHash },
      data: { usedAt: now },
    })
    if (count === 0) return null
    await db.jwtSession.deleteMany({ where: { expiresAt: { lt: now } } })
    const hashes = { familyHash: hashToken(family), tokenHash: hashToken(token) }
    return db.jwtSession.create({
      data: { userId, ...hashes, refreshedAt: now, expiresAt: lifetime() },
    })
  })
  return session && tokensOf(session, family, token)
}

/**
 * A refresh token is two random texts: the first stays the same for the whole session, the second is good
 * once. Who has the first with a second that is no longer good uses an old token again: he, or the one who
 * was before him, has stolen it, and the session ends for both.
 * @returns the session of the token; null where there is none any more
 */
export async function sessionOfRefreshToken(refreshToken: string): Promise<JwtSession | null> {
  const [family = '', token = ''] = refreshToken.split('.')
  const session = await prisma.jwtSession.findUnique({ where: { familyHash: hashToken(family) } })
  if (!session || session.expiresAt <= new Date()) return null
  if (sameHash(session.tokenHash, hashToken(token))) return session
  await endReused(session)
  return null
}

/** Changes the refresh token of a session for the next one; null when someone else has used it meanwhile. */
export async function renewSession(
  session: JwtSession,
  refreshToken: string,
): Promise<Tokens | null> {
  const family = refreshToken.split('.', 1)[0] ?? ''
  const token = randomToken()
  const { id, tokenHash } = session
  const { count } = await prisma.jwtSession.updateMany({
    where: { id, tokenHash },
    data: { tokenHash: hashToken(token), refreshedAt: new Date(), expiresAt: lifetime() },
  })
  if (count === 1) return tokensOf(session, family, token)
  await endReused(session)
  return null
}

async function endReused({ id, userId }: JwtSession): Promise<void> {
  log.warn({ session: id, user: String(userId) }, 'a refresh token was used twice: session ended')
  await endSession(id)
}

async function tokensOf(
  { id, userId }: JwtSession,
  family: string,
  token: string,
): Promise<Tokens> {
  return {
    accessToken: await signAccessToken({ userId: String(userId), sessionId: id }),
    tokenType: 'Bearer',
    expiresIn: ACCESS_SECONDS,
    refreshToken: `${family}.${token}`,
  }
}

/** The session of an access token; null once it has ended. */
export const findSession = (id: string): Promise<JwtSession | null> =>
  prisma.jwtSession.findUnique({ where: { id } })

/** Signs out on one device. */
export async function endSession(id: string): Promise<void> {
  await prisma.jwtSession.deleteMany({ where: { id } })
}

/** Signs out everywhere. */
export async function endSessionsOf(userId: UserId): Promise<void> {
  await prisma.jwtSession.deleteMany({ where: { userId } })
}
