import { env } from '../../env.js'
import type { Observer } from '../../http/exchange.js'
import type { ReadyCheck } from '../../http/health.js'
import { log } from '../../log.js'
import { dropCountsBefore, saveCounts, type Count } from './counts.js'

const SAVE_EVERY_MS = 10_000
const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
/** As many in a row are no accident. */
const FAILURES = 3
/** Characters that the table has room for. */
const ROUTE_LENGTH = 180

let waiting = new Map<string, Count>()
let failures = 0
let saving: Promise<void> = Promise.resolve()
let timer: NodeJS.Timeout | undefined
let droppedAt = 0

/** Counts an answer in memory; the table gets it with the next batch. */
export const observe: Observer = ({ method, route, status, ms }) => {
  const hour = new Date(Math.floor(Date.now() / HOUR_MS) * HOUR_MS)
  add({
    hour,
    method,
    route: (route ?? '(none)').slice(0, ROUTE_LENGTH),
    status,
    requests: 1,
    totalMs: ms,
  })
}

function add(count: Count): void {
  const key = [count.hour.getTime(), count.method, count.route, count.status].join(' ')
  const known = waiting.get(key)
  if (known) {
    known.requests += count.requests
    known.totalMs += count.totalMs
  } else {
    waiting.set(key, count)
  }
}

/** Writes what was counted, one batch after the other. It never rejects: what can't be written waits for the next. */
export function save(): Promise<void> {
  saving = saving.then(saveBatch)
  return saving
}

async function saveBatch(): Promise<void> {
  const batch = [...waiting.values()]
  waiting = new Map()
  try {
    if (batch.length > 0) await saveCounts(batch)
  } catch (error) {
    batch.forEach(add)
    return failed(error)
  }
  await dropOld().then(() => (failures = 0), failed)
}

function failed(error: unknown): void {
  failures++
  log.error({ err: error, waiting: waiting.size }, 'usage can not be saved')
}

/** Once a day. */
async function dropOld(): Promise<void> {
  const now = Date.now()
  if (now - droppedAt < DAY_MS) return
  await dropCountsBefore(new Date(now - env.USAGE_RETENTION_DAYS * DAY_MS))
  droppedAt = now
}

export async function start(): Promise<void> {
  timer = setInterval(() => void save(), SAVE_EVERY_MS)
  timer.unref()
}

/** Writes what is left. */
export async function stop(): Promise<void> {
  clearInterval(timer)
  await save()
}

export const check: ReadyCheck = {
  name: 'usage-tracker',
  async check() {
    if (failures >= FAILURES) throw new Error('Usage could not be saved several times in a row.')
  },
}
