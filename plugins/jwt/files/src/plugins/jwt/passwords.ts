import { hash, verify } from '@node-rs/argon2'
import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import { Problem } from '../../http/problem.js'

/** Argon2id at the strength that OWASP asks for at least: 19 MiB of memory, two passes. */
const STRENGTH = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

const MAX_LENGTH = 128

/** A password that is to be checked: what was good once is not judged anew. */
export const givenPassword = z.string().min(1).max(MAX_LENGTH)

/** A password that is to be set. Length is what counts; no rule asks for signs of certain kinds. */
export const chosenPassword = z
  .string()
  .min(8)
  .max(MAX_LENGTH)
  .refine((password) => new Set(password).size > 2, 'This is easy to guess.')
  .refine((password) => !COMMON.has(password.toLowerCase()), 'Too many people use this password.')

/** Those that every attack tries first. */
const COMMON = new Set(
  `password password1 password12 password123 password1! passw0rd p@ssword p@ssw0rd 12345678 123456789
  1234567890 0123456789 123123123 987654321 1q2w3e4r 1q2w3e4r5t 1qaz2wsx qwertyui qwertyuiop qwerty123
  qwerty12345 q1w2e3r4 asdfghjkl zxcvbnm123 abcd1234 abc12345 a1b2c3d4 iloveyou iloveyou1 sunshine
  princess football baseball superman trustno1 starwars letmein1 letmein123 welcome1 welcome123 whatever
  admin123 admin1234 administrator changeme changeme123 computer michelle jennifer dragon123 monkey123
  pokemon1 master123 secret123 test1234 testtest login123 default1 user1234 corvette mercedes`.split(
    /\s+/,
  ),
)

/**
 * Refuses a password that says the name it belongs to.
 * @param path of the password in the body
 * @throws Problem 400
 */
export function refuseNameAsPassword(password: string, login: string, path: string): void {
  const said = password.toLowerCase()
  const name = login.toLowerCase()
  const local = name.split('@', 1)[0] ?? name
  if (said !== name && !(local.length > 3 && said.replace(/[\d\W_]+$/, '') === local)) return
  const message = 'This is easy to guess from your name.'
  const errors = [{ path, message }]
  throw new Problem(400, 'validation_failed', { detail: `${path}: ${message}`, errors })
}

/** What is kept of a password. */
export const hashPassword = (password: string): Promise<string> =>
  hash(password.normalize('NFKC'), STRENGTH)

/** Nobody's: to check against it takes as long as to check against someone's. */
const nobody = await hashPassword(randomBytes(32).toString('base64'))

/** Is this the password? Without a hash, for an account that is not there, no sooner than with one. */
export async function verifyPassword(kept: string | undefined, password: string): Promise<boolean> {
  const same = await verify(kept ?? nobody, password.normalize('NFKC'))
  return same && kept !== undefined
}
