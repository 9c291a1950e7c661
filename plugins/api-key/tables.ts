import type { AppView } from '../../src/kit/index.js'

/**
 * The table of the plugin. It holds a user's id without a relation, which would need a field in the user's model.
 * @param keyColumn Prisma type of a user's id
 */
export const tables = ({ provider }: AppView, keyColumn: string): string => {
  const native = { mysql: ' @db.Text', sqlserver: ' @db.NVarChar(Max)' }[provider as string] ?? ''
  return `/// A key with which a program calls in the name of a user.
model AuthApiKey {
  id String @id @default(uuid())
  userId ${keyColumn}
  name String
  /// How the key begins: it is found by it, and told apart.
  prefix String @unique
  /// Of the rest of the key.
  hash String
  /// What it is good for, separated by spaces.
  scopes String${native}
  createdAt DateTime @default(now())
  expiresAt DateTime?
  /// To the minute.
  lastUsedAt DateTime?

  @@index([userId])
}
`
}
