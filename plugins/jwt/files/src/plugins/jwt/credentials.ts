import { createAccount, NOBODY, type Account, type NewUser, type UserId } from '../../auth/users.js'
import { prisma, type Db } from '../../db.js'
import type { JwtCredential } from '../../generated/prisma/client.js'
import { hashPassword, verifyPassword } from './passwords.js'

/** Makes a user with a password: both or none. @throws the conflict of Prisma where the name is taken */
export async function registerAccount(data: NewUser, password: string): Promise<JwtCredential> {
  const passwordHash = await hashPassword(password)
  return prisma.$transaction(async (db) => {
    const { id } = await createAccount(db, data)
    return keepPassword(db, id, passwordHash)
  })
}

/** The credential of the account if this is the password. For no account it takes as long to find none. */
export async function checkPassword(
  account: Account | null,
  password: string,
): Promise<JwtCredential | null> {
  const userId = account?.id ?? NOBODY
  const credential = await prisma.jwtCredential.findUnique({ where: { userId } })
  const right = await verifyPassword(credential?.passwordHash, password)
  return account && right ? credential : null
}

/** Gives a user another password; see `keepPassword`. */
export async function setPassword(userId: UserId, password: string): Promise<JwtCredential> {
  const passwordHash = await hashPassword(password)
  return prisma.$transaction((db) => keepPassword(db, userId, passwordHash))
}

/**
 * Keeps a new password. Whoever is signed in is out, and tokens to set the password anew are void: they may
 * be in the hands of who knew the old one, or of a former user of the same id.
 */
export async function keepPassword(
  db: Db,
  userId: UserId,
  passwordHash: string,
): Promise<JwtCredential> {
  const now = new Date()
  const kept = { passwordHash, changedAt: now, usedAt: now }
  const credential = await db.jwtCredential.upsert({
    where: { userId },
    create: { userId, ...kept },
    update: kept,
  })
  await db.jwtResetToken.deleteMany({ where: { userId } })
  await db.jwtSession.deleteMany({ where: { userId } })
  return credential
}
