import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTarget, type RunningApp } from '../contract/harness.js'
import { OpenApi } from '../support/openapi.js'
import { repo } from '../support/repo.js'
import { runScript, workFolder } from './work.js'

const ADA = { email: 'ada@example.com', password: 'a meadow in the fog' }
const OTHER = 'a harbour at noon'

describe('the OpenAPI document of an app that people sign in to', () => {
  let app: RunningApp
  let work: string
  let document: string

  beforeAll(async () => {
    app = await startTarget({
      ...{ framework: 'express', mode: 'registry', provider: 'sqlite' },
      plugins: ['google', 'api-key'],
      schema: await readFile(join(repo, 'examples', 'blog', 'schema.prisma'), 'utf8'),
      env: { JWT_SECRET: 'a secret of the tests and of nothing else' },
    })
    document = await (await fetch(`${app.url}/openapi.json`)).text()
    work = join(app.root, 'work')
    await workFolder(work, document)
  })
  afterAll(() => app?.stop())

  it("passes Redocly's recommended-strict rules and Spectral's of OpenAPI", async () => {
    expect(await runScript(work, 'lint.mjs')).toEqual({ code: 0, output: '' })
  })

  it('has examples that its schemas allow', () => {
    expect(new OpenApi(JSON.parse(document)).wrongExamples()).toEqual([])
  })

  it('says what is answered', async () => {
    const api = new OpenApi(JSON.parse(document))
    const statuses: number[] = []
    const wrong: string[] = []
    let token = ''
    const call = async (method: string, path: string, sent?: object) => {
      const response = await fetch(`${app.url}/api/auth/${path}`, {
        method,
        headers: {
          ...(sent && { 'content-type': 'application/json' }),
          ...(token !== '' && { authorization: `Bearer ${token}` }),
        },
        ...(sent && { body: JSON.stringify(sent) }),
      })
      const { status, headers } = response
      const text = await response.text()
      const body = text === '' ? undefined : JSON.parse(text)
      const exchange = { status, headers, body, sent, type: headers.get('content-type') }
      wrong.push(...api.mismatches({ method, path: `/api/auth/${path}`, ...exchange }))
      statuses.push(status)
      return body?.data
    }

    const first = await call('POST', 'register', { ...ADA, name: 'Ada' })
    await call('POST', 'register', { ...ADA, name: 'Ada' })
    await call('POST', 'register', ADA)
    await call('GET', 'me')
    token = first.accessToken
    await call('GET', 'me')
    const key = await call('POST', 'api-keys', { name: 'Export', scopes: ['*'], expiresInDays: 1 })
    await call('GET', 'api-keys')
    await call('POST', `api-keys/${key.id}/rotate`)
    await call('DELETE', `api-keys/${key.id}`)
    await call('DELETE', `api-keys/${key.id}`)
    await call('POST', 'login', ADA)
    await call('POST', 'login', { ...ADA, password: OTHER })
    await call('POST', 'refresh', { refreshToken: first.refreshToken })
    await call('POST', 'refresh', { refreshToken: 'x.y' })
    for (let n = 0; n < 4; n++) await call('POST', 'forgot-password', { email: ADA.email })
    await call('POST', 'reset-password', { token: 'guessed', password: OTHER })
    const change = { currentPassword: ADA.password, newPassword: OTHER }
    token = (await call('POST', 'change-password', change)).accessToken
    await call('POST', 'logout-everywhere')
    await call('POST', 'logout')
    await call('GET', 'google')
    await call('GET', 'google/callback')
    await call('POST', 'google/tokens', { code: 'guessed' })
    expect(wrong).toEqual([])
    expect(statuses).toEqual([
      ...[201, 409, 400, 401, 200, 201, 200, 200, 204, 404, 200, 401, 200, 401],
      ...[204, 204, 204, 429, 400, 200, 204, 401, 503, 401, 401],
    ])
  })
})
