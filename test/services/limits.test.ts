import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { connect, createServer, type AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import type { RunningApp } from '../contract/harness.js'
import { startSaying } from '../policies/access-app.js'
import { freePort } from '../support/start.js'

const apps: RunningApp[] = []
afterEach(async () => {
  for (const app of apps.splice(0)) await app.stop()
})

async function start(redis: string, mode: 'registry' | 'layered'): Promise<RunningApp> {
  const app = await startSaying(
    { framework: 'express', mode, env: { REDIS_URL: redis } },
    { Product: `middleware: { rateLimit: { list: { max: 5, windowMs: 60_000 } } }` },
  )
  apps.push(app)
  return app
}

function redisUrl(): string {
  const redis = process.env['TEST_REDIS_URL']
  if (!redis) throw new Error('TEST_REDIS_URL is not set. It names a server to test against.')
  return redis
}

/** Lists products as somebody. */
async function list({ url }: RunningApp, id: string): Promise<number> {
  const who = JSON.stringify({ id, via: 'JWT', claims: {} })
  return (await fetch(`${url}/api/products`, { headers: { 'x-test-user': who } })).status
}

const newId = (): string => randomBytes(8).toString('hex')
const five = Array.from({ length: 5 }, () => 200)

describe('limits of routes', () => {
  it('are counted by all instances together', async () => {
    const redis = redisUrl()
    const both = [await start(redis, 'registry'), await start(redis, 'layered')] as const
    const id = newId()
    const answers: number[] = []
    for (let n = 0; n < 7; n++) answers.push(await list(both[n % 2 ? 1 : 0], id))
    expect(answers).toEqual([...five, 429, 429])
    expect(await list(both[0], newId())).toBe(200)
  })

  it('are counted by each while Redis is away, and it says so once', async () => {
    const app = await start(`redis://127.0.0.1:${await freePort()}`, 'registry')
    const id = newId()
    const answers: number[] = []
    for (let n = 0; n < 6; n++) answers.push(await list(app, id))
    expect(answers).toEqual([...five, 429])
    expect(app.log().match(/Redis does not answer/g)).toHaveLength(1)
  })

  it('are counted by each once Redis says nothing any more, after a second', async () => {
    const proxy = await proxyTo(redisUrl())
    try {
      const app = await start(proxy.url, 'registry')
      const id = newId()
      expect([await list(app, id), await list(app, id)]).toEqual([200, 200])
      proxy.mute()
      const answers: number[] = []
      const begun = performance.now()
      for (let n = 0; n < 6; n++) answers.push(await list(app, id))
      expect(answers).toEqual([...five, 429])
      expect(performance.now() - begun).toBeLessThan(3000)
      // The log is written a little later.
      await expect.poll(() => app.log().match(/Redis does not answer/g)).toHaveLength(1)
    } finally {
      proxy.close()
    }
  })
})

/** Stands before a server and can keep back what it says, as one that hangs. */
async function proxyTo(url: string) {
  const { hostname, port } = new URL(url)
  let muted = false
  const proxy = createServer((client) => {
    const server = connect(Number(port || 6379), hostname)
    client.pipe(server)
    server.on('data', (data) => muted || client.write(data))
    for (const [one, other] of [[client, server] as const, [server, client] as const])
      one.on('close', () => other.destroy()).on('error', () => other.destroy())
  }).listen(0, '127.0.0.1')
  await once(proxy, 'listening')
  return {
    url: `redis://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
    mute: () => (muted = true),
    close: () => proxy.close(),
  }
}
