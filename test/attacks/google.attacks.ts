import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { undefended, type RunningApp } from '../contract/harness.js'
import { COMBINATIONS, kindsOn } from '../examples/combinations.js'
import type { Edit } from '../support/app-edits.js'
import {
  browserOf,
  codeTwice,
  comeBack,
  hijacks,
  json,
  me,
  newPerson,
  poses,
  provider,
  PUBLIC,
  signIn,
  start,
  targetOf,
} from './google/flow.js'

afterAll(() => provider.stop())

describe.each(kindsOn('sqlite'))('signing in with Google: $framework, $mode', (kind) => {
  let app: RunningApp
  beforeAll(async () => {
    app = await start(kind)
  })
  afterAll(() => app?.stop())

  it('makes an account, and finds it again', async () => {
    const person = newPerson()
    const first = await me(app, (await signIn(app, person)).accessToken)
    expect(first.body.data).toMatchObject({ email: person.email, name: 'Ada', role: 'user' })
    // An address may change; the person is the same.
    provider.people.set(person.sub, { ...person, email: `new-${person.email}` })
    const second = await me(app, (await signIn(app, person)).accessToken)
    expect(second.body).toEqual(first.body)
  })

  it('gives tokens that are renewed', async () => {
    const { refreshToken } = await signIn(app, newPerson())
    expect(await json(app, 'refresh', { refreshToken })).toMatchObject({ status: 200 })
  })

  it('E33: leaves nobody in who came before the owner of the address', async () => {
    expect(await hijacks(app)).toBe(false)
  })

  it('E33: takes no address for proven that Google has not verified', async () => {
    expect(await poses(app)).toBe(false)
  })

  it('gives tokens once for a code', async () => {
    expect(await codeTwice(app)).toBe(false)
    expect((await json(app, 'google/tokens', { code: 'guessed' })).status).toBe(401)
  })

  it('E34: takes an answer only in the browser that asked, and once', async () => {
    const [eve, ada] = [browserOf(app), browserOf(app)]
    const forged = await eve.throughGoogle(`${PUBLIC}/api/auth/google`, newPerson().sub)
    expect((await browserOf(app).send(forged)).status).toBe(401)
    await ada.send(`${PUBLIC}/api/auth/google`)
    expect((await ada.send(forged)).status).toBe(401)
    expect((await eve.send(forged)).status).toBe(200)
    expect((await eve.send(forged)).status).toBe(401)
  })

  it('E34: keeps what it must remember from scripts and other sites', async () => {
    const response = await fetch(`${app.url}/api/auth/google`, { redirect: 'manual' })
    expect(response.headers.get('set-cookie')).toMatch(
      /^google-sign-in=[\w-]+\.[\w-]{43}; Max-Age=600; Path=\/; HttpOnly; SameSite=Lax$/,
    )
    const { searchParams } = new URL(response.headers.get('location') ?? '')
    expect(Object.fromEntries(searchParams)).toMatchObject({
      ...{ code_challenge_method: 'S256', state: expect.any(String), nonce: expect.any(String) },
      redirect_uri: `${PUBLIC}/api/auth/google/callback`,
    })
  })

  it('E35: goes where a link says to nobody', async () => {
    const response = await fetch(`${app.url}/api/auth/google?returnTo=//evil.example`)
    expect(response.status).toBe(400)
  })

  it('lets nobody in who is suspended', async () => {
    const person = newPerson()
    const { accessToken } = await signIn(app, person)
    const { id } = (await me(app, accessToken)).body.data
    await fetch(`${app.url}/api/users/${id}`, {
      method: 'PATCH',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ suspended: true }),
    })
    expect((await comeBack(app, person)).status).toBe(403)
    expect((await me(app, accessToken)).status).toBe(401)
  })
})

describe('signing in with Google, undefended', () => {
  const kind = COMBINATIONS[0]!
  const edit = (name: string, find: string, replace: string): Edit => ({
    ...{ file: `src/plugins/google/${name}.ts`, find, replace },
  })
  it.each([
    [
      'E33: leaves one in who came before the owner of the address',
      hijacks,
      edit('accounts', 'if (existing) await endWaysIn(db, existing.id)', ''),
    ],
    [
      'E33: takes an address for proven that Google has not verified',
      poses,
      edit(
        'accounts',
        "typeof email === 'string' && claims['email_verified'] === true",
        "typeof email === 'string'",
      ),
    ],
    [
      'gives tokens twice for a code',
      codeTwice,
      edit('codes', 'prisma.googleCode.deleteMany({ where: { codeHash } })', '{ count: 1 }'),
    ],
  ] as const)('%s', async (_, succeeds, defenceOff) =>
    undefended(await targetOf(kind, [defenceOff]), async (app) => {
      expect(await succeeds(app)).toBe(true)
    }),
  )
})

describe('where Google is not there', () => {
  it.each([
    ['is not set up', { GOOGLE_CLIENT_ID: '' }],
    ['does not answer', { GOOGLE_ISSUER: 'http://127.0.0.1:9' }],
  ])('because it %s, the app says so', async (_, env) => {
    const app = await start(COMBINATIONS[0]!, [], env as Record<string, string>)
    try {
      expect(await json(app, 'google')).toMatchObject({
        status: 503,
        body: { code: 'google_unavailable' },
      })
    } finally {
      await app.stop()
    }
  })
})

describe('a page of the app', () => {
  it('gets the code in its fragment', async () => {
    const page = 'https://app.example/signed-in?a=1'
    const app = await start(COMBINATIONS[3]!, [], { SIGNED_IN_URL: page })
    try {
      const browser = browserOf(app)
      const back = await browser.throughGoogle(`${PUBLIC}/api/auth/google`, newPerson().sub)
      const response = await browser.send(back)
      expect(response.status).toBe(302)
      expect(response.headers.get('location')).toMatch(
        /^https:\/\/app\.example\/signed-in\?a=1#code=[\w-]{43}$/,
      )
    } finally {
      await app.stop()
    }
  })
})
