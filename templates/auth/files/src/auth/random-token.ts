import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

/** A text that nobody can guess. */
export const randomToken = (): string => randomBytes(32).toString('base64url')

/** What is kept of it. Of 32 random bytes a plain hash is enough: there is nothing to try through. */
export const hashToken = (token: string): string =>
  createHash('sha256').update(token).digest('base64url')

/** Compares hashes in a time that says nothing. */
export const sameHash = (a: string, b: string): boolean =>
  a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b))
