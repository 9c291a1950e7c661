import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const repo = fileURLToPath(new URL('../../', import.meta.url))

/**
 * A folder with everything that generated apps may depend on, installed once per set of versions.
 * Apps under test link its `node_modules`.
 */
export const dependencyFolder = (): Promise<string> =>
  installed(join(repo, 'templates', 'versions', 'package.json'), 'contract')

/**
 * A folder with the packages of a package.json, installed once per content.
 * @param purpose folder below our cache
 */
export async function installed(manifest: string, purpose: string): Promise<string> {
  const versions = await readFile(manifest, 'utf8')
  const name = createHash('sha256').update(versions).digest('hex').slice(0, 16)
  const folder = join(repo, 'node_modules', '.cache', purpose, name)
  if (existsSync(folder)) return folder
  const fresh = `${folder}.${process.pid}`
  await mkdir(fresh, { recursive: true })
  await writeFile(join(fresh, 'package.json'), versions)
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
  // openapi-typescript asks for TypeScript 5, and works with 6.
  const flags = [
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    '--prefer-offline',
    '--legacy-peer-deps',
  ]
  await promisify(execFile)(npm, ['install', ...flags], {
    cwd: fresh,
    shell: process.platform === 'win32',
  })
  // Whoever was first made the same folder.
  await rename(fresh, folder).catch(() => rm(fresh, { recursive: true, force: true }))
  return folder
}
