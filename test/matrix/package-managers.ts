import { delimiter, join } from 'node:path'
import { cleanEnvironment } from '../support/process.js'
import { installedFolder } from '../support/installed.js'

/** The package that is the package manager of a row; npm is there with Node. */
const PACKAGES: Readonly<Record<string, readonly [name: string, version: string]>> = {
  pnpm: ['pnpm', '12.21.0'],
  'yarn 1': ['yarn', '1.22.22'],
  'yarn 4': ['@yarnpkg/cli-dist', '4.18.1'],
  bun: ['bun', '1.4.5'],
}

export type PackageManager = {
  /** As `--pm` names it. */
  readonly name: 'npm' | 'pnpm' | 'yarn' | 'bun'
  readonly env: Readonly<Record<string, string>>
}

/**
 * The package manager of a row, installed on first use.
 * @param cache folder for what it keeps of one row
 * @throws Error for a value that nothing is known of
 */
export async function packageManager(value: string, cache: string): Promise<PackageManager> {
  const name = value.split(' ', 1)[0] as PackageManager['name']
  if (value === 'npm') return { name, env: {} }
  const found = PACKAGES[value]
  if (!found) throw new Error(`No package is known for '${value}'.`)
  const [pkg, version] = found
  // Those of pnpm and bun put the program for this platform in its place.
  const manifest = {
    private: true,
    dependencies: { [pkg]: version },
    allowScripts: { [pkg]: true },
  }
  const folder = await installedFolder('package-managers', JSON.stringify(manifest))
  const path = [join(folder, 'node_modules', '.bin'), cleanEnvironment()['PATH']].join(delimiter)
  return { name, env: { PATH: path, ...(value === 'yarn 1' ? yarn1(cache) : {}) } }
}

/**
 * Yarn 1 keeps a packed file by its name alone, so that it would take the tool of an earlier run: each row has a cache
 * of its own. It gives up on downloads, of which there are many then, after 30 seconds.
 */
const yarn1 = (cache: string): Record<string, string> => ({
  YARN_CACHE_FOLDER: cache,
  YARN_NETWORK_TIMEOUT: '600000',
})

/** Before any row: two of them must not install at the same time. */
export async function installPackageManagers(): Promise<void> {
  for (const value of Object.keys(PACKAGES)) await packageManager(value, '')
}
