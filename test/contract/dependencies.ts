import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { installedFolder } from '../support/installed.js'
import { repo } from '../support/repo.js'

/**
 * A folder with everything that generated apps may depend on, installed once per set of versions.
 * Apps under test link its `node_modules`.
 */
export async function dependencyFolder(): Promise<string> {
  const versions = await readFile(join(repo, 'templates', 'versions', 'package.json'), 'utf8')
  return installedFolder('contract', versions, '--ignore-scripts')
}
