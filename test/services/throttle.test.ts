import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { afterEach, describe, expect, it } from 'vitest'
import { startTarget, type RunningApp } from '../contract/harness.js'
import { freePort } from '../support/start.js'

const apps: RunningApp[] = []
afterEach(async () => {
  for (const app of apps.splice(0)) await app.stop()
})

async function start(redis: string): Promise<RunningApp> {
  const schema = new URL('../attacks/signing-in/schema.prisma', import.meta.url)
  const app = await startTarget({
    ...{ framework: 'fastify', mode: 'registry', provider: 'sqlite', plugins: ['jwt'] },
    schema: await readFile(fileURLToPath(schema), 'utf8'),
    env: { REDIS_URL: redis, TRUST_PROXY: '1', JWT_SECRET: randomBytes(32).toString('base64') },
  })
  apps.push(app)
  return app
}

/** Tries a password of an account that is not there. */
async function attempt(
  { url }: RunningApp,
  email: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<number> {
  const { status } = await fetch(`${url}/api/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ email, password: 'a meadow in the fog' }),
  })
  return status
}

const newEmail = (): string => `${randomBytes(8).toString('hex')}@example.com`
const ten = Array.from({ length: 10 }, () => 401)

function redisUrl(): string {
  const redis = process.env['TEST_REDIS_URL']
  if (!redis) throw new Error('TEST_REDIS_URL is not set. It names a server to test against.')
  return redis
}

/** The first half of an IPv6 /48 that nobody has used. */
const newSite = (): string => `2001:db8:${randomBytes(2).readUInt16BE().toString(16)}`

describe('attempts at a password', () => {
  it('are counted by all instances together', async () => {
    const redis = redisUrl()
    const both = [await start(redis), await start(redis)] as const
    const email = newEmail()
    const answers: number[] = []
    for (let n = 0; n < 12; n++) answers.push(await attempt(both[n % 2 ? 1 : 0], email))
    expect(answers).toEqual([...ten, 429, 429])
  })

  it('are counted by each while Redis is away, and it says so once', async () => {
    const app = await start(`redis://127.0.0.1:${await freePort()}`)
    const email = newEmail()
    const answers: number[] = []
    for (let n = 0; n < 11; n++) answers.push(await attempt(app, email))
    expect(answers).toEqual([...ten, 429])
    expect(app.log().match(/Redis does not answer/g)).toHaveLength(1)
  })

  it.each([
    ['one wire', 50, (n: number) => `0::${n + 1}`],
    ['a household', 75, (n: number) => `${(n % 256).toString(16)}::1`],
    ['a company', 100, (n: number) => `${(n * 256).toString(16)}::1`],
  ])(
    'are counted by the IPv6 network of %s, by all instances together',
    async (_, most, hostOf) => {
      const redis = redisUrl()
      const both = [await start(redis), await start(redis)] as const
      const site = newSite()
      const answers: number[] = []
      for (let n = 0; n < most + 2; n++) {
        const from = { 'x-forwarded-for': `${site}:${hostOf(n)}` }
        answers.push(await attempt(both[n % 2 ? 1 : 0], newEmail(), from))
      }
      expect(answers.slice(-3)).toEqual([401, 429, 429])
      expect(answers.indexOf(429)).toBe(most)
    },
  )
})
