import type { AppView } from '../../src/kit/index.js'

/**
 * The tables of the plugin. They hold a user's id without a relation, which would need a field in the user's model.
 * @param keyColumn Prisma type of a user's id
 */
export const tables = ({ provider, plugins }: AppView, keyColumn: string): string => {
  const google = plugins.some(({ id }) => id === 'google')
  // SQL Server has no index over a text of any length.
  const hash = provider === 'sqlserver' ? 'String @db.NVarChar(43)' : 'String'
  return `/// The password of a user, apart from the user's row: no query for users can bring it along.
model JwtCredential {
  userId ${keyColumn} @id
  passwordHash String
  changedAt DateTime
  /// The last time that somebody signed in with it.
  usedAt DateTime
}

/// A sign-in on one device. It lasts as long as its refresh token is used in time.
model JwtSession {
  id String @id @default(uuid())
  userId ${keyColumn}
${google ? '  /// How the user signed in: JWT is by password.\n  via String @default("JWT")\n' : ''}  /// Of the part of the refresh token that stays the same.
  familyHash ${hash} @unique
  /// Of the part that is good for one refresh.
  tokenHash String
  createdAt DateTime @default(now())
  refreshedAt DateTime
  expiresAt DateTime

  @@index([userId])
  @@index([expiresAt])
}

/// A password that is to be set anew: whoever has the token may do so, once.
model JwtResetToken {
  tokenHash ${hash} @id
  userId ${keyColumn}
  createdAt DateTime @default(now())
  expiresAt DateTime

  @@index([userId])
  @@index([expiresAt])
}
`
}
