import { hashToken, randomToken } from '../../auth/random-token.js'
import { findAccount, type UserId } from '../../auth/users.js'
import { prisma } from '../../db.js'
import { openSession, type Tokens } from '../jwt/sessions.js'

const LIFETIME_MS = 60_000

/** Who has come back from Google. */
interface Comer {
  readonly userId: UserId
  /** Google's name for the person. */
  readonly subject: string
}

/** A code that is good for the tokens of a user, once, within a minute. */
export async function newCode({ userId, subject }: Comer): Promise<string> {
  const code = randomToken()
  const now = Date.now()
  await prisma.googleCode.deleteMany({ where: { expiresAt: { lt: new Date(now) } } })
  const expiresAt = new Date(now + LIFETIME_MS)
  await prisma.googleCode.create({
    data: { codeHash: hashToken(code), userId, subject, expiresAt },
  })
  return code
}

/** Tokens of a new session for whoever got this code; null for one that is not good, or was used. */
export async function tokensOfCode(code: string): Promise<Tokens | null> {
  const codeHash = hashToken(code)
  const found = await prisma.googleCode.findUnique({ where: { codeHash } })
  // Of two who use it at once one comes too late.
  const { count } = await prisma.googleCode.deleteMany({ where: { codeHash } })
  if (!found || count === 0 || found.expiresAt <= new Date()) return null
  const { userId, subject } = found
  if (!(await findAccount(userId))) return null
  return prisma.$transaction(async (db) => {
    // Holds the row until the session is there: who takes the account over comes before, or ends this session too.
    const { count: still } = await db.googleIdentity.updateMany({
      where: { subject, userId },
      data: { usedAt: new Date() },
    })
    return still === 0 ? null : openSession(db, userId, 'Google')
  })
}
