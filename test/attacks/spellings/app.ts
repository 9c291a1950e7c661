import { randomBytes } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { startTarget, type RunningApp, type Target } from '../../contract/harness.js'
import type { Combination } from '../../examples/combinations.js'
import { TEST_ROUTES } from '../../policies/app.js'
import { applyEdits, type Edit } from '../../support/app-edits.js'
import { send, type Message } from './message.js'
import { CALLERS, type Credentials } from './requests.js'

/** What an app makes of a request. */
export type Decision = { readonly status: number; readonly rows: string }

/** @param edits defences that are taken out */
export async function spelledTarget(
  { framework, mode }: Combination,
  edits: readonly Edit[] = [],
): Promise<Target> {
  return {
    ...{ framework, mode, provider: 'sqlite', plugins: ['jwt', 'api-key'] },
    schema: await readFile(new URL('schema.prisma', import.meta.url), 'utf8'),
    env: { JWT_SECRET: randomBytes(32).toString('base64') },
    async edit(app) {
      const folder = mode === 'layered' ? 'models/note' : 'registry/custom'
      await writeFile(join(app, 'src', folder, 'note.custom.ts'), CUSTOM)
      await writeFile(join(app, 'src', 'test-endpoints.ts'), ENDPOINTS)
      await applyEdits(app, [...TEST_ROUTES, ...edits])
    },
  }
}

/** An app whose rows can be looked at and put back. */
export class SpelledApp {
  private clean = false

  private constructor(
    readonly app: RunningApp,
    readonly credentials: Credentials,
  ) {}

  static started = async (kind: Combination): Promise<SpelledApp> =>
    SpelledApp.of(await startTarget(await spelledTarget(kind)))

  static of = async (app: RunningApp): Promise<SpelledApp> =>
    new SpelledApp(app, await credentialsOf(app.url))

  /** Sends a request to an app whose rows are as they were at first. */
  async decide(message: Message): Promise<Decision> {
    if (!this.clean) await fetch(`${this.app.url}/test/reset`, { method: 'POST' })
    const status = await send(Number(new URL(this.app.url).port), message)
    const rows = await (await fetch(`${this.app.url}/test/dump`)).text()
    this.clean = rows === ROWS
    return { status, rows }
  }

  /** The patterns of the routes that took requests, as its log names them. */
  loggedRoutes(): readonly string[] {
    const named = this.app.log().matchAll(/"route":"([^"]+)"/g)
    return [...new Set([...named].map(([, pattern = '']) => pattern))].sort()
  }

  stop = (): Promise<unknown> => this.app.stop()
}

/** The rows as they are at first. */
export const ROWS = '{"notes":[{"id":1,"text":"one"},{"id":2,"text":"two"}],"tags":[]}'

const ENDPOINTS = `import { prisma } from './db.js'
import type { Endpoint } from './http/route.js'

export const testEndpoints: Endpoint[] = [
  {
    method: 'POST',
    path: '/test/reset',
    open: true,
    handler: async () => {
      await prisma.note.deleteMany()
      await prisma.tag.deleteMany()
      await prisma.note.createMany({ data: [{ id: 1, text: 'one' }, { id: 2, text: 'two' }] })
      return { status: 204 }
    },
  },
  {
    method: 'GET',
    path: '/test/dump',
    open: true,
    handler: async () => ({
      status: 200,
      body: {
        notes: await prisma.note.findMany({ orderBy: { id: 'asc' } }),
        tags: await prisma.tag.findMany({ orderBy: { id: 'asc' } }),
      },
    }),
  },
]
`

const CUSTOM = `import { defineRoutes } from '../../http/custom.js'

defineRoutes('Note', (route) => [
  route({
    method: 'GET',
    path: '/featured',
    summary: 'Those to be seen first',
    handler: async ({ db }) => ({
      status: 200,
      body: { data: await db.note.findMany() },
      headers: { 'Cache-Control': 'max-age=60' },
    }),
  }),
  route({
    method: 'POST',
    path: '/:id/publish',
    summary: 'Show it',
    handler: async ({ db, request }) => {
      const where = { id: Number(request.params['id']) }
      await db.note.update({ where, data: { text: 'published' } })
      return { status: 204 }
    },
  }),
])
`

async function credentialsOf(url: string): Promise<Credentials> {
  const post = async (path: string, body: object, headers: Record<string, string> = {}) => {
    const response = await fetch(`${url}/api/auth/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    })
    if (response.status !== 201) throw new Error(`${path}: ${response.status}`)
    return ((await response.json()) as { data: { accessToken: string; key: string } }).data
  }
  const person = { email: 'ada@example.com', password: 'a meadow in the fog' }
  const bearer = `Bearer ${(await post('register', person)).accessToken}`
  const scopes = CALLERS.filter((caller) => caller.includes(':'))
  const keys = scopes.map(async (scope) => {
    const body = { name: scope, scopes: [scope] }
    return [scope, [['X-API-Key', (await post('api-keys', body, { authorization: bearer })).key]]]
  })
  return {
    ...(Object.fromEntries(await Promise.all(keys)) as Credentials),
    nobody: [],
    user: [['Authorization', bearer]],
    stale: [['Authorization', `${bearer}x`]],
  }
}
