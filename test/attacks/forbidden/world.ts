import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { startTarget, type RunningApp, type Target } from '../../contract/harness.js'
import { TEST_ROUTES } from '../../policies/app.js'
import { applyEdits, type Edit, SIGN_IN } from '../../support/app-edits.js'

type Row = Readonly<Record<string, unknown>>

/** Which rows are other ones than in `base`. */
export type World = 'base' | 'unread' | 'open'

const KEYS = ['sealed', 'kept', 'inked', 'ruled', 'named', 'part']
const TEXTS = ['veiled', 'typed', 'price']

/**
 * All rows. In `unread` all that may not be read has changed places, and nothing else; in `open` all that everybody
 * may read.
 */
function rowsOf(world: World): Readonly<Record<string, readonly Row[]>> {
  const unread = world === 'unread'
  const open = world === 'open'
  // One row is of the first kind and two of the second, or the other way round.
  const pick = <T>(id: number, swapped: boolean, first: T, second: T): T =>
    (id === 1) === swapped ? second : first
  const things = [1, 2, 3].map((id) => ({
    ...{ id, title: `t${id}`, size: 1, free: false, fixed: 'aa', boundId: 1 },
    stuckId: pick(id, false, 1, 2),
    plain: pick(id, open, 'aa', 'bb'),
    ...Object.fromEntries(TEXTS.map((name) => [name, pick(id, unread, 'aa', 'bb')])),
    openId: pick(id, open, 1, 2),
    ...Object.fromEntries(KEYS.map((name) => [`${name}Id`, pick(id, unread, 1, 2)])),
    ...{ yardTenant: 1, yardCode: pick(id, open, 1, 2) },
    ...{ caveTenant: 1, caveCode: pick(id, unread, 1, 2) },
    ...{ siteTenant: 1, siteCode: pick(id, unread, 1, 2) },
    tags: { connect: [{ id: pick(id, open, 1, 2) }] },
    marks: { connect: [{ id: pick(id, unread, 1, 2) }] },
    stains: { connect: [{ id: pick(id, unread, 1, 2) }] },
  }))
  const held = (swapped: boolean): Row[] =>
    [1, 2, 3].map((id) => ({
      ...{ id, title: `t${id}`, size: 1 },
      holderId: id === 3 || !swapped ? id : 3 - id,
    }))
  const named = (stem: string): Row[] => [1, 2, 3].map((id) => ({ id, name: `${stem}${id}` }))
  return {
    person: named('n'),
    place: [1, 2, 3].map((code) => ({ tenant: 1, code, name: `n${code}` })),
    tag: named('n'),
    mark: named('n'),
    stain: named('n'),
    // The fourth may be read, by a rule that asks for it.
    thing: [...things, { id: 4, title: 't4', free: true, partId: 1 }],
    medal: held(open),
    badge: held(unread),
    chip: held(unread),
    safe: [
      { id: 1, label: 'shut', locked: true, code: 'sesame' },
      { id: 2, label: 'ajar', locked: false, code: 'sesame' },
    ],
    note: [1, 2, 3].map((id) => ({ id, text: `x${id}`, thingId: id, safeId: 2 })),
    reply: [{ id: 1, text: 'x', noteId: 1 }],
    letter: [],
  }
}

const endpoints = `import { prisma } from './db.js'
import type { Endpoint } from './http/route.js'

type Write = (args: object) => Promise<unknown>
type Table = { deleteMany: Write; create: Write; createMany: Write }
const tables = (db: object) => db as Record<string, Table>

export const testEndpoints: Endpoint[] = [
  {
    method: 'POST',
    path: '/test/world',
    handler: async ({ body }) => {
      const rows = Object.entries(body as Record<string, object[]>)
      await prisma.$transaction(async (db) => {
        for (const [name] of [...rows].reverse()) await tables(db)[name]!.deleteMany({})
        for (const [name, all] of rows) {
          // Rows that are connected with others are made one by one.
          if (name !== 'thing') await tables(db)[name]!.createMany({ data: all })
          else for (const data of all) await tables(db)[name]!.create({ data })
        }
      })
      return { status: 204 }
    },
  },
  {
    method: 'GET',
    path: '/test/dump',
    handler: async () => {
      const thing = await prisma.thing.findMany({
        omit: { veiled: false, typed: false, sealedId: false, keptId: false, inkedId: false, caveCode: false },
        include: { tags: true, marks: true, stains: true },
      })
      const chip = await prisma.chip.findMany({ omit: { holderId: false } })
      const safe = await prisma.safe.findMany({ omit: { code: false } })
      const [badge, medal] = await Promise.all([prisma.badge.findMany(), prisma.medal.findMany()])
      return { status: 200, body: { thing, chip, badge, medal, safe } }
    },
  },
]
`

