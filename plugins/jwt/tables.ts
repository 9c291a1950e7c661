import { ownerLine, type AppView } from '../../src/kit/index.js'
import type { SignInUser } from '../../templates/auth/user.js'

/**
 * The tables of the plugin. What they hold ends with its user: an id that comes back finds nothing of the one before.
 */
export const tables = (
  { provider, plugins }: AppView,
  { model, key, keyColumn }: SignInUser,
): string => {
  const google = plugins.some(({ id }) => id === 'google')
  // SQL Server has no index over a text of any length.
  const hash = provider === 'sqlserver' ? 'String @db.NVarChar(43)' : 'String'
  const owner = ownerLine(model.name, key.name)
  return `/// The password of a user, apart from the user's row: no query for users can bring it along.
model JwtCredential {
  ${owner}
  userId ${keyColumn} @id
  passwordHash String
  changedAt DateTime
  /// The last time that somebody signed in with it.
  usedAt DateTime
}

/// A sign-in on one device. It lasts as long as its refresh token is used in time.
model JwtSession {
  id String @id @default(uuid())
  ${owner}
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
  ${owner}
  userId ${keyColumn}
  /// Of the name it was sent to: under another one it is void.
  sentTo String?
  createdAt DateTime @default(now())
  expiresAt DateTime

  @@index([userId])
  @@index([expiresAt])
}
`
}
