import { readFile, readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { createTarGzip } from 'nanotar'
import { packageRoot } from '../root.js'
import { PACKED } from './packed.js'

/** Packs this package as `npm pack` would; the same files give the same bytes. */
export async function packPackage(): Promise<Uint8Array> {
  const root = packageRoot()
  const files = await packedFiles(root)
  return createTarGzip(
    await Promise.all(
      files.map(async (name) => ({
        name: `package/${name}`,
        data: await readFile(join(root, name)),
        attrs: { mode: '644', mtime: 0, uid: 0, gid: 0 },
      })),
    ),
  )
}

/** What the published package holds: `files` of package.json, and what npm always adds. Sorted. */
async function packedFiles(root: string): Promise<string[]> {
  const wanted = [
    'dist',
    'docs',
    'templates',
    'plugins',
    'examples',
    'package.json',
    'README.md',
    'LICENSE',
    'CHANGELOG.md',
  ]
  const found = await Promise.all(wanted.map((name) => walk(root, name)))
  return found
    .flat()
    .filter((path) => path !== PACKED && !isSource(path))
    .sort()
}

/** The code of packs and plugins is in dist; what they print is not. */
const isSource = (path: string): boolean =>
  (path.startsWith('templates/') && !/^templates\/(versions\/|[^/]+\/files\/)/.test(path)) ||
  (path.startsWith('plugins/') && !/^plugins\/[^/]+\/(README\.md$|files\/)/.test(path))

async function walk(root: string, path: string): Promise<string[]> {
  const info = await stat(join(root, path)).catch(() => null)
  if (!info) return []
  if (info.isFile()) return [path]
  const names = await readdir(join(root, path), { recursive: true, withFileTypes: true })
  return names
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(root.length + 1)
        .replaceAll('\\', '/'),
    )
}
