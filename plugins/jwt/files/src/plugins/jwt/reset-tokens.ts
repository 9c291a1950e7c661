import { findAccount, findAccountByLogin, type Account } from '../../auth/users.js'
import { prisma } from '../../db.js'
import { log } from '../../log.js'
import { keepPassword } from './credentials.js'
import { hashPassword } from './passwords.js'
import { hashToken, randomToken } from '../../auth/random-token.js'
import { sendResetToken } from './send-reset-token.js'

const LIFETIME_MS = 30 * 60_000

/** Sends a token to the account of this name, if there is one. Who asked is not told, and does not wait for it. */
export function requestReset(name: string): void {
  issueAndSend(name).catch((err: unknown) => log.error({ err }, 'no reset token was sent'))
}

async function issueAndSend(name: string): Promise<void> {
  const account = await findAccountByLogin(name)
  if (account) await sendResetToken({ account, ...(await issueToken(account)) })
}

/** A token with which the user can set a new password, once. The one before it is void. */
async function issueToken({
  id: userId,
  login,
}: Account): Promise<{ readonly token: string; readonly expiresAt: Date }> {
  const token = randomToken()
  const expiresAt = new Date(Date.now() + LIFETIME_MS)
  const overdue = { expiresAt: { lt: new Date() } }
  await prisma.$transaction([
    prisma.jwtResetToken.deleteMany({ where: { OR: [{ userId }, overdue] } }),
    prisma.jwtResetToken.create({
      data: { tokenHash: hashToken(token), userId, sentTo: hashToken(login), expiresAt },
    }),
  ])
  return { token, expiresAt }
}

/** Whose password may be set anew with this token; null for a token that is not good, or went to a former name. */
export async function accountOfResetToken(token: string): Promise<Account | null> {
  const found = await prisma.jwtResetToken.findUnique({ where: { tokenHash: hashToken(token) } })
  if (!found || found.expiresAt <= new Date()) return null
  const account = await findAccount(found.userId)
  return account && found.sentTo === hashToken(account.login) ? account : null
}

/** Sets the password anew. @returns false when somebody else has used the token meanwhile */
export async function resetPassword(
  { id }: Account,
  token: string,
  password: string,
): Promise<boolean> {
  const passwordHash = await hashPassword(password)
  return prisma.$transaction(async (db) => {
    const { count } = await db.jwtResetToken.deleteMany({ where: { tokenHash: hashToken(token) } })
    if (count === 1) await keepPassword(db, id, passwordHash)
    return count === 1
  })
}
