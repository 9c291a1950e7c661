import { existsSync } from 'node:fs'
import { mkdir, rename } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { commitChanges } from './journal.js'
import { removeFolder, stageFiles, type DiskChange, type WriteOptions } from './stage.js'

/**
 * Brings the changes to disk, all or none. A new app is staged beside its place and renamed at the end.
 * @throws the file system's error or the signal's reason; the disk is then as it was
 */
export async function commit(
  root: string,
  changes: readonly DiskChange[],
  options: WriteOptions,
): Promise<void> {
  if (existsSync(root)) return commitChanges(root, changes, options)
  const firstNew = firstMissingParent(root)
  const stage = join(dirname(root), `.${basename(root)}.ssot-${process.pid}`)
  try {
    await mkdir(stage, { recursive: true })
    await stageFiles(stage, changes, options)
    await rename(stage, root)
  } catch (error) {
    await removeFolder(stage)
    if (firstNew !== root) await removeFolder(firstNew)
    throw error
  }
}

/** The outermost folder of `path` that does not exist yet. */
function firstMissingParent(path: string): string {
  const parent = dirname(path)
  return parent === path || existsSync(parent) ? path : firstMissingParent(parent)
}
