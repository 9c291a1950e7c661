import { describe, expect, it } from 'vitest'
import { api } from './support/api.js'

describe('the app', () => {
  it.each(['/health', '/ready'])('answers %s', async (path) => {
    expect(await api.get(path)).toMatchObject({ status: 200 })
  })

  it('describes itself', async () => {
    const reply = await api.get('/openapi.json')
    expect(reply).toMatchObject({ status: 200, body: { openapi: expect.stringMatching(/^3\.1/) } })
  })

  it('answers an unknown address with a problem', async () => {
    const reply = await api.get('/api/no-such-thing')
    expect(reply.type).toMatch(/^application\/problem\+json/)
    expect(reply).toMatchObject({ status: 404, body: { status: 404 } })
  })
})
