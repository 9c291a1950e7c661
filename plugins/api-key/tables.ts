import { ownerLine, type AppView } from '../../src/kit/index.js'
import type { SignInUser } from '../../templates/auth/user.js'

/**
 * The table of the plugin. What they hold ends with its user: an id that comes back finds nothing of the one before.
 */
export const tables = ({ provider }: AppView, { model, key, keyColumn }: SignInUser): string => {
  const native = { mysql: ' @db.Text', sqlserver: ' @db.NVarChar(Max)' }[provider as string] ?? ''
  const owner = ownerLine(model.name, key.name)
  return `/// A key with which a program calls in the name of a user.
model AuthApiKey {
  id String @id @default(uuid())
  ${owner}
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
