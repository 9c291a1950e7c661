import { hashToken, randomToken, sameHash } from '../../auth/random-token.js'
import type { UserId } from '../../auth/users.js'
import { prisma } from '../../db.js'
import type { AuthApiKey } from '../../generated/prisma/client.js'

/** What a key may be told of; its secret is shown when it is made, and never again. */
export interface KeyInfo {
  readonly id: string
  readonly name: string
  /** How the key begins. */
  readonly prefix: string
  readonly scopes: readonly string[]
  readonly createdAt: Date
  readonly expiresAt: Date | null
  readonly lastUsedAt: Date | null
}

/** A key that has just been made. */
export interface NewKey extends KeyInfo {
  readonly key: string
}

interface Wanted {
  readonly name: string
  readonly scopes: readonly string[]
  readonly expiresAt: Date | null
}

/** Makes a key of a user. */
export async function createKey(
  userId: UserId,
  { name, scopes, expiresAt }: Wanted,
): Promise<NewKey> {
  const { key, ...kept } = newSecret()
  const data = { userId, name, scopes: scopes.join(' '), expiresAt, ...kept }
  return { ...infoOf(await prisma.authApiKey.create({ data })), key }
}

/** The keys of a user, the newest first. */
export async function listKeys(userId: UserId): Promise<KeyInfo[]> {
  const orderBy = { createdAt: 'desc' } as const
  return (await prisma.authApiKey.findMany({ where: { userId }, orderBy })).map(infoOf)
}

export const countKeys = (userId: UserId): Promise<number> =>
  prisma.authApiKey.count({ where: { userId } })

/** Gives a key of the user another secret: the old one is void. Null where the user has no such key. */
export async function rotateKey(userId: UserId, id: string): Promise<NewKey | null> {
  const { key, ...kept } = newSecret()
  const { count } = await prisma.authApiKey.updateMany({ where: { id, userId }, data: kept })
  if (count === 0) return null
  return { ...infoOf(await prisma.authApiKey.findUniqueOrThrow({ where: { id } })), key }
}

/** Takes a key of the user away. @returns false where the user has no such key */
export async function revokeKey(userId: UserId, id: string): Promise<boolean> {
  const { count } = await prisma.authApiKey.deleteMany({ where: { id, userId } })
  return count === 1
}

/** The row of a key that is good now. */
export async function findKey(key: string): Promise<AuthApiKey | null> {
  const [, prefix, secret] = FORM.exec(key) ?? []
  if (prefix === undefined || secret === undefined) return null
  const found = await prisma.authApiKey.findUnique({ where: { prefix } })
  if (!found || !sameHash(found.hash, hashToken(secret))) return null
  return found.expiresAt === null || found.expiresAt > new Date() ? found : null
}

export const scopesOf = ({ scopes }: AuthApiKey): string[] => scopes.split(' ')

/** `key_` and eight signs, by which a key is found and told apart; then what is secret of it. */
const FORM = /^(key_[\w-]{8})_([\w-]{43})$/

function newSecret(): { readonly key: string; readonly prefix: string; readonly hash: string } {
  const prefix = `key_${randomToken().slice(0, 8)}`
  const secret = randomToken()
  return { key: `${prefix}_${secret}`, prefix, hash: hashToken(secret) }
}

const infoOf = (row: AuthApiKey): KeyInfo => ({
  id: row.id,
  name: row.name,
  prefix: row.prefix,
  scopes: scopesOf(row),
  createdAt: row.createdAt,
  expiresAt: row.expiresAt,
  lastUsedAt: row.lastUsedAt,
})
