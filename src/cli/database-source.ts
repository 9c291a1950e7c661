import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { packagesFor, providerOfUrl, type ReadableProvider } from '../database/database-url.js'
import { UserError } from '../errors.js'
import { pinnedVersions } from '../versions.js'
import type { Context } from './main.js'

/** A database that is there, as an app is made from it. */
export type DatabaseSource = {
  readonly provider: ReadableProvider
  /** Its address as the app reaches it. */
  readonly url: string
  /** Path of the schema that was read; gone after the run. */
  readonly schema: string
  /** SQL that makes the same tables in an empty database. */
  readonly script: string
}

/**
 * Reads the database at `given`, and lets `work` make an app from what was found. Drivers are installed in a folder
 * of their own, which is removed at the end.
 * @throws UserError when the database can't be read; nothing has been written then
 */
export async function withDatabase<T>(
  given: string,
  context: Context,
  work: (source: DatabaseSource) => Promise<T>,
): Promise<T> {
  const provider = providerOfUrl(given)
  const url = absolute(given, context.cwd)
  const folder = await mkdtemp(join(tmpdir(), 'ssot-database-'))
  try {
    await step(context, 'driver', () => installDriver(provider, folder, context))
    const { readDatabase } = await import('../database/read-database.js')
    const found = await step(context, 'introspect', () => readDatabase(folder, url))
    const schema = join(folder, 'prisma', 'schema.prisma')
    await mkdir(join(folder, 'prisma'))
    await writeFile(schema, found.schema)
    return await work({ provider, url, schema, script: found.script }).catch((error: unknown) => {
      throw withoutPath(error, schema)
    })
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}

/** Where the schema lay is gone when its mistakes are read. */
function withoutPath(error: unknown, path: string): unknown {
  if (!(error instanceof UserError) || !error.message.includes(path)) return error
  const message = error.message.replaceAll(path, 'prisma/schema.prisma')
  return new UserError(message, error.remedies, { cause: error })
}

/** The app lies elsewhere than where the path was typed. */
const absolute = (url: string, cwd: string): string =>
  url.startsWith('file:') ? `file:${resolve(cwd, url.slice('file:'.length))}` : url

async function installDriver(
  provider: ReadableProvider,
  folder: string,
  { signal }: Context,
): Promise<void> {
  const [{ installPackages }, versions] = await Promise.all([
    import('../setup/packages.js'),
    pinnedVersions(),
  ])
  const packages = Object.fromEntries(packagesFor(provider).map((name) => [name, versions[name]!]))
  await installPackages(packages, { cwd: folder, signal }).catch((cause: unknown) => {
    if (signal.aborted) throw cause
    throw new UserError(
      `The driver for ${provider} can't be installed: ${(cause as Error).message}.`,
      ['Check that npm works here and reaches the registry.'],
      { cause },
    )
  })
}

async function step<T>({ terminal }: Context, name: string, work: () => Promise<T>): Promise<T> {
  const started = performance.now()
  const progress = terminal.begin(name)
  try {
    const result = await work()
    progress.end('done', performance.now() - started)
    return result
  } catch (error) {
    progress.end('failed', performance.now() - started)
    throw error
  }
}
