import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { repo } from './repo.js'

/**
 * A folder with what a `package.json` asks for, installed once per text of it.
 * @param cache name of the folder that holds those of one kind
 */
export async function installedFolder(
  cache: string,
  manifest: string,
  ...flags: readonly string[]
): Promise<string> {
  const name = createHash('sha256').update(manifest).digest('hex').slice(0, 16)
  const folder = join(repo, 'node_modules', '.cache', cache, name)
  if (existsSync(folder)) return folder
  const fresh = `${folder}.${process.pid}`
  await mkdir(fresh, { recursive: true })
  await writeFile(join(fresh, 'package.json'), manifest)
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
  const common = ['--no-audit', '--no-fund', '--prefer-offline']
  await promisify(execFile)(npm, ['install', ...common, ...flags], {
    cwd: fresh,
    shell: process.platform === 'win32',
  })
  // Whoever was first made the same folder.
  await rename(fresh, folder).catch(() => rm(fresh, { recursive: true, force: true }))
  return folder
}
