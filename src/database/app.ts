import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseEnv } from 'node:util'
import { UserError } from '../errors.js'
import type { Provider } from '../schema/model.js'

/** A file of the schema with its absolute path. */
export type SchemaText = { readonly path: string; readonly content: string }

/** What the database commands know of an app. */
export type DatabaseApp = {
  readonly root: string
  readonly provider: Provider
  readonly files: readonly SchemaText[]
  /** `DATABASE_URL`, from the environment or from `.env`. */
  readonly url: string
}

/**
 * Reads the schema and the database URL of the app in `appRoot`.
 * @throws UserError when there is no schema, no provider or no URL
 */
export function readDatabaseApp(appRoot: string): DatabaseApp {
  const root = resolve(appRoot)
  const files = readSchemaFiles(root)
  return { root, files, provider: providerOf(files), url: databaseUrl(root) }
}

/**
 * Reads every `.prisma` file below `prisma/`, in path order.
 * @throws UserError when there is none
 */
export function readSchemaFiles(root: string): SchemaText[] {
  const folder = join(root, 'prisma')
  const names = existsSync(folder) ? readdirSync(folder, { recursive: true, encoding: 'utf8' }) : []
  const paths = names
    .filter((name) => name.endsWith('.prisma'))
    .sort()
    .map((name) => join(folder, name))
  if (paths.length === 0)
    throw new UserError(`There is no schema in ${folder}.`, ['Run this in the folder of an app.'])
  return paths.map((path) => ({ path, content: readFileSync(path, 'utf8') }))
}

/** @throws UserError when no datasource names a provider */
function providerOf(files: readonly SchemaText[]): Provider {
  const text = files.map((file) => file.content).join('\n')
  const block = /^\s*datasource\s+\w+\s*\{([^}]*)\}/m.exec(text)?.[1] ?? ''
  const provider = /^\s*provider\s*=\s*"(\w+)"/m.exec(block)?.[1]
  switch (provider) {
    case 'postgres':
      return 'postgresql'
    case 'sqlite':
    case 'postgresql':
    case 'mysql':
    case 'cockroachdb':
    case 'sqlserver':
      return provider
    default:
      throw new UserError(
        `The schema names no database that Prisma has an adapter for: ${provider}.`,
      )
  }
}

function databaseUrl(root: string): string {
  const path = join(root, '.env')
  const file = existsSync(path) ? parseEnv(readFileSync(path, 'utf8')) : {}
  const url = process.env['DATABASE_URL'] ?? file['DATABASE_URL']
  if (url) return url
  throw new UserError('DATABASE_URL is not set.', [
    `Copy ${join(root, '.env.example')} to .env, or set it in the environment.`,
  ])
}
