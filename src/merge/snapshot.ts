import { lstat, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { UserError } from '../errors.js'
import { MANIFEST_PATH, basePath, parseManifest, type Manifest } from './manifest.js'

/** The texts on disk of every path that matters: ours, and base from `.ssot/base`. Null where there is none. */
export type Snapshot = ReadonlyMap<
  string,
  { readonly ours: string | null; readonly base: string | null }
>

/** @returns the manifest of the last run; null where no run was made. @throws UserError when it can't be used */
export async function readManifest(root: string): Promise<Manifest | null> {
  const text = await readText(join(root, MANIFEST_PATH))
  return text === null ? null : parseManifest(text)
}

/**
 * Reads what is on disk for the given paths.
 * @throws UserError when a path is reached through a symbolic link: writing there could leave the app
 */
export async function takeSnapshot(root: string, paths: readonly string[]): Promise<Snapshot> {
  const folders = new Set<string>()
  for (const path of paths) for (const folder of parents(path)) folders.add(folder)
  await Promise.all([...folders, ...paths].map((path) => refuseLink(root, path)))
  const entries = await Promise.all(
    paths.map(async (path) => {
      const [ours, base] = await Promise.all([
        readText(join(root, path)),
        readText(join(root, basePath(path))),
      ])
      return [path, { ours, base }] as const
    }),
  )
  return new Map(entries)
}

function parents(path: string): string[] {
  const segments = path.split('/').slice(0, -1)
  return segments.map((_, index) => segments.slice(0, index + 1).join('/'))
}

async function refuseLink(root: string, path: string): Promise<void> {
  const stat = await lstat(join(root, path)).catch(() => null)
  if (stat?.isSymbolicLink())
    throw new UserError(
      `'${path}' is a symbolic link; generated files are not written through links.`,
      ['Replace the link by a real file or folder.'],
    )
}

async function readText(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return null
    throw error
  }
}
