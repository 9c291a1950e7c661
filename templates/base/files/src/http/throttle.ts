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

/** So many times in so many seconds, from the first of them on. */
interface Limit {
  readonly points: number
  readonly seconds: number
}

/** Counts by key how often something is done. */
export interface Throttle {
  /**
   * Counts one.
   * @returns headers that tell what is left
   * @throws Problem 429 with them and Retry-After when there were too many
   */
  take(key: string): Promise<Headers>
  /** Takes one back: it was none of those that are to be limited. */
  giveBack(key: string): Promise<void>
  /** Forgets what was counted. */
  clear(key: string): Promise<void>
}

type Headers = Readonly<Record<string, string>>

/**
 * What is limited is counted in Redis where REDIS_URL names one, so that all instances count together, else in
 * this process. While Redis does not answer each instance counts for itself.
 * @param name tells apart what is counted; callers see it
 */
export function createThrottle(name: string, { points, seconds }: Limit): Throttle {
  const limiter = limiterOf({ keyPrefix: `throttle:${name}`, points, duration: seconds })
  /** As draft-ietf-httpapi-ratelimit-headers writes it. */
  const headersOf = ({ remainingPoints, msBeforeNext }: RateLimiterRes): Headers => ({
    'ratelimit-policy': `"${name}";q=${points};w=${seconds}`,
    ratelimit: `"${name}";r=${remainingPoints};t=${secondsOf(msBeforeNext)}`,
  })
  return {
    async take(key) {
      try {
        return headersOf(await limiter.consume(digest(key)))
      } catch (error) {
        if (error instanceof RateLimiterRes) throw tooMany(error, headersOf(error))
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
  const client = new Redis(url, {
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    // A server that takes connections and says nothing is away, too.
    socketTimeout: 1000,
  })
  let away = false
  // It is tried again every two seconds; once is enough to say.
  const lost = (err?: Error): void => {
    if (!away) log.error({ err }, 'Redis does not answer: each instance counts for itself')
    away = true
  }
  client.on('ready', () => (away = false))
  client.on('error', lost)
  client.on('close', () => lost())
  return client
}

/** Keys hold names and addresses of people, which are nobody's business who reads the store. */
const digest = (key: string): string => createHash('sha256').update(key).digest('base64url')

const secondsOf = (ms: number): number => Math.max(1, Math.ceil(ms / 1000))

const tooMany = ({ msBeforeNext }: RateLimiterRes, headers: Headers): Problem =>
  new Problem(429, 'too_many_attempts', {
    detail: 'Too many attempts. Try again later.',
    headers: { 'retry-after': String(secondsOf(msBeforeNext)), ...headers },
  })
