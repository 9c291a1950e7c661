import { randomUUID } from 'node:crypto'
import { mkdir, readFile, rm, rmdir, stat, utimes, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { UserError } from '../errors.js'
import { refuseLinksIn } from '../links.js'

const LOCK = '.ssot/lock'

/** A holder shows that it lives this often; after so long without a sign it is taken for dead. */
const SIGN_MS = 2_000
const STALE_MS = 20_000
/** A lock without a name in it is being written right now, or its run was killed at that moment. */
const NAMELESS_MS = 500

/** The right to write to an app. One run at a time has it. */
export type Lock = {
  /** @throws UserError when another run has taken over, because this one gave no sign for too long */
  confirm(): Promise<void>
  release(): Promise<void>
}

type Holder = { readonly pid: number; readonly host: string; readonly token: string }

/**
 * Takes the lock of an app that is there.
 * @throws UserError when another run has it, or something in `.ssot` is a symbolic link: nothing is written then
 */
export async function lockApp(root: string): Promise<Lock> {
  const path = join(root, LOCK)
  const holder: Holder = { pid: process.pid, host: hostname(), token: randomUUID() }
  refuseLinksIn(root, dirname(LOCK))
  await mkdir(dirname(path), { recursive: true })
  if (!(await create(path, holder))) {
    await removeStale(path)
    if (!(await create(path, holder))) throw inUse(await readHolder(path))
  }
  const timer = setInterval(() => void touch(path), SIGN_MS)
  timer.unref()
  const isHeld = async (): Promise<boolean> => (await readHolder(path))?.token === holder.token
  return {
    async confirm() {
      if (!(await isHeld())) throw inUse(await readHolder(path))
    },
    async release() {
      clearInterval(timer)
      if (await isHeld()) await rm(path, { force: true })
      // A folder that was made for the lock alone goes with it.
      await rmdir(dirname(path)).catch(ignored('ENOTEMPTY', 'EEXIST', 'ENOENT', 'EPERM'))
    },
  }
}

/** @returns false where somebody else has it */
async function create(path: string, holder: Holder): Promise<boolean> {
  try {
    await writeFile(path, JSON.stringify(holder), { flag: 'wx' })
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    // A full disk may have left an empty one.
    await rm(path, { force: true })
    throw error
  }
}

/** A run that was killed can't give its lock back. */
async function removeStale(path: string): Promise<void> {
  for (;;) {
    const holder = await readHolder(path)
    const info = await stat(path).catch(ignored('ENOENT'))
    if (!info) return
    const age = Date.now() - info.mtimeMs
    const dead = holder !== null && holder.host === hostname() && !isAlive(holder.pid)
    const nameless = holder === null && age > NAMELESS_MS
    if (dead || nameless || age > STALE_MS) return rm(path, { force: true })
    if (holder !== null) return
    await sleep(NAMELESS_MS / 5)
  }
}

/** Null where there is none, or it is being written right now. */
async function readHolder(path: string): Promise<Holder | null> {
  const text = await readFile(path, 'utf8').catch(ignored('ENOENT'))
  try {
    return text ? (JSON.parse(text) as Holder) : null
  } catch {
    return null
  }
}

/** @returns true where a process has this id; one of another user counts, too */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

const touch = (path: string): Promise<void> => {
  const now = new Date()
  return utimes(path, now, now).catch(ignored('ENOENT'))
}

const inUse = (holder: Holder | null): UserError =>
  new UserError(
    `Another run is at work on this app${holder ? ` (process ${holder.pid} on ${holder.host})` : ''}.`,
    ['Wait until it has ended, and run it again.', 'Nothing was written.'],
  )

/** A handler that lets errors of these codes pass. */
function ignored(...codes: readonly string[]): (error: NodeJS.ErrnoException) => undefined {
  return (error) => {
    if (!codes.includes(error.code ?? '')) throw error
    return undefined
  }
}
