import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { startTarget, type RunningApp, type Target } from '../contract/harness.js'
import { applyEdits, type Edit } from '../support/app-edits.js'
import { OpenApi } from '../support/openapi.js'
import type { Person } from './oracle.js'
import { MODELS, WORLD, type World } from './world.js'

export type Answer = {
  readonly status: number
  // oxlint-disable-next-line typescript/no-explicit-any
  readonly body: any
}

export const schemaText = async (provider: string): Promise<string> => {
  const text = await readFile(fileURLToPath(new URL('schema.prisma', import.meta.url)), 'utf8')
  return text.replace('provider = "sqlite"', `provider = "${provider}"`)
}

/** Makes and starts an app whose users are who they say they are, and whose rows can be put back and looked at. */
export async function startApp(target: Target, edits: readonly Edit[] = []): Promise<RunningApp> {
  return startTarget({
    ...target,
    schema: await schemaText(target.provider),
    async edit(app) {
      await writeFile(join(app, 'src', 'test-endpoints.ts'), ENDPOINTS)
      await applyEdits(app, [...TEST_EDITS, ...edits])
    },
  })
}

/** Adds routes of `src/test-endpoints.ts`, which lie outside the API. */
export const TEST_ROUTES: readonly Edit[] = [
  {
    file: 'src/app.ts',
    find: '...healthEndpoints,',
    replace: '...healthEndpoints, ...testEndpoints,',
  },
  {
    file: 'src/app.ts',
    find: `import { env } from './env.js'`,
    replace: `import { env } from './env.js'\nimport { testEndpoints } from './test-endpoints.js'`,
  },
]

const TEST_EDITS: readonly Edit[] = [
  {
    file: 'src/http/authenticate.ts',
    find: '// One line each, yours among them.',
    replace: `async ({ header }) => JSON.parse(header('x-test-user') ?? 'null') as User | null,`,
  },
  ...TEST_ROUTES,
]

const ENDPOINTS = `import { prisma } from './db.js'
import type { Endpoint } from './http/route.js'

type Rows = Record<string, Record<string, unknown>[]>
const order = ${JSON.stringify(MODELS)}
const table = (model: string): any => (prisma as any)[model[0]!.toLowerCase() + model.slice(1)]

export const testEndpoints: Endpoint[] = [
  {
    method: 'POST',
    path: '/test/reset',
    handler: async ({ body }) => {
      const rows = body as Rows
      await prisma.task.updateMany({ data: { parentId: null } })
      await prisma.user.updateMany({ data: { bossId: null } })
      for (const model of [...order].reverse()) await table(model).deleteMany()
      for (const model of order)
        await table(model).createMany({ data: rows[model]!.map(({ tags, ...row }) => row) })
      for (const { id, tags } of rows['Project']!)
        await prisma.project.update({
          where: { id: id as number },
          data: { tags: { connect: (tags as number[]).map((tag) => ({ id: tag })) } },
        })
      return { status: 204 }
    },
  },
  {
    method: 'GET',
    path: '/test/dump',
    handler: async () => {
      const world: Rows = {}
      for (const model of order) world[model] = await table(model).findMany()
      const linked = await prisma.project.findMany({ include: { tags: true } })
      world['Project'] = linked.map(({ tags, ...row }) => ({
        ...row,
        tags: tags.map(({ id }) => id).sort(),
      }))
      return { status: 200, body: world }
    },
  },
]
`

/** Calls the app as somebody. */
export class Caller {
  private clean = false
  private api: Promise<OpenApi> | undefined

  constructor(readonly app: RunningApp) {}

  async send(who: Person | null, method: string, path: string, body?: unknown): Promise<Answer> {
    const response = await fetch(this.app.url + path, {
      method,
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(who === null ? {} : { 'x-test-user': JSON.stringify(who) }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    const { status } = response
    if (status === 500) throw new Error(`${method} ${path}: 500\n${await this.errors()}`)
    const answer = { status, body: text === '' ? undefined : JSON.parse(text) }
    if (path.startsWith('/api/')) await this.check(method, path, body, answer, response.headers)
    return answer
  }

  /** The errors that the app has logged. Its log comes by a pipe, a moment after the answer. */
  private async errors(): Promise<string> {
    await setTimeout(100)
    const errors = this.app
      .log()
      .split('\n')
      .filter((line) => line.includes('"level":50'))
    return errors.slice(-2).join('\n')
  }

  /** @throws Error when the exchange is not as the app's OpenAPI document says */
  private async check(
    method: string,
    path: string,
    sent: unknown,
    { status, body }: Answer,
    headers: Headers,
  ): Promise<void> {
    this.api ??= fetch(`${this.app.url}/openapi.json`).then(
      async (response) => new OpenApi(await response.json()),
    )
    const exchange = { status, headers, type: headers.get('content-type'), body }
    const asked = status < 300 ? { sent } : { sent: undefined }
    const wrong = (await this.api).mismatches({ method, path, ...asked, ...exchange })
    if (wrong.length > 0)
      throw new Error(`${method} ${path}: not as /openapi.json says: ${wrong.join('; ')}`)
  }

  /** Puts all rows back, unless they are as they were. */
  async reset(): Promise<void> {
    if (this.clean) return
    const { status, body } = await this.send(null, 'POST', '/test/reset', WORLD)
    if (status !== 204) throw new Error(`Reset: ${status} ${JSON.stringify(body)}`)
    this.clean = true
  }

  /** Makes one write and says what all rows are afterwards. */
  async write(
    who: Person | null,
    method: string,
    path: string,
    body?: unknown,
  ): Promise<Answer & { readonly after: World }> {
    await this.reset()
    const answer = await this.send(who, method, path, body)
    if (answer.status < 300) this.clean = false
    return { ...answer, after: (await this.send(null, 'GET', '/test/dump')).body as World }
  }
}
