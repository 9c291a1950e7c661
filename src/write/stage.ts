import { chmod, mkdir, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'

/** One change of the disk: new content, or null to delete the file. Paths are POSIX, relative to the app. */
export type DiskChange = {
  readonly path: string
  readonly content: string | Uint8Array | null
  /** True for a new file that is a program; one that is there keeps its mode. */
  readonly executable?: boolean
  /** What was on disk when the change was decided; not given: whatever is there is replaced. */
  readonly was?: string | null
  /** Where the file lay, if it moves: it keeps the mode that it had there. */
  readonly from?: string
}

export type WriteOptions = {
  /** Files in flight at once. */
  readonly concurrency: number
  /** Aborting before the commit leaves the disk as it was. */
  readonly signal?: AbortSignal | undefined
  /** Called right before the point of no return; may throw. */
  confirm?(): Promise<void>
}

/**
 * Writes the content of every change below `folder`; nothing outside it is touched.
 * @throws the file system's error, or the signal's reason; nothing is being written any more then
 */
export async function stageFiles(
  folder: string,
  changes: readonly DiskChange[],
  { concurrency, signal }: WriteOptions,
): Promise<void> {
  const written = changes.filter((change) => change.content !== null)
  const folders = new Set(written.map((change) => dirname(join(folder, change.path))))
  for (const path of folders) await mkdir(path, { recursive: true })
  const next = written.values()
  let failed = false
  const worker = async (): Promise<void> => {
    for (const change of next) {
      signal?.throwIfAborted()
      if (failed) return
      await writeChange(folder, change).catch((error: unknown) => {
        failed = true
        throw error
      })
    }
  }
  const workers = Array.from({ length: Math.max(1, concurrency) }, worker)
  // All have to end before the caller may remove what was written.
  for (const result of await Promise.allSettled(workers))
    if (result.status === 'rejected') throw result.reason
  signal?.throwIfAborted()
}

async function writeChange(
  folder: string,
  { path, content, executable }: DiskChange,
): Promise<void> {
  const target = join(folder, path)
  await writeFile(target, content ?? '')
  if (executable) await chmod(target, 0o755)
}

/** Removes a folder and all in it; one that is not there is fine. */
export const removeFolder = (path: string): Promise<void> =>
  rm(path, { recursive: true, force: true })
