/**
 * For Prisma's own command line, should you add it: `npm install --save-dev prisma@7.10.0`. The app itself and
 * `ssot` do without.
 */
import { existsSync } from 'node:fs'
import { loadEnvFile, env, execPath, argv } from 'node:process'

if (existsSync('.env')) loadEnvFile('.env')

// These commands never run the schema engine: naming any file spares its download.
const offline = new Set(['format', 'generate', 'validate', 'version'])
if (argv.some((argument) => offline.has(argument))) env.PRISMA_SCHEMA_ENGINE_BINARY ??= execPath

export default {
  schema: 'prisma',
  migrations: { path: 'prisma/migrations' },
  datasource: { url: env.DATABASE_URL ?? '' },
}
