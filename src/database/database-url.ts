import { UserError } from '../errors.js'
import { shownUrl } from './shown-url.js'

export type ReadableProvider = 'sqlite' | 'postgresql' | 'mysql'

/** The flag that gives the address, for messages. */
export const SOURCE = '--from-database'

const ENGINE = '@prisma/schema-engine-wasm'

const PACKAGES: Readonly<Record<ReadableProvider, readonly string[]>> = {
  sqlite: ['@libsql/client', ENGINE],
  postgresql: ['pg', ENGINE],
  mysql: ['mariadb'],
}

/**
 * The provider that an address belongs to.
 * @throws UserError when no app can be made from what is there
 */
export function providerOfUrl(url: string): ReadableProvider {
  if (/^postgres(ql)?:\/\//.test(url) && URL.canParse(url)) return 'postgresql'
  if (/^(mysql|mariadb):\/\//.test(url) && URL.canParse(url)) return 'mysql'
  if (url.startsWith('file:')) return 'sqlite'
  throw new UserError(`${SOURCE}: '${shownUrl(url)}' is not the address of a database.`, [
    'Give postgresql://user:password@host:5432/database, mysql://user:password@host:3306/database, or file:./path/of/sqlite.db',
    'Signs such as @ or / in a password are written %40, %2F.',
  ])
}

/** What has to be installed to read a database. */
export const packagesFor = (provider: ReadableProvider): readonly string[] => PACKAGES[provider]
