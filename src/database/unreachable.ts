import { UserError } from '../errors.js'

/** No connection: the driver's own words are often none at all. */
export function unreachable(url: string, cause: unknown): UserError {
  const { host, pathname } = new URL(url)
  const { message, code } = cause as { message?: string; code?: string }
  return new UserError(
    `The database at ${host}${pathname} can't be reached: ${message || code || String(cause)}.`,
    ['Check DATABASE_URL in .env, and that the server runs.'],
    { cause },
  )
}
