import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { RunningApp } from '../contract/harness.js'
import { kindsOn, oneKind } from '../examples/combinations.js'
import type { Edit } from '../support/app-edits.js'
import { OpenApi } from '../support/openapi.js'
import { run } from '../support/process.js'
import { SCHEMA, startSaying, type Said } from './access-app.js'

const SAID = {
  Product: `permissions: { create: ['admin', 'seller'], update: ['admin', { owner: 'sellerId' }], delete: [] },
    middleware: { roles: { list: ['admin', 'seller'] } }`,
  Review: `permissions: { update: ['editor'] },
    middleware: { auth: ['create'], rateLimit: { get: { max: 3, windowMs: 60_000 } } }`,
  Note: `permissions: { read: ['admin', { owner: 'authorId' }], create: [{ owner: 'authorId' }] },
    middleware: { rateLimit: { max: 40, windowMs: 60_000 } }`,
  Setting: `middleware: { auth: true, roles: ['admin'], rateLimit: { max: 5, windowMs: 60_000 } }`,
}

const person = (id: string, role = 'user') => ({ id, via: 'JWT', claims: { role } })
const admin = person('1', 'admin')
const seller = person('2', 'seller')
const buyer = person('3')
const editor = person('4', 'editor')

describe.each(kindsOn('sqlite'))('permissions and middleware, $framework, $mode', (kind) => {
  let app: RunningApp
  let api: OpenApi
  beforeAll(async () => {
    app = await startSaying(kind, SAID)
    api = new OpenApi(await (await fetch(`${app.url}/openapi.json`)).json())
  })
  afterAll(() => app?.stop())

  /** Calls as somebody; what is answered must be as the OpenAPI document says. */
  async function call(who: object | null, method: string, path: string, body?: object) {
    const response = await fetch(`${app.url}/api${path}`, {
      method,
      headers: {
        ...(body ? { 'content-type': 'application/json' } : {}),
        ...(who ? { 'x-test-user': JSON.stringify(who) } : {}),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    })
    const text = await response.text()
    const { status, headers } = response
    const answer = text === '' ? undefined : JSON.parse(text)
    const exchange = { status, headers, type: headers.get('content-type'), body: answer }
    const asked = { method, path: `/api${path}`, ...(status < 300 && body ? { sent: body } : {}) }
    expect(api.mismatches({ sent: undefined, ...asked, ...exchange })).toEqual([])
    return { status, headers, data: answer?.data, code: answer?.code }
  }
  const statuses = async (
    people: readonly (object | null)[],
    ...what: [string, string, object?]
  ) => {
    const answers: number[] = []
    for (const who of people) answers.push((await call(who, ...what)).status)
    return answers
  }
  const made = async (who: object, path: string, body: object): Promise<number> =>
    (await call(who, 'POST', path, body)).data.id

  it('lets those with one of the roles create, one by one, in bulk and along with other rows', async () => {
    const people = [null, buyer, editor, seller, admin]
    const product = { name: 'a' }
    expect(await statuses(people, 'POST', '/products', product)).toEqual([401, 403, 403, 201, 201])
    const bulk = { data: [product] }
    expect(await statuses(people, 'POST', '/products/bulk', bulk)).toEqual([
      401, 403, 403, 201, 201,
    ])
    const along = { text: 'x', product: { create: product } }
    expect(await statuses([buyer, seller], 'POST', '/reviews', along)).toEqual([403, 201])
  })

  it('lets an owner change his rows, not those of others, and not give them away', async () => {
    const own = await made(admin, '/products', { name: 'own', sellerId: 2 })
    const others = await made(admin, '/products', { name: 'others', sellerId: 3 })
    const nobodys = await made(admin, '/products', { name: 'nobodys' })
    const change = { name: 'changed' }
    const by = (who: object | null, id: number, body: object = change) =>
      statuses([who], 'PATCH', `/products/${id}`, body)
    expect(await by(seller, own)).toEqual([200])
    expect(await by(seller, others)).toEqual([403])
    expect(await by(seller, nobodys)).toEqual([403])
    expect(await by(null, own)).toEqual([401])
    expect(await by(admin, others)).toEqual([200])
    expect(await by(seller, own, { sellerId: 3 })).toEqual([403])
    const all = { where: { name: { contains: '' } }, data: { name: 'bulk' } }
    expect((await call(seller, 'PATCH', '/products/bulk', all)).data).toEqual({ count: 1 })
    expect((await call(admin, 'GET', `/products/${others}`)).data.name).toBe('changed')
  })

  it('lets nobody do what an empty list is said of', async () => {
    const id = await made(admin, '/products', { name: 'stays' })
    expect(await statuses([null, buyer, admin], 'DELETE', `/products/${id}`)).not.toContain(204)
    expect(await statuses([buyer, admin], 'DELETE', `/products/${id}`)).toEqual([403, 403])
    expect((await call(buyer, 'GET', `/products/${id}`)).status).toBe(200)
  })

  it('shows owners their rows alone, by whatever way they are read', async () => {
    const productId = await made(admin, '/products', { name: 'noted' })
    const mine = { text: 'mine', authorId: '3', productId }
    expect((await call(buyer, 'POST', '/notes', mine)).status).toBe(201)
    expect((await call(buyer, 'POST', '/notes', { ...mine, authorId: '4' })).status).toBe(403)
    const id = await made(editor, '/notes', { text: 'secret', authorId: '4', productId })
    const texts = async (who: object): Promise<string[]> =>
      (await call(who, 'GET', `/notes?where[productId]=${productId}&orderBy=text`)).data.map(
        ({ text }: { text: string }) => text,
      )
    expect(await texts(buyer)).toEqual(['mine'])
    expect(await texts(admin)).toEqual(['mine', 'secret'])
    expect(await statuses([buyer, editor, admin], 'GET', `/notes/${id}`)).toEqual([404, 200, 200])
    const { notes } = (await call(buyer, 'GET', `/products/${productId}?include=notes`)).data
    expect(notes.map(({ text }: { text: string }) => text)).toEqual(['mine'])
    const hidden = `where[notes][some][text]=secret&where[id]=${productId}`
    expect((await call(admin, 'GET', `/products?${hidden}`)).data).toHaveLength(1)
    expect((await call(seller, 'GET', `/products?${hidden}`)).data).toEqual([])
  })

  it('takes away from the policy of the schema, and gives no more than it', async () => {
    const id = await made(buyer, '/reviews', { text: 'fine' })
    const change = { text: 'edited' }
    const people = [null, admin, editor]
    expect(await statuses(people, 'PATCH', `/reviews/${id}`, change)).toEqual([401, 403, 200])
    expect(await statuses(people, 'GET', '/reviews')).toEqual([200, 200, 200])
    expect(await statuses(people, 'DELETE', `/reviews/${id}`)).toEqual([403, 403, 403])
  })

  it('asks before a route who is signed in, and for a role', async () => {
    const review = { text: 'x' }
    expect(await statuses([null, buyer], 'POST', '/reviews', review)).toEqual([401, 201])
    const bulk = { data: [review] }
    expect(await statuses([null, buyer], 'POST', '/reviews/bulk', bulk)).toEqual([401, 201])
    const people = [null, buyer, seller]
    for (const path of ['', '/count'])
      expect(await statuses(people, 'GET', `/products${path}`)).toEqual([401, 403, 200])
    expect(await statuses(people, 'POST', '/products/search', {})).toEqual([401, 403, 200])
  })

  it('limits a route by user, else by network, and tells what is left', async () => {
    const id = await made(buyer, '/reviews', { text: 'often' })
    const path = `/reviews/${id}`
    const first = await call(buyer, 'GET', path)
    expect(first.headers.get('ratelimit-policy')).toBe('"Review:get";q=3;w=60')
    expect(first.headers.get('ratelimit')).toMatch(/^"Review:get";r=2;t=(60|59)$/)
    expect(await statuses([buyer, buyer, buyer, editor], 'GET', path)).toEqual([200, 200, 429, 200])
    const last = await call(buyer, 'GET', path)
    expect(Number(last.headers.get('retry-after'))).toBeGreaterThan(50)
    expect(last.headers.get('ratelimit')).toMatch(/^"Review:get";r=0;t=/)
    expect(last.code).toBe('too_many_attempts')
    const anonymous = (n: number) =>
      fetch(`${app.url}/api${path}`, { headers: { 'x-forwarded-for': `192.0.2.${n}` } })
    const answers = await Promise.all([1, 2, 3, 4].map(anonymous))
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 200, 429])
    expect((await call(buyer, 'GET', '/reviews')).headers.get('ratelimit')).toBeNull()
  })

  it('limits all routes of a model together, those that fail too', async () => {
    const who = person('77')
    const first = await call(who, 'GET', '/notes/4242')
    expect([first.status, first.headers.get('ratelimit-policy')]).toEqual([404, '"Note";q=40;w=60'])
    const next = await call(who, 'GET', '/notes')
    expect(next.headers.get('ratelimit')).toMatch(/^"Note";r=38;/)
  })

  it('puts what is said of all routes before those of own code, too', async () => {
    const people = [null, buyer, admin]
    for (const path of ['/settings', '/settings/own'])
      expect(await statuses(people, 'GET', path)).toEqual([401, 403, 200])
    const own = await call(admin, 'GET', '/settings/own')
    expect([own.data, own.headers.get('ratelimit')]).toEqual([
      { own: true },
      expect.stringMatching(/^"Setting";r=2;/),
    ])
  })

  it('says in the OpenAPI document what is limited and what needs no sign-in', async () => {
    const { paths } = api.document
    expect(paths['/api/reviews/{id}'].get.responses).toHaveProperty('429')
    expect(paths['/api/reviews'].get.responses).not.toHaveProperty('429')
    expect(Object.keys(paths['/api/notes'].post.responses['201'].headers)).toEqual(
      expect.arrayContaining(['RateLimit', 'RateLimit-Policy']),
    )
  })
})

