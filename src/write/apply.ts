import { existsSync } from 'node:fs'
import { mkdir, readFile, rename, rm, rmdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { UserError } from '../errors.js'
import { isLink } from '../links.js'
import { MANIFEST_PATH, basePath } from '../merge/manifest.js'
import { isInside } from '../safe-path.js'
import { RECORD_PATH } from '../schema/rename/record.js'
import { sha256 } from '../sha256.js'
import { JOURNAL, STAGE } from './places.js'
import { removeFolder } from './stage.js'

/** What a commit still has to do. Everything it puts into place lies staged. */
export type Journal = { readonly entries: readonly JournalEntry[] }
type JournalEntry = {
  readonly path: string
  readonly removes: boolean
  /** Fingerprint of what is replaced or removed; null where there was nothing. Anything else is an edit made since. */
  readonly from: string | null
}

/** What tells one content of a file from another. */
export const fingerprint = (content: Uint8Array): string => sha256(content)

/**
 * Does what the journal says, and takes it away. May be interrupted and repeated at any point.
 * @returns files that were edited since: they stay as they are, with their base, and so does the manifest
 */
export async function applyJournal(root: string, { entries }: Journal): Promise<string[]> {
  for (const { path } of entries) refuseLinks(root, path)
  const edited: string[] = []
  const held = new Set<string>()
  for (const entry of inOrder(entries)) {
    if (held.has(entry.path) || (await apply(root, entry))) continue
    edited.push(entry.path)
    for (const path of [basePath(entry.path), ...SAYS_DONE]) held.add(path)
  }
  await rm(join(root, JOURNAL), { force: true })
  await removeFolder(join(root, STAGE))
  return edited
}

/** What says that all is done. */
const SAYS_DONE = [RECORD_PATH, MANIFEST_PATH]

/** Files, then what is known of them, then what says that all is done. */
const inOrder = (entries: readonly JournalEntry[]): JournalEntry[] =>
  entries.toSorted((a, b) => rank(a.path) - rank(b.path))

const rank = (path: string): number =>
  SAYS_DONE.includes(path) ? 2 : path.startsWith('.ssot/') ? 1 : 0

/** @returns false where the file is not what it was */
async function apply(root: string, { path, removes, from }: JournalEntry): Promise<boolean> {
  const [target, staged] = [join(root, path), join(root, STAGE, path)]
  if (!removes && !existsSync(staged)) return true // moved before the crash
  const content = await readFile(target).catch(nothingThere)
  const now = content && fingerprint(content)
  // Killed between a file and its folder, a run has left the folder.
  if (removes && now === null) return removeEmptyFolders(root, path)
  if (now !== from) return false
  if (removes) return removeFile(root, path)
  await mkdir(dirname(target), { recursive: true })
  await rename(staged, target)
  return true
}

/** A handler that says null for a file that is not there. */
export function nothingThere(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return null
  throw error
}

async function removeFile(root: string, path: string): Promise<true> {
  await rm(join(root, path), { force: true })
  return removeEmptyFolders(root, path)
}

/** Folders that became empty go with their last file. */
async function removeEmptyFolders(root: string, path: string): Promise<true> {
  for (let folder = dirname(path); folder !== '.'; folder = dirname(folder)) {
    const left = await rmdir(join(root, folder)).then(
      () => false,
      (error: NodeJS.ErrnoException) => error.code !== 'ENOENT',
    )
    if (left) break
  }
  return true
}

/**
 * Reads a journal's text. It is a file that anybody can edit, so its paths are checked.
 * @throws UserError when it can't be used
 */
export function parseJournal(text: string): Journal {
  let journal: Journal
  try {
    journal = JSON.parse(text) as Journal
  } catch (cause) {
    throw broken('it is not JSON', cause)
  }
  if (!Array.isArray(journal?.entries)) throw broken('it has no list of entries')
  for (const entry of journal.entries)
    if (!isInside(entry?.path)) throw broken(`it names the path ${JSON.stringify(entry?.path)}`)
  return journal
}

function refuseLinks(root: string, path: string): void {
  for (let part = path; part !== '.'; part = dirname(part))
    if (isLink(root, part)) throw broken(`'${part}' is a symbolic link`)
}

const broken = (why: string, cause?: unknown): UserError =>
  new UserError(
    `An earlier run was interrupted, and ${JOURNAL} can't be used: ${why}.`,
    [`Restore the app from version control, and remove ${JOURNAL} and ${STAGE}.`],
    { cause },
  )
