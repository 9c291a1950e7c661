import { prisma } from '../../db.js'
import { log } from '../../log.js'

const SAVE_EVERY_MS = 60_000

let waiting = new Map<string, Date>()
let timer: NodeJS.Timeout | undefined

/** Notes that a key was used: a write to the database at each request would cost more than it is worth. */
export function noteUse(id: string): void {
  waiting.set(id, new Date())
}

/** Writes when keys were last used; what can't be written waits for the next time. */
export async function saveUses(): Promise<void> {
  const uses = waiting
  waiting = new Map()
  try {
    for (const [id, lastUsedAt] of uses) {
      await prisma.authApiKey.updateMany({ where: { id }, data: { lastUsedAt } })
    }
  } catch (err) {
    waiting = new Map([...uses, ...waiting])
    log.error({ err }, 'the last uses of API keys can not be saved')
  }
}

export async function start(): Promise<void> {
  timer = setInterval(() => void saveUses(), SAVE_EVERY_MS)
  timer.unref()
}

/** Writes what is left. */
export async function stop(): Promise<void> {
  clearInterval(timer)
  await saveUses()
}
