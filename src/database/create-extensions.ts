import { UserError } from '../errors.js'
import { extensionsOf } from '../schema/extensions.js'
import type { DatabaseApp } from './app.js'
import type { Driver, Drivers } from './driver.js'

/**
 * Creates the extensions that the schema needs, before anything else is tried. The embedded database brings its own.
 * @throws UserError that names what the server lacks or does not allow
 */
export async function createExtensions(
  { files }: DatabaseApp,
  { dialect }: Drivers,
  database: Driver,
): Promise<void> {
  const needed = extensionsOf(files.map(({ content }) => content).join('\n'))
  if (dialect !== 'postgres' || needed.length === 0) return
  const { rows } = await database.query(
    'SELECT name::text, installed_version IS NOT NULL FROM pg_available_extensions',
    [],
  )
  const available = new Map(rows.map(([name, installed]) => [String(name), installed === true]))
  const lacking = needed.filter((name) => !available.has(name))
  if (lacking.length > 0) throw notThere(lacking)
  for (const name of needed.filter((one) => !available.get(one)))
    await database.script(`CREATE EXTENSION IF NOT EXISTS "${name}"`).catch((cause: Error) => {
      throw new UserError(`The extension '${name}' can't be created: ${cause.message}`, [
        `Let an administrator of the database run: CREATE EXTENSION "${name}"`,
      ])
    })
}

/** Servers that have an extension ready. */
const IMAGES: Readonly<Record<string, string>> = {
  vector: 'pgvector/pgvector',
  postgis: 'postgis/postgis',
}

const notThere = (names: readonly string[]): UserError =>
  new UserError(
    `The schema needs what this PostgreSQL server does not have: ${names.map((name) => `extension '${name}'`).join(', ')}.`,
    [
      'Install it on the server (its packages are named after it), or set DATABASE_URL to a server that has it.',
      ...names
        .filter((name) => name in IMAGES)
        .map((name) => `With ${name}, as a container: ${IMAGES[name]}`),
      'Nothing was changed.',
    ],
  )
