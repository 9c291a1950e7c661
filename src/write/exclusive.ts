import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { MANIFEST_PATH } from '../merge/manifest.js'
import { recover } from './journal.js'
import { lockApp, type Lock } from './lock.js'

/**
 * Does some work on an app while no other run does; what an earlier one left behind is cleared up first.
 * @param work gets no lock where there is no folder yet: a new app comes to its place in one step
 * @throws UserError when another run is at work
 */
export async function whileLocked<T>(
  root: string,
  work: (lock: Lock | null) => Promise<T>,
): Promise<T> {
  if (!existsSync(root)) return work(null)
  const lock = await lockApp(root)
  try {
    await recover(root)
    return await work(lock)
  } finally {
    await lock.release()
  }
}

/** Clears up after a run that was killed while it made an app in a folder that was there. */
export async function finishInterrupted(root: string): Promise<void> {
  if (!existsSync(join(root, '.ssot')) || existsSync(join(root, MANIFEST_PATH))) return
  await whileLocked(root, async () => {})
}
