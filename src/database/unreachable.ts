import { UserError } from '../errors.js'
import { shownUrl } from './shown-url.js'

/** Codes of PostgreSQL, MySQL and MariaDB. */
const REFUSED = /^(28P01|28000|ER_ACCESS_DENIED_ERROR|ER_DBACCESS_DENIED_ERROR)$/
const MISSING = /^(3D000|ER_BAD_DB_ERROR)$/

/**
 * No connection: the driver's own words are often none at all.
 * @param source where the address was given
 */
export function unreachable(
  url: string,
  cause: unknown,
  source = 'DATABASE_URL in .env',
): UserError {
  const { host, pathname, username } = new URL(url)
  const { message, code = '' } = cause as { message?: string; code?: string }
  const why = message || code || String(cause)
  if (MISSING.test(code))
    return new UserError(`There is no database ${pathname.slice(1)} on ${host}.`, [
      `Check ${source}: ${shownUrl(url)}`,
    ])
  if (REFUSED.test(code))
    return new UserError(
      `The server at ${host} refuses user '${decodeURIComponent(username)}': ${why}.`,
      [`Check the user and the password in ${source}.`],
      { cause },
    )
  return new UserError(
    `The database at ${host}${pathname} can't be reached: ${why}.`,
    [`Check ${source}, and that the server runs.`],
    { cause },
  )
}
