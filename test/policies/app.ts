import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { startTarget, type RunningApp, type Target } from '../contract/harness.js'
import { applyEdits, type Edit } from '../support/app-edits.js'
import { OpenApi } from '../support/openapi.js'
import type { Person } from './oracle.js'
import { modelsOf, type Scene, type World } from './scene.js'

export type Answer = {
  readonly status: number
  // oxlint-disable-next-line typescript/no-explicit-any
  readonly body: any
}

/** Makes and starts an app whose users are who they say they are, and whose rows can be put back and looked at. */
export const startApp = (
  scene: Scene,
  target: Target,
  edits: readonly Edit[] = [],
): Promise<RunningApp> => startTarget(targetFor(scene, target, edits))

/** The app of a scene. */
export function targetFor(scene: Scene, target: Target, edits: readonly Edit[] = []): Target {
  const { plugins = [], env = {} } = scene
  return {
    ...target,
    plugins: [...plugins, ...(target.plugins ?? [])],
    env,
    schema: scene.text.replace('provider = "sqlite"', `provider = "${target.provider}"`),
    async edit(app) {
      await writeFile(join(app, 'src', 'test-endpoints.ts'), endpointsOf(scene, target.provider))
      await applyEdits(app, [...TEST_ROUTES, ...scene.edits, ...edits])
    },
  }
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

function endpointsOf(scene: Scene, provider: string): string {
  const { imports, list } = scene.endpoints ?? { imports: '', list: '' }
  const relations = scene.schema.models.flatMap(({ name: model, fields }) =>
    fields.flatMap((field) => (field.kind === 'relation' ? [{ model, field }] : [])),
  )
  const cycles = relations
    .filter(({ field }) => field.owning && field.self)
    .flatMap(({ model, field }) => field.fields.map((column) => ({ model, column })))
  const links = relations
    .filter(({ model, field }) => scene.world[model]!.some((row) => Array.isArray(row[field.name])))
    .map(({ model, field }) => ({ model, name: field.name }))
  const hidden = Object.fromEntries(
    scene.schema.models.map(({ name, fields }) => [
      name,
      fields.filter(({ annotations }) => annotations.hidden).map((field) => field.name),
    ]),
  )
  return `${imports}import { prisma } from './db.js'
import type { Endpoint } from './http/route.js'

type Row = Record<string, any>
type Rows = Record<string, Row[]>
const order: string[] = ${JSON.stringify(modelsOf(scene))}
const cycles: { model: string; column: string }[] = ${JSON.stringify(cycles)}
const hidden: Record<string, string[]> = ${JSON.stringify(hidden)}
const kept: string[] = ${JSON.stringify(scene.kept ?? [])}
const links: { model: string; name: string }[] = ${JSON.stringify(links)}
const numbered: { model: string; column: string }[] = ${JSON.stringify(provider === 'postgresql' ? numberedBy(scene) : [])}
const table = (model: string): any => (prisma as any)[model[0]!.toLowerCase() + model.slice(1)]
const columns = (model: string, row: Row): Row =>
  Object.fromEntries(
    Object.entries(row).filter(([name]) => !links.some((it) => it.model === model && it.name === name)),
  )

export const testEndpoints: Endpoint[] = [
  {
    method: 'POST',
    path: '/test/reset',
    handler: async ({ body }) => {
      const rows = body as Rows
      const tables = kept.map((name) => (prisma as any)[name])
      const saved = await Promise.all(tables.map((it) => it.findMany()))
      for (const { model, column } of cycles)
        await table(model).updateMany({ data: { [column]: null } })
      for (const model of [...order].reverse()) await table(model).deleteMany()
      for (const model of order)
        await table(model).createMany({ data: rows[model]!.map((row) => columns(model, row)) })
      for (const [index, it] of tables.entries()) await it.createMany({ data: saved[index] })
      // Rows that come with their numbers don't move PostgreSQL's sequences on.
      for (const { model, column } of numbered)
        await prisma.$queryRawUnsafe(
          \`SELECT setval(pg_get_serial_sequence('"\${model}"', '\${column}'), 1000)::text\`,
        )
      for (const { model, name } of links)
        for (const { id, [name]: ids } of rows[model]!)
          await table(model).update({
            where: { id },
            data: { [name]: { connect: ids.map((it: unknown) => ({ id: it })) } },
          })
      return { status: 204 }
    },
  },
  {
    method: 'GET',
    path: '/test/dump',
    handler: async () => {
      const world: Rows = {}
      for (const model of order) {
        const names = links.filter((it) => it.model === model).map(({ name }) => name)
        const include = Object.fromEntries(names.map((name) => [name, true]))
        const found: Row[] = await table(model).findMany({
          ...(names.length > 0 ? { include } : {}),
          // The client leaves them out by itself.
          omit: Object.fromEntries(hidden[model]!.map((name) => [name, false])),
        })
        world[model] = found.map((row) => ({
          ...row,
          ...Object.fromEntries(names.map((name) => [name, row[name].map((it: Row) => it['id']).sort()])),
        }))
      }
      return { status: 200, body: world }
    },
  },
${list}]
`
}

/** Columns that the database numbers; neither scene maps names. */
const numberedBy = ({ schema }: Scene): { model: string; column: string }[] =>
  schema.models.flatMap(({ name: model, fields }) =>
    fields.flatMap((field) =>
      field.kind === 'scalar' &&
      field.default?.kind === 'function' &&
      field.default.name === 'autoincrement'
        ? [{ model, column: field.name }]
        : [],
    ),
  )

/** Calls the app as somebody. */
export class Caller {
  private clean = false
  private api: Promise<OpenApi> | undefined

  constructor(
    readonly app: RunningApp,
    private readonly scene: Scene,
    private readonly headersOf: (who: Person) => Readonly<Record<string, string>>,
  ) {}

  /** Signs everybody in. */
  static async of(app: RunningApp, scene: Scene): Promise<Caller> {
    // Who signs in must be there.
    await new Caller(app, scene, () => ({})).reset()
    return new Caller(app, scene, await scene.signIn(app))
  }

  async send(who: Person | null, method: string, path: string, body?: unknown): Promise<Answer> {
    const response = await fetch(this.app.url + path, {
      method,
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(who === null ? {} : this.headersOf(who)),
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
    const { status, body } = await this.send(null, 'POST', '/test/reset', this.scene.world)
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
