import { lstatSync, readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { UserError } from './errors.js'

/** @throws UserError where a path is a symbolic link: what is written there could leave the app */
export function refuseLink(root: string, path: string): void {
  if (isLink(root, path))
    throw new UserError(
      `'${path}' is a symbolic link; generated files are not written through links.`,
      ['Replace the link by a real file or folder.'],
    )
}

/** The same for paths and the folders that they lie in, each below `root`. */
export function refuseLinks(root: string, paths: Iterable<string>): void {
  const parts = new Set<string>()
  for (const path of paths)
    for (let part = path; part !== '.'; part = dirname(part)) parts.add(part)
  for (const part of [...parts].sort()) refuseLink(root, part)
}

/** The same for a folder and what lies right in it. */
export function refuseLinksIn(root: string, folder: string): void {
  refuseLinks(root, [folder])
  for (const name of namesIn(join(root, folder))) refuseLink(root, `${folder}/${name}`)
}

/** True for a link, wherever it leads. */
export const isLink = (root: string, path: string): boolean =>
  ifThere(() => lstatSync(join(root, path)))?.isSymbolicLink() ?? false

const namesIn = (folder: string): string[] => ifThere(() => readdirSync(folder)) ?? []

/** Null for what is not there, or lies below what is no folder. */
function ifThere<T>(look: () => T): T | null {
  try {
    return look()
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException
    if (['ENOENT', 'ENOTDIR'].includes(code)) return null
    throw error
  }
}
