import { expect, it } from 'vitest'
import { isSecretName } from './secrets.js'

it.each(
  `password passwordHash password_hash PasswordHash hashedPassword secret clientSecret client_secret token
   accessToken access_token refresh_token id_token oauth_token_secret resetToken tokenHash forgejoTokenEncrypted
   serviceTokenCiphertext apiKey api_key apiKeyHash apikey APIKey aiApiKey keyHash hashedKey privateKey
   signingSecretKey credentials salt passwordSalt twoFactorSecret backupCodes passphrase tokens apiKeys`.split(
    /\s+/,
  ),
)('%s is a secret', (name) => {
  expect(isSecretName(name, 'User')).toBe(true)
})

it.each(
  `name tokenCount maxTokens2 token_type tokenExpiresAt refresh_token_expires_in apiKeyId tokenId passwordUpdatedAt
   secretProvisioning maskedSecret obfuscatedToken partialToken publicKey idempotencyToken tokenizer secretary
   contentHash hash key value code keyboard passport credentialId publicToken compass sortKey`.split(
    /\s+/,
  ),
)('%s is not', (name) => {
  expect(isSecretName(name, 'User')).toBe(false)
})

it('knows a hash by the model it stands in', () => {
  expect([isSecretName('hash', 'Password'), isSecretName('hash', 'Image')]).toEqual([true, false])
})
