import { createHash } from 'node:crypto'
import {
  RateLimiterMemory,
  RateLimiterRedis,
  RateLimiterRes,
  type RateLimiterAbstract,
} from 'rate-limiter-flexible'
import { env } from '../env.js'
import { log } from '../log.js'
import { Problem } from './problem.js'

/** So many attempts in so many seconds. */
export interface Limit {
  readonly points: number
  readonly seconds: number
}

/** Counts attempts by key. */
export interface Throttle {
  /** Counts one. @throws Problem 429 with Retry-After when there were too many */
  take(key: string): Promise<void>
  /** Takes one back: it was none of those that are to be limited. */
  giveBack(key: string): Promise<void>
  /** Forgets what was counted. */
  clear(key: string): Promise<void>
}

/**
 * Attempts are counted in Redis where REDIS_URL names one, so that all instances count together, else in
 * this process. While Redis does not answer each instance counts for itself.
 * @param name tells apart what is counted
 */
export function createThrottle(name: string, { points, seconds }: Limit): Throttle {
  const limiter = limiterOf({ keyPrefix: `throttle:${name}`, points, duration: seconds })
  return {
    async take(key) {
      try {
        await limiter.consume(digest(key))
      } catch (error) {
        if (error instanceof RateLimiterRes) throw tooMany(error.msBeforeNext)
        throw error
      }
    },
    async giveBack(key) {
      await limiter.reward(digest(key))
    },
    async clear(key) {
      await limiter.delete(digest(key))
    },
  }
}

const redis = env.REDIS_URL === undefined ? undefined : await connect(env.REDIS_URL)

function limiterOf(options: {
  readonly keyPrefix: string
  readonly points: number
  readonly duration: number
}): RateLimiterAbstract {
  const memory = new RateLimiterMemory(options)
  if (!redis) return memory
  return new RateLimiterRedis({ ...options, storeClient: redis, insuranceLimiter: memory })
}

async function connect(url: string) {
  const { Redis } = await import('ioredis')
  const client = new Redis(url, { enableOfflineQueue: false, maxRetriesPerRequest: 1 })
  let away = false
  client.on('ready', () => (away = false))
  // It is tried again every two seconds; once is enough to say.
  client.on('error', (err) => {
    if (!away) log.error({ err }, 'Redis does not answer: attempts are counted by each instance')
    away = true
  })
  return client
}

/** Keys hold names and addresses of people, which are nobody's business who reads the store. */
const digest = (key: string): string => createHash('sha256').update(key).digest('base64url')

const tooMany = (ms: number): Problem =>
  new Problem(429, 'too_many_attempts', {
    detail: 'Too many attempts. Try again later.',
    headers: { 'retry-after': String(Math.max(1, Math.ceil(ms / 1000))) },
  })
