import { copyFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { schemaFor, startTarget, type RunningApp, type Target } from '../contract/harness.js'
import { loadSchema } from '../../src/schema/load.js'
import type { Schema } from '../../src/schema/model.js'
import { targetFor, TEST_ROUTES } from '../policies/app.js'
import { scene } from '../policies/everything.js'
import { Oracle } from '../policies/oracle.js'
import { modelsOf, type World } from '../policies/scene.js'
import { PEOPLE, WORLD } from '../policies/world.js'
import { applyEdits, type Edit } from '../support/app-edits.js'
import { wrongCount, wrongReads, wrongWrites } from './audit.js'
import type { Guard, Subject } from './fuzz.js'
import { operationsOf } from './operations.js'
import type { Row } from './rows.js'
import type { Wire } from './wire.js'

export type Kind = Pick<Target, 'framework' | 'mode' | 'provider' | 'databaseUrl'>

const loaded = (content: string): Promise<Schema> =>
  loadSchema({ files: [{ path: 'schema.prisma', content }] })

async function reset(wire: Wire, rows?: object): Promise<void> {
  const headers = { 'content-type': 'application/json' }
  const body = rows === undefined ? '' : JSON.stringify(rows)
  const { status, text } = await wire.send({ method: 'POST', path: '/test/reset', headers, body })
  if (status !== 204) throw new Error(`Reset: ${status} ${text}`)
}

/** As lists tell them. */
async function keysOf({ models }: Schema, wire: Wire): Promise<Record<string, string[]>> {
  const { body } = await wire.send({ method: 'GET', path: '/openapi.json', headers: {} })
  const lists = operationsOf(body).filter(({ id }) => id.startsWith('list'))
  const keys: Record<string, string[]> = {}
  for (const { path, node } of lists) {
    const { name, key } = models.find((model) => model.name === node.tags[0])!
    const list = (await wire.send({ method: 'GET', path, headers: {} })).body as { data: Row[] }
    keys[name] = list.data.map((row) =>
      key!.fields.map((field) => encodeURIComponent(String(row[field]))).join('/'),
    )
  }
  return keys
}

/** Every scalar type and every kind of key, open to everybody. */
export const everything = {
  name: 'every type',

  async start(kind: Kind): Promise<RunningApp> {
    return startTarget({
      ...kind,
      schema: await schemaFor(kind.provider),
      async edit(app) {
        const endpoints = fileURLToPath(new URL('files/test-endpoints.ts', import.meta.url))
        await copyFile(endpoints, join(app, 'src', 'test-endpoints.ts'))
        await applyEdits(app, TEST_ROUTES)
      },
    })
  },

  async subject({ provider }: Kind): Promise<Subject> {
    const schema = await loaded(await schemaFor(provider))
    return {
      schema,
      keys: (wire) => keysOf(schema, wire),
      words: [
        ...[
          'post-1',
          'post-2',
          'post-4',
          'slug-1',
          'one',
          'two',
          'odd',
          'even',
          'name 1',
          'pe',
          'a/b',
        ],
        ...['author1@example.org', 'tag 1', 'label 2', '1', '2', '1/1', 'post-1/1', 'pe/one', '%'],
      ],
      secrets: ['zebra-', '19048276'],
      reset: (wire) => reset(wire),
      guard: () => ({
        begin: () => Promise.resolve(),
        headers: () => ({}),
        judge: () => Promise.resolve([]),
      }),
    }
  },
}

/** Rules on rows and columns, held against the oracle. */
export const policies = {
  name: 'policies',

  start: (kind: Kind): Promise<RunningApp> => startTarget(policies.target(kind)),

  target: (kind: Kind, edits: readonly Edit[] = []): Target => targetFor(scene, kind, edits),

  async subject(): Promise<Subject> {
    const { schema } = scene
    const oracle = new Oracle(schema, WORLD, null)
    const ids = modelsOf(scene).map((model) => [
      model,
      WORLD[model]!.map((row) => oracle.idOf(model, row)),
    ])
    return {
      schema,
      keys: () => Promise.resolve(Object.fromEntries(ids)),
      words: [
        ...['one', 'two', 'user 1', 'project 1', 'task 3', 'red', 'black', 'note 1', 'Peru', 'pro'],
        ...['u1@example.org', '1', '2', '1/1', '2/3', 'begun', 'first'],
      ],
      secrets: [],
      reset: (wire) => reset(wire, WORLD),
      guard: (wire) => new PolicyGuard(schema, wire),
    }
  },
}

const ABLE = PEOPLE.filter((who) => /^(an owner|an admin|one of two roles)/.test(who?.name ?? ''))

/** Knows how all rows are, and holds answers and changes against the rules. */
class PolicyGuard implements Guard {
  private world: World = WORLD
  private who: (typeof PEOPLE)[number] = null

  constructor(
    private readonly schema: Schema,
    private readonly wire: Wire,
  ) {}

  begin = async (): Promise<void> => {
    this.world = await this.dump()
  }

  headers = (chance: number): Readonly<Record<string, string>> => {
    // Half of the time one who may do something.
    const people = chance % 2 === 0 ? PEOPLE : ABLE
    this.who = people[chance % people.length]!
    return this.who === null ? {} : { 'x-test-user': JSON.stringify(this.who) }
  }

  judge: Guard['judge'] = async ({ method }, { status, body }, model) => {
    const { schema, world, who } = this
    const reads = method === 'GET' || method === 'HEAD' || method === 'OPTIONS'
    if (!reads) this.world = await this.dump()
    const wrong = reads ? [] : wrongWrites(schema, world, this.world, who)
    if (!reads && status >= 300 && JSON.stringify(world) !== JSON.stringify(this.world))
      wrong.push(`changes rows, and answers ${status}`)
    const count = (body as { data?: { count?: unknown } } | undefined)?.data?.count
    if (status === 200 && model !== undefined && method === 'GET' && typeof count === 'number')
      wrong.push(...wrongCount(schema, this.world, who, model, count))
    else if (status < 300 && model !== undefined && body !== undefined)
      wrong.push(...wrongReads(schema, this.world, who, model, body))
    return wrong.map((text) => `${who?.name ?? 'nobody'}: ${text}`)
  }

  private async dump(): Promise<World> {
    const { status, body, text } = await this.wire.send({
      method: 'GET',
      path: '/test/dump',
      headers: {},
    })
    if (status !== 200) throw new Error(`Dump: ${status} ${text}`)
    return body as World
  }
}
