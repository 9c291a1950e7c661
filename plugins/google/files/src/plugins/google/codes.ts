import { hashToken, randomToken } from '../../auth/random-token.js'
import { findAccount, type UserId } from '../../auth/users.js'
import { prisma } from '../../db.js'

const LIFETIME_MS = 60_000

/** A code that is good for the tokens of a user, once, within a minute. */
export async function newCode(userId: UserId): Promise<string> {
  const code = randomToken()
  const now = Date.now()
  await prisma.googleCode.deleteMany({ where: { expiresAt: { lt: new Date(now) } } })
  const data = { codeHash: hashToken(code), userId, expiresAt: new Date(now + LIFETIME_MS) }
  await prisma.googleCode.create({ data })
  return code
}

/** Whose code it is; null for one that is not good, or was used. */
export async function userOfCode(code: string): Promise<UserId | null> {
  const codeHash = hashToken(code)
  const found = await prisma.googleCode.findUnique({ where: { codeHash } })
  // Of two who use it at once one comes too late.
  const { count } = await prisma.googleCode.deleteMany({ where: { codeHash } })
  if (!found || count === 0 || found.expiresAt <= new Date()) return null
  return (await findAccount(found.userId))?.id ?? null
}
