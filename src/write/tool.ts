import { readFile, readdir } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { packageRoot } from '../root.js'
import { VERSION } from '../version.js'
import { PACKED } from './packed.js'
import type { DiskChange } from './stage.js'

const TOOL_FOLDER = '.ssot/tool'

/**
 * How an app names this tool in its `package.json`. From the registry: the exact version. From a checkout or a
 * tarball: a copy that goes with the app, so that a clone of the app can be installed anywhere.
 */
export async function toolSpecifier(): Promise<string> {
  return (await cameFromRegistry()) ? VERSION : `file:${TOOL_FOLDER}/create-ssot-app-${VERSION}.tgz`
}

/**
 * The copy of this tool that an app carries, and those of other versions that it needs no more.
 * @param packages text of the app's `package.json`
 * @param renew true where a copy of that name is to be that of this very tool
 * @returns the file to write, unless the tool comes from the registry or the copy is there; the files that go
 */
export async function packTool(
  specifier: string,
  root: string,
  packages: string,
  renew: boolean,
): Promise<DiskChange[]> {
  const path = specifier.startsWith('file:') ? specifier.slice('file:'.length) : null
  const copies = await readdir(join(root, TOOL_FOLDER)).catch(() => [])
  const unused = copies
    .map((name) => `${TOOL_FOLDER}/${name}`)
    .filter((copy) => /\/create-ssot-app-[^/]+\.tgz$/.test(copy) && copy !== path)
    .filter((copy) => !packages.includes(copy))
    .map((copy) => ({ path: copy, content: null }))
  if (path === null || (!renew && existsSync(join(root, path)))) return unused
  const packed = await readFile(join(packageRoot(), PACKED)).catch(() => null)
  const content = packed ?? (await (await import('./pack.js')).packPackage())
  return [{ path, content }, ...unused]
}

/** npm notes in its hidden lock file where a package came from; only a registry gives no `file:` or link. */
async function cameFromRegistry(): Promise<boolean> {
  const root = packageRoot()
  const modules = dirname(root)
  if (!/[\\/]node_modules$/.test(modules)) return false
  const text = await readFile(join(modules, '.package-lock.json'), 'utf8').catch(() => null)
  if (text === null) return !existsSync(join(dirname(modules), TOOL_FOLDER))
  const lock = JSON.parse(text) as {
    packages?: Record<string, { resolved?: string; link?: boolean }>
  }
  const entry = lock.packages?.['node_modules/create-ssot-app']
  return entry !== undefined && !entry.link && !entry.resolved?.startsWith('file:')
}
