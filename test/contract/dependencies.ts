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
export async function dependencyFolder(): Promise<string> {
  const versions = await readFile(join(repo, 'templates', 'versions', 'package.json'), 'utf8')
  const name = createHash('sha256').update(versions).digest('hex').slice(0, 16)
  const cache = join(repo, 'node_modules', '.cache', 'contract')
  const folder = join(cache, name)
  if (existsSync(folder)) return folder
  const fresh = `${folder}.${process.pid}`
  await mkdir(fresh, { recursive: true })
  await writeFile(join(fresh, 'package.json'), versions)
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
  const flags = ['--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline']
  await promisify(execFile)(npm, ['install', ...flags], {
    cwd: fresh,
    shell: process.platform === 'win32',
  })
  // Whoever was first made the same folder.
  await rename(fresh, folder).catch(() => rm(fresh, { recursive: true, force: true }))
  return folder
}
