import { existsSync, lstatSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { UserError } from '../errors.js'
import { MANIFEST_PATH, basePath, parseManifest, type Manifest } from './manifest.js'

/** The texts on disk of every path that matters: ours, and base from `.ssot/base`. Null where there is none. */
export type Snapshot = ReadonlyMap<
  string,
  { readonly ours: string | null; readonly base: string | null }
>

/** @returns the manifest of the last run; null where no run was made. @throws UserError when it can't be used */
export function readManifest(root: string): Manifest | null {
  const text = readText(join(root, MANIFEST_PATH))
  return text === null ? null : parseManifest(text)
}

/**
 * Reads what is on disk for the given paths: thousands of small files, one after the other. All at once they would
 * need more open files than a process may have.
 * @throws UserError when a path is reached through a symbolic link: writing there could leave the app
 */
export function takeSnapshot(root: string, paths: readonly string[]): Snapshot {
  if (!existsSync(root)) return new Map(paths.map((path) => [path, { ours: null, base: null }]))
  const folders = new Set<string>()
  for (const path of paths) for (const folder of parents(path)) folders.add(folder)
  for (const path of [...folders, ...paths]) refuseLink(root, path)
  return new Map(
    paths.map((path) => {
      const ours = readText(join(root, path))
      return [path, { ours, base: readText(join(root, basePath(path))) }]
    }),
  )
}

function parents(path: string): string[] {
  const segments = path.split('/').slice(0, -1)
  return segments.map((_, index) => segments.slice(0, index + 1).join('/'))
}

function refuseLink(root: string, path: string): void {
  if (ifThere(() => lstatSync(join(root, path)))?.isSymbolicLink())
    throw new UserError(
      `'${path}' is a symbolic link; generated files are not written through links.`,
      ['Replace the link by a real file or folder.'],
    )
}

const readText = (path: string): string | null => ifThere(() => readFileSync(path, 'utf8'))

function ifThere<T>(read: () => T): T | null {
  try {
    return read()
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return null
    throw error
  }
}
