import { readFileSync, rmSync, writeFileSync } from 'node:fs'

/**
 * Takes the lock file beside `folder`, which names this process: two processes that open one embedded
 * database destroy it. A lock left by a process that is gone is taken over.
 * @returns a function that gives the lock back
 * @throws Error when a living process holds it
 */
export function lockFolder(folder: string): () => void {
  const path = `${folder}.lock`
  if (!createLock(path)) {
    const owner = readOwner(path)
    if (isAlive(owner)) throw new Error(inUse(folder, path, owner.pid))
    rmSync(path, { force: true })
    if (!createLock(path)) throw new Error(inUse(folder, path, readOwner(path).pid))
  }
  const release = (): void => rmSync(path, { force: true })
  process.once('exit', release)
  return () => {
    process.removeListener('exit', release)
    release()
  }
}

type Owner = { readonly pid: number; readonly startedAt: number }

const startedAt = (): number => Math.round(Date.now() / 1000 - process.uptime())

/** @returns false when the file is there already */
function createLock(path: string): boolean {
  try {
    writeFileSync(path, `${process.pid} ${startedAt()}`, { flag: 'wx' })
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

function readOwner(path: string): Owner {
  const [pid = 0, started = 0] = readFileSync(path, 'utf8').split(' ').map(Number)
  return { pid, startedAt: started }
}

function isAlive(owner: Owner): boolean {
  if (!Number.isInteger(owner.pid) || owner.pid <= 0) return false
  // A container gives every run the same id: there the start tells an earlier run from this one.
  if (owner.pid === process.pid) return Math.abs(owner.startedAt - startedAt()) < 3
  try {
    process.kill(owner.pid, 0)
    return true
  } catch (error) {
    // EPERM: it lives, under another user.
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

const inUse = (folder: string, path: string, pid: number): string =>
  `The database ${folder} is open in process ${pid}. Stop that process, or set DATABASE_URL to a server. ` +
  `If process ${pid} has nothing to do with it, delete ${path}.`