/** Own code that decides and computes by what its caller may not read. */
const ownCode = (to: string): string => `import { z } from 'zod'
import { defineComputed, defineHooks } from '${to}/http/custom.js'
import { Problem } from '${to}/http/problem.js'

const refuseLocked = (row: { locked: boolean; code: string }): void => {
  if (row.locked || row.code === undefined) throw new Problem(409, 'locked')
}

defineHooks('Safe', {
  afterCreate: refuseLocked,
  beforeUpdate: (_, row) => refuseLocked(row),
  afterUpdate(row, before) {
    refuseLocked(before)
    if (row.locked === undefined || row.code === undefined) throw new Problem(409, 'incomplete')
  },
  beforeDelete: refuseLocked,
  afterDelete: refuseLocked,
})

defineHooks('Letter', {
  afterCreate({ text }) {
    if (text === undefined) throw new Problem(409, 'incomplete')
    if (text === 'refuse') throw new Problem(409, 'refused')
  },
})

defineComputed('Safe', (field) => ({
  heavy: field({
    type: z.string(),
    needs: ['weight', 'code'],
    compute: ({ weight, code }) => \`\${weight} \${code}\`,
  }),
}))
`

/** Makes and starts the app. Who calls is who he says he is. */
export const startForbidden = async (
  ...choices: Parameters<typeof forbiddenTarget>
): Promise<RunningApp> => startTarget(await forbiddenTarget(...choices))

export async function forbiddenTarget(
  kind: Pick<Target, 'framework' | 'mode'>,
  edits: readonly Edit[] = [],
): Promise<Target> {
  return {
    ...kind,
    provider: 'sqlite',
    schema: await readFile(new URL('schema.prisma', import.meta.url), 'utf8'),
    async edit(app) {
      await writeFile(join(app, 'src', 'test-endpoints.ts'), endpoints)
      const layered = kind.mode === 'layered'
      const folder = join(app, 'src', layered ? 'models' : 'registry')
      await writeFile(join(folder, 'own.custom.ts'), ownCode('..'))
      await applyEdits(app, [...TEST_ROUTES, SIGN_IN, ...emptied(layered), ...edits])
    },
  }
}

/** What is written once for a model says nothing of it yet, and may not be said twice. */
const emptied = (layered: boolean): Edit[] =>
  ['Safe', 'Letter'].map((model) => {
    const name = model.toLowerCase()
    const file = layered ? `models/${name}/${name}` : `registry/custom/${name}`
    return { file: `src/${file}.custom.ts`, find: `defineHooks('${model}', {})`, replace: '' }
  })

export type Answer = {
  readonly status: number
  readonly body: unknown
  /** Status, body and ETag as text: what two answers are compared by. */
  readonly text: string
}

export const READER = { id: '1', via: 'JWT', claims: {} }
export const ADMIN = { id: '2', via: 'JWT', claims: { role: 'admin' } }

/** One request: its method, address and body. */
export type Request = readonly [method: string, path: string, body?: unknown]

/** Calls an app. */
export class Caller {
  constructor(private readonly app: RunningApp) {}

  async send([method, path, body]: Request, who: object = READER): Promise<Answer> {
    const response = await fetch(this.app.url + encodeURI(path), {
      method,
      headers: {
        'x-test-user': JSON.stringify(who),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const { status, headers } = response
    const text = await response.text()
    if (status === 500) throw new Error(`${method} ${path}: 500\n${this.app.log().slice(-2000)}`)
    return {
      status,
      body: text === '' ? undefined : JSON.parse(text),
      text: `${status} ${headers.get('etag') ?? ''} ${text.replace(/"instance":"[^"]*"/, '')}`,
    }
  }

  async enter(world: World): Promise<void> {
    const { status, text } = await this.send(['POST', '/test/world', rowsOf(world)])
    if (status !== 204) throw new Error(`The world '${world}' was not made: ${text}`)
  }

  /** All rows that a request may change, as text. */
  async dump(): Promise<string> {
    return (await this.send(['GET', '/test/dump'])).text
  }

  /** The rows of a model, each whole. */
  async rows(model: string): Promise<readonly Row[]> {
    const { body } = await this.send(['GET', '/test/dump'])
    return (body as Readonly<Record<string, readonly Row[]>>)[model]!
  }
}
