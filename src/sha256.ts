import { createHash } from 'node:crypto'

/** The fingerprint of a text or of bytes, as 64 hexadecimal digits. */
export const sha256 = (text: string | Uint8Array): string =>
  createHash('sha256').update(text).digest('hex')
