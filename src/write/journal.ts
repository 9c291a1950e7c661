import { existsSync } from 'node:fs'
import { chmod, mkdir, readFile, rename, rm, rmdir, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { removeFolder, stageFiles, type DiskChange, type WriteOptions } from './stage.js'

/** Staged files wait here; the journal beside them says that all are there. */
const STAGE = '.ssot/stage'
const JOURNAL = '.ssot/journal.json'

type Journal = { readonly put: readonly string[]; readonly remove: readonly string[] }

/**
 * Changes files of an app that is there. All new texts are staged, then a journal is written, then they are
 * moved into place: a crash before the journal leaves the old tree, one after it is finished by `recover`.
 */
export async function commitChanges(
  root: string,
  changes: readonly DiskChange[],
  options: WriteOptions,
): Promise<void> {
  if (changes.length === 0) return
  const hadState = existsSync(join(root, '.ssot'))
  const stage = join(root, STAGE)
  try {
    await removeFolder(stage)
    await stageFiles(stage, changes, options)
    await keepModes(root, changes)
    await writeJournal(root, changes)
  } catch (error) {
    await removeFolder(hadState ? stage : join(root, '.ssot'))
    throw error
  }
  await recover(root)
}

/** Finishes or undoes what an earlier run left behind. @returns true where there was something to finish */
export async function recover(root: string): Promise<boolean> {
  const journalPath = join(root, JOURNAL)
  const text = await readFile(journalPath, 'utf8').catch(() => null)
  if (text === null) {
    await removeFolder(join(root, STAGE))
    return false
  }
  const journal = JSON.parse(text) as Journal
  for (const path of journal.put) await moveIntoPlace(root, path)
  for (const path of journal.remove) await removeFile(root, path)
  await rm(journalPath)
  await removeFolder(join(root, STAGE))
  return true
}

async function writeJournal(root: string, changes: readonly DiskChange[]): Promise<void> {
  const journal: Journal = {
    put: changes.filter((c) => c.content !== null).map((c) => c.path),
    remove: changes.filter((c) => c.content === null).map((c) => c.path),
  }
  // Written beside and renamed, so that a journal is there whole or not at all.
  const temporary = join(root, `${JOURNAL}.tmp`)
  await writeFile(temporary, JSON.stringify(journal), { flush: true })
  await rename(temporary, join(root, JOURNAL))
}

/** A file that is replaced keeps its mode. */
async function keepModes(root: string, changes: readonly DiskChange[]): Promise<void> {
  for (const { path, content, executable } of changes) {
    if (content === null || executable) continue
    const old = await stat(join(root, path)).catch(() => null)
    if (old) await chmod(join(root, STAGE, path), old.mode)
  }
}

async function moveIntoPlace(root: string, path: string): Promise<void> {
  const from = join(root, STAGE, path)
  if (!existsSync(from)) return // moved before the crash
  await mkdir(dirname(join(root, path)), { recursive: true })
  await rename(from, join(root, path))
}

async function removeFile(root: string, path: string): Promise<void> {
  await rm(join(root, path), { force: true })
  // Folders that became empty go with their last file.
  for (let folder = dirname(path); folder !== '.'; folder = dirname(folder)) {
    const removed = await rmdir(join(root, folder)).then(
      () => true,
      () => false,
    )
    if (!removed) return
  }
}
