import { existsSync } from 'node:fs'
import {
  access,
  chmod,
  constants,
  mkdir,
  readFile,
  rename,
  stat,
  writeFile,
} from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { UserError } from '../errors.js'
import { refuseLinks } from '../links.js'
import { applyJournal, fingerprint, nothingThere, parseJournal, type Journal } from './apply.js'
import { JOURNAL, STAGE } from './places.js'
import { removeFolder, stageFiles, type DiskChange, type WriteOptions } from './stage.js'

/**
 * Changes files of an app that is there. All new texts are staged, then a journal is written, then they are
 * moved into place: a crash before the journal leaves the old tree, one after it is finished by `recover`.
 * @throws UserError when a file was edited since the changes were decided, or is reached through a symbolic link
 */
export async function commitChanges(
  root: string,
  changes: readonly DiskChange[],
  options: WriteOptions,
): Promise<void> {
  if (changes.length === 0) return
  const hadState = existsSync(join(root, '.ssot'))
  const stage = join(root, STAGE)
  let journal: Journal
  refuseLinks(root, [STAGE, JOURNAL, ...changes.map(({ path }) => path)])
  try {
    await removeFolder(stage)
    await stageFiles(stage, changes, options)
    await keepModes(root, changes)
    await requireWritable(root, changes)
    journal = await journalOf(root, changes)
    await options.confirm?.()
    await writeJournal(root, journal)
  } catch (error) {
    await removeFolder(hadState ? stage : join(root, '.ssot'))
    throw error
  }
  const edited = await applyJournal(root, journal)
  if (edited.length > 0) throw editedMeanwhile(edited)
}

/** True where an earlier run was interrupted while it moved files into place. */
export const wasInterrupted = (root: string): boolean => existsSync(join(root, JOURNAL))

/**
 * Finishes or undoes what an earlier run left behind. A file that was edited after that is left alone, and its base
 * with it: the next generation merges it.
 * @returns true where there was something to finish
 */
export async function recover(root: string): Promise<boolean> {
  if (!wasInterrupted(root)) {
    await removeFolder(join(root, STAGE))
    return false
  }
  await applyJournal(root, parseJournal(await readFile(join(root, JOURNAL), 'utf8')))
  return true
}

/**
 * The journal of some changes.
 * @throws UserError when a file is not what the decision saw
 */
async function journalOf(root: string, changes: readonly DiskChange[]): Promise<Journal> {
  const entries: Journal['entries'][number][] = []
  const edited: string[] = []
  for (const { path, content, was } of changes) {
    const now = await readFile(join(root, path)).catch(nothingThere)
    if (was !== undefined && !isText(now, was)) edited.push(path)
    entries.push({ path, removes: content === null, from: now && fingerprint(now) })
  }
  if (edited.length > 0) throw editedMeanwhile(edited)
  return { entries }
}

const isText = (now: Buffer | null, was: string | null): boolean =>
  now === null || was === null ? now === was : now.toString('utf8') === was

async function writeJournal(root: string, journal: Journal): Promise<void> {
  // Written to the stage and moved, so that a journal is there whole or not at all.
  const temporary = join(root, STAGE, JOURNAL)
  await mkdir(dirname(temporary), { recursive: true })
  await writeFile(temporary, JSON.stringify(journal), { flush: true })
  await rename(temporary, join(root, JOURNAL))
}

/** A file that is replaced, or moves, keeps its mode. */
async function keepModes(root: string, changes: readonly DiskChange[]): Promise<void> {
  for (const { path, content, from = path } of changes) {
    if (content === null) continue
    const old = await stat(join(root, from)).catch(() => null)
    if (old) await chmod(join(root, STAGE, path), old.mode)
  }
}

/** A folder that can't be written to is found before anything is moved. */
async function requireWritable(root: string, changes: readonly DiskChange[]): Promise<void> {
  const folders = new Set(changes.map(({ path }) => nearestFolder(join(root, dirname(path)))))
  for (const folder of folders) await access(folder, constants.W_OK | constants.X_OK)
}

const nearestFolder = (path: string): string =>
  existsSync(path) ? path : nearestFolder(dirname(path))

const editedMeanwhile = (paths: readonly string[]): UserError =>
  new UserError(`Edited while the run was at work, and left as it is: ${paths.join(', ')}.`, [
    'Run it again.',
  ])
