import { commit } from './write/commit.js'

/** A file with its text before and after; null where there is none. */
export type Replaced = {
  /** Relative to the app, POSIX. */
  readonly path: string
  readonly before: string | null
  readonly content: string | null
}

/**
 * Writes files that the user has written otherwise, then does what follows from it.
 * @throws what `follow` throws; the files are then as they were, byte for byte
 */
export async function writeThen<T>(
  root: string,
  files: readonly Replaced[],
  options: { readonly concurrency: number; readonly signal?: AbortSignal },
  follow: () => Promise<T>,
): Promise<T> {
  await commit(root, files, options)
  try {
    return await follow()
  } catch (error) {
    const restored = files.map(({ path, before: content }) => ({ path, content }))
    await commit(root, restored, { concurrency: options.concurrency })
    throw error
  }
}