const OPEN = SCHEMA.replaceAll(/^\/\/\/.*\n/gm, '')

describe.each(oneKind())('at start, $framework, $mode', (kind) => {
  const refusal = async (said: Said, edits?: readonly Edit[], schema = SCHEMA): Promise<string> => {
    const app = startSaying({ ...kind, schema }, said, edits)
    return app.then(
      async (running) => `started; it ended with ${await running.stop()}`,
      ({ message }: Error) => message,
    )
  }

  it('says all at once what can not be, each with its place', async () => {
    const form = await refusal({
      Product: `permissions: { list: ['admin'], create: [''], update: [{ owns: 'sellerId' }] },
        middleware: { auth: ['read'], roles: { post: [] }, rateLimit: { max: 0, windowMs: 1500 } }`,
    })
    for (const text of [
      /'permissions' knows no more than read, create, update, delete;/,
      /'permissions.create.0' is an empty role/,
      /'permissions.update.0' is neither a role nor \{ owner: column \}/,
      /'middleware.auth.0' /,
      /'middleware.roles' knows no more than list, get, create, update, delete;/,
      /'middleware.rateLimit.max' /,
      /'middleware.rateLimit.windowMs' is not a whole number of seconds/,
    ])
      expect(form).toMatch(text)
    const columns = await refusal({
      Product: `permissions: { read: [{ owner: 'nobody' }], create: [{ owner: 'reviews' }], update: [{ owner: 'price' }] }`,
    })
    expect(columns).toContain(`'permissions.read' names 'nobody', which is no column`)
    expect(columns).toContain(`'permissions.create' names 'reviews', which is no column`)
    expect(columns).toContain(`'permissions.update' names 'price', which can't hold the id`)
    const closed = await refusal({ Review: `permissions: { delete: ['admin'] }` })
    expect(closed).toContain(`'permissions.delete' allows nothing, as by the policy in the schema`)
  })

  it.each([
    ['policies', SCHEMA],
    ['no policies', OPEN],
  ])('refuses to ask who is signed in where nobody can be: %s', async (_, schema) => {
    const said = {
      Product: `permissions: { read: ['a'] }, middleware: { auth: true, roles: ['a'] }`,
    }
    const message = await refusal(said, [], schema)
    for (const name of ['permissions', 'middleware.auth', 'middleware.roles'])
      expect(message).toContain(`'${name}' asks who is signed in, and nobody can be: add a plugin`)
  })

  it('does not type-check a name that is not there, and limits without sign-in', async () => {
    const said = { Product: `middleware: { rateLimit: { max: 2, windowMs: 60_000 } }` }
    const app = await startSaying({ ...kind, schema: OPEN }, said, [])
    try {
      const root = join(app.root, 'app')
      const all: number[] = []
      for (let n = 0; n < 3; n++) all.push((await fetch(`${app.url}/api/products`)).status)
      expect(all).toEqual([200, 200, 429])
      await writeFile(join(root, 'src', 'mistakes.ts'), MISTAKES[kind.mode])
      const tsc = join('node_modules', 'typescript', 'bin', 'tsc')
      const only = ['-p', 'tsconfig.build.json', '--noEmit']
      const ended = await run([process.execPath, tsc, ...only], { cwd: root })
      expect(ended).toEqual({ code: 0, output: '' })
    } finally {
      await app.stop()
    }
  })
})

/** Each of these lines is an error to the compiler; one that is none any more is. */
const WRONG = [
  `permissions: { raed: ['admin'] }`,
  `permissions: { update: [{ owner: 'sellerID' }] }`,
  `permissions: { update: [{ owner: 'reviews' }] }`,
  `middleware: { auth: ['raed'] }`,
  `middleware: { rateLimit: { max: 1, window: 1 } }`,
]
const MISTAKES = {
  layered: [
    `import { defineAccess } from './http/access.js'`,
    ...WRONG.map((text) => `// @ts-expect-error\ndefineAccess('Product', { ${text} })`),
    `// @ts-expect-error\ndefineAccess('Produkt', {})`,
    `defineAccess('Product', { permissions: { update: ['admin', { owner: 'sellerId' }] } })`,
  ].join('\n'),
  registry: [
    `import { defineRegistry } from './registry/registry.js'`,
    ...WRONG.map(
      (text) => `// @ts-expect-error\ndefineRegistry({ product: { routes: {}, ${text} } })`,
    ),
    `// @ts-expect-error\ndefineRegistry({ produkt: { routes: {} } })`,
    `defineRegistry({ product: { routes: {}, permissions: { update: [{ owner: 'sellerId' }] } } })`,
  ].join('\n'),
}
