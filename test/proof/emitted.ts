import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { filesOf } from '../examples/files.js'

/**
 * Hash of all emitted code and settings: tells whether an earlier proof still holds. Neither the packed copy of the
 * tool nor words for people are in it.
 */
export async function hashOf(root: string): Promise<string> {
  const hash = createHash('sha256')
  for (const path of await filesOf(root)) {
    if (path.startsWith('.ssot/') || path === '.env' || path.endsWith('.md')) continue
    hash.update(`${path}\0`).update(await readFile(join(root, path)))
  }
  return hash.digest('hex')
}
