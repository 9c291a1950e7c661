import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync } from 'node:fs'
import { mkdir, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { repo } from './repo.js'

/** All that decides what an app is made of, beside the choices of whoever makes it. */
const SOURCES = ['src', 'templates', 'plugins', 'package-lock.json', 'test/contract']

const cache = join(repo, 'node_modules', '.cache', 'prepared')
let version: Promise<string> | undefined

/** A hash of the sources as they are now, those that are not committed included. */
async function versionOfSources(): Promise<string> {
  const list = ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '--', ...SOURCES]
  const paths = execFileSync('git', list, { cwd: repo, encoding: 'utf8' }).split('\0')
  const hash = createHash('sha256')
  for (const path of paths.filter((it) => it !== '' && existsSync(join(repo, it))))
    hash.update(`${path}\0`).update(await readFile(join(repo, path)))
  return hash.digest('hex').slice(0, 16)
}

/**
 * A folder that is made once by all tests of all runs, as long as the sources are the same. It is to be copied, and not
 * to be changed.
 * @param choices all that the folder depends on beside the sources
 * @param make fills an empty folder
 */
export async function preparedFolder(
  choices: string,
  make: (root: string) => Promise<void>,
): Promise<string> {
  version ??= versionOfSources()
  const name = createHash('sha256').update(choices).digest('hex').slice(0, 16)
  const folder = join(cache, await version, name)
  if (existsSync(folder)) return folder
  const fresh = `${folder}.${process.pid}`
  await mkdir(fresh, { recursive: true })
  try {
    await make(fresh)
    // Whoever was first made the same folder.
    await rename(fresh, folder).catch((error: unknown) => {
      if (!existsSync(folder)) throw error
    })
    return folder
  } finally {
    await rm(fresh, { recursive: true, force: true })
  }
}

/** Removes what was prepared from other sources than those of now. */
export async function removeStale(): Promise<void> {
  if (!existsSync(cache)) return
  const current = await versionOfSources()
  const stale = readdirSync(cache).filter((name) => name !== current)
  await Promise.all(stale.map((name) => rm(join(cache, name), { recursive: true, force: true })))
}
