import { readdirSync, statSync, watch, type FSWatcher } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { CONFIG_FILE } from '../config-file.js'

/** Editors save in several steps, and "save all" saves several files. */
const SETTLE_MS = 150

/**
 * Runs once, and again whenever the schema or the config of an app is saved, until the signal fires. Runs never overlap.
 * @param schema a file or a folder of them
 * @param onReady called when a save would be noticed
 */
export async function watchApp(
  root: string,
  schema: string,
  signal: AbortSignal,
  run: () => Promise<void>,
  onReady: () => void,
): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  let running = Promise.resolve()
  const saved = (): void => {
    clearTimeout(timer)
    timer = setTimeout(() => (running = running.then(run)), SETTLE_MS)
  }
  const stop = [watchNames(root, [CONFIG_FILE], saved), watchSchema(schema, saved)]
  const stopped = new Promise((fulfil) => signal.addEventListener('abort', fulfil, { once: true }))
  try {
    running = run()
    await running
    onReady()
    await stopped
  } finally {
    clearTimeout(timer)
    for (const end of stop) end()
    await running
  }
}

function watchSchema(path: string, saved: () => void): () => void {
  if (statSync(path).isFile()) return watchNames(dirname(path), [basename(path)], saved)
  // Watching a whole tree loses files on Linux once an editor has put a new file in the place of the old one.
  const watchers = new Map<string, FSWatcher>()
  const look = (): void => {
    const folders = schemaFolders(path)
    for (const folder of folders)
      if (!watchers.has(folder)) watchers.set(folder, watch(folder, noticed))
    for (const [folder, watcher] of watchers)
      if (!folders.has(folder)) {
        watcher.close()
        watchers.delete(folder)
      }
  }
  const noticed = (_: string, name: string | null): void => {
    try {
      look()
    } catch (error) {
      // A folder went while we looked: that is another event.
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    }
    if (name === null || name.endsWith('.prisma')) saved()
  }
  look()
  return () => watchers.forEach((watcher) => watcher.close())
}

/** Folders that may hold a part of the schema. */
const schemaFolders = (path: string): Set<string> =>
  new Set([
    path,
    ...readdirSync(path, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => join(entry.parentPath, entry.name))
      .filter((folder) => !/[\\/]migrations([\\/]|$)/.test(folder.slice(path.length))),
  ])

/** A folder is watched rather than a file: editors put a new file in the place of the old one. */
function watchNames(folder: string, names: readonly string[], saved: () => void): () => void {
  const watcher = watch(folder, (_, name) => {
    if (name === null || names.includes(name)) saved()
  })
  return () => watcher.close()
}
