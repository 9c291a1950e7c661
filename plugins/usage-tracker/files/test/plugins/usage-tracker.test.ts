import { beforeAll, describe, expect, it } from 'vitest'
import { prisma } from '../../src/db.js'
import { env } from '../../src/env.js'
import { observe, save } from '../../src/plugins/usage-tracker/tracker.js'
import { startApp } from '../support/server.js'

let base: string
beforeAll(async () => {
  base = await startApp()
})

const read = async (query = '', token = env.USAGE_TOKEN) => {
  const headers = { 'x-usage-token': token }
  const response = await fetch(`${base}/api/usage${query}`, { headers })
  const body = (await response.json()) as { data?: unknown; code?: string }
  return { status: response.status, body }
}

describe('the usage of the app', () => {
  it('counts an answered request under its route', async () => {
    await prisma.usageCount.deleteMany()
    await save()
    await prisma.usageCount.deleteMany()
    await fetch(`${base}/health`)
    await fetch(`${base}/health`)
    await fetch(`${base}/no-such-thing`)
    await expect
      .poll(async () => (await read()).body.data)
      .toEqual(
        expect.arrayContaining([
          expect.objectContaining({ method: 'GET', route: '/health', status: 200, requests: 2 }),
          expect.objectContaining({ method: 'GET', route: '(none)', status: 404, requests: 1 }),
        ]),
      )
  })

  it('adds to what was counted before', async () => {
    await prisma.usageCount.deleteMany()
    const exchange = { requestId: '1', path: '/a', route: '/a', method: 'GET', status: 200 }
    observe({ ...exchange, ms: 10 })
    await save()
    observe({ ...exchange, ms: 20 })
    await save()
    const rows = await prisma.usageCount.findMany({ where: { route: '/a' } })
    expect(rows).toMatchObject([{ requests: 2, totalMs: 30 }])
  })

  it.each(['', 'another-token'])('is not told to who has not the token: %j', async (token) => {
    expect(await read('', token)).toMatchObject({
      status: 401,
      body: { code: 'usage_token_required' },
    })
  })

  it.each(['?from=yesterday', '?until=2026-01-01T00:00:00Z', '?from=2030-01-01T00:00:00Z'])(
    'refuses a span that makes no sense: %s',
    async (query) => {
      expect((await read(query)).status).toBe(400)
    },
  )
})
