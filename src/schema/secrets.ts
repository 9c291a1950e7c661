/** Nearly all names have none of these, and need no closer look. */
const HINT = /pass|pwd|secret|salt|token|credential|key|code|hash/i

/** What a name says of its value: `forgejoTokenEncrypted` is `['forgejo', 'token', 'encrypted']`. */
function wordsOf(name: string): string[] {
  return name
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z\d]+/)
    .filter((word) => word !== '')
}

/** Nouns whose value is a secret, alone or at the end of a name. */
const SECRETS = new Set(
  'password passwd pwd passcode passphrase secret salt token credential apikey privatekey secretkey accesskey'.split(
    ' ',
  ),
)

/** A key is a secret by what stands before it. */
const SECRET_KEYS = new Set(
  'api private secret access signing encryption auth hashed encrypted'.split(' '),
)

/** Words that say in what form a secret is kept. */
const FORMS = new Set(
  'hash hashed digest encrypted ciphertext cipher enc value plain plaintext'.split(' '),
)

/** Words that say that it is not the secret itself, or none to keep. */
const HARMLESS = new Set('masked obfuscated redacted partial public idempotency'.split(' '))

/**
 * Does a field's name say that its value is a secret? `passwordHash`, `refresh_token` and `hashedKey` do;
 * `tokenCount`, `token_type`, `apiKeyId` and `maskedSecret` speak of one, and don't.
 */
export function isSecretName(name: string, model: string): boolean {
  if (!HINT.test(name)) return false
  const words = wordsOf(name)
  if (words.some((word) => HARMLESS.has(word))) return false
  if (words.length === 1 && words[0] === 'hash') return model !== '' && isSecretName(model, '')
  const kept = [...words]
  while (kept.length > 1 && FORMS.has(kept.at(-1)!)) kept.pop()
  const last = singular(kept.at(-1) ?? '')
  const before = kept.at(-2) ?? ''
  if (SECRETS.has(last)) return true
  if (last === 'key')
    return SECRET_KEYS.has(before) || (kept.length < words.length && before === '')
  return last === 'code' && (before === 'recovery' || before === 'backup')
}

const singular = (word: string): string =>
  word.endsWith('s') && !word.endsWith('ss') ? word.slice(0, -1) : word
