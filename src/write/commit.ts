import { existsSync } from 'node:fs'
import { mkdir, readdir, rename, rmdir } from 'node:fs/promises'
import { hostname } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { UserError } from '../errors.js'
import { commitChanges } from './journal.js'
import { isAlive } from './lock.js'
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
  const stage = stageBeside(root, process.pid)
  try {
    await removeAbandoned(root)
    await mkdir(stage, { recursive: true })
    await stageFiles(stage, changes, options)
    await rename(stage, root).catch((cause: Error) => {
      throw existsSync(root) ? madeMeanwhile(root, cause) : cause
    })
  } catch (error) {
    await removeFolder(stage)
    await removeEmptyParents(root, firstNew)
    throw error
  }
}

/** Host and process tell whether a stage is still in use. */
const stageBeside = (root: string, pid: number | ''): string =>
  join(dirname(root), `.${basename(root)}.ssot-${hostname().replaceAll(/[^\w-]/g, '_')}-${pid}`)

/** Stages of runs that were killed. */
async function removeAbandoned(root: string): Promise<void> {
  const folder = dirname(root)
  if (!existsSync(folder)) return
  const prefix = basename(stageBeside(root, ''))
  for (const name of await readdir(folder)) {
    const pid = name.startsWith(prefix) ? name.slice(prefix.length) : ''
    if (/^\d+$/.test(pid) && !isAlive(Number(pid))) await removeFolder(join(folder, name))
  }
}

/** The outermost folder of `path` that does not exist yet. */
function firstMissingParent(path: string): string {
  const parent = dirname(path)
  return parent === path || existsSync(parent) ? path : firstMissingParent(parent)
}

/** Takes back the folders that were made for the app; what another run has put there stays. */
async function removeEmptyParents(root: string, firstNew: string): Promise<void> {
  for (let folder = root; folder !== firstNew; folder = dirname(folder)) {
    const removed = await rmdir(dirname(folder)).then(
      () => true,
      () => false,
    )
    if (!removed) return
  }
}

const madeMeanwhile = (root: string, cause: Error): UserError =>
  new UserError(`${root} was made by somebody else in the meantime.`, ['Choose another folder.'], {
    cause,
  })
