import { expect } from 'vitest'
import { run } from '../support/process.js'

/** The README's line by which the owner of the database makes an editor. */
const PROMOTE =
  "import('./src/db.ts').then(({ prisma }) => prisma.user.update({ where: { email: 'ed@example.com' }, data: { role: 'EDITOR' } }))"

interface Reply {
  readonly status: number
  // oxlint-disable-next-line typescript/no-explicit-any
  readonly body: any
}

/** What the README shows by curl: who writes a post, and who may change and see it. */
export async function tryRules(url: string, root: string): Promise<void> {
  const call = async (
    token: string | null,
    method: string,
    path: string,
    body?: object,
  ): Promise<Reply> => {
    const response = await fetch(`${url}/api/${path}`, {
      method,
      headers: {
        ...(body && { 'content-type': 'application/json' }),
        ...(token !== null && { authorization: `Bearer ${token}` }),
      },
      ...(body && { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    return { status: response.status, body: text === '' ? undefined : JSON.parse(text) }
  }
  const password = 'a meadow in the fog'
  const register = async (name: string): Promise<string> => {
    const email = `${name}@example.com`
    const registered = await call(null, 'POST', 'auth/register', { email, name, password })
    expect(registered.status).toBe(201)
    const { body } = await call(null, 'POST', 'auth/login', { email, password })
    return body.data.accessToken
  }
  const ada = await register('ada')
  const bob = await register('bob')
  const ed = await register('ed')
  const promoted = await run([process.execPath, '--import', 'tsx', '-e', PROMOTE], { cwd: root })
  expect(promoted.code, promoted.output).toBe(0)

  const me = (await call(ada, 'GET', 'auth/me')).body.data
  const draft = { title: 'Fog', slug: 'fog', content: 'It was early.', authorId: me.id }
  expect((await call(null, 'POST', 'posts', draft)).status).toBe(401)
  expect((await call(bob, 'POST', 'posts', draft)).status).toBe(403)
  const made = await call(ada, 'POST', 'posts', draft)
  expect([made.status, made.body.data.status]).toEqual([201, 'DRAFT'])
  const post = `posts/${made.body.data.id}`

  const title = 'Morning fog'
  expect((await call(ada, 'PATCH', post, { title })).body.data.title).toBe(title)
  // Nobody else knows of a draft; to publish one is for authors and editors.
  for (const token of [bob, null]) {
    expect((await call(token, 'GET', post)).status).toBe(404)
    expect((await call(token, 'PATCH', post, { title: 'Mine' })).status).toBe(404)
  }
  expect((await call(ada, 'PATCH', post, { status: 'PUBLISHED' })).status).toBe(403)
  expect((await call(ed, 'PATCH', post, { status: 'PUBLISHED' })).status).toBe(200)

  const read = await call(null, 'GET', post)
  expect([read.status, read.body.data.title]).toEqual([200, title])
  expect(read.body.data.author).not.toHaveProperty('email')
  expect((await call(bob, 'PATCH', post, { title: 'Mine' })).status).toBe(403)
  expect((await call(bob, 'DELETE', post)).status).toBe(403)
  expect((await call(bob, 'PATCH', `users/${me.id}`, { name: 'Bob' })).status).toBe(403)
  expect((await call(ada, 'PATCH', `users/${me.id}`, { role: 'EDITOR' })).status).toBe(403)
  expect((await call(ed, 'DELETE', post)).status).toBe(204)
}
