import { hash } from 'node:crypto'

/** The fingerprint of a text or of bytes, as 64 hexadecimal digits. */
export const sha256 = (text: string | Uint8Array): string => hash('sha256', text)
