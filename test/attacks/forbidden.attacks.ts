import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { undefended, type RunningApp } from '../contract/harness.js'
import { oneKind, TWO } from '../examples/combinations.js'
import type { Edit } from '../support/app-edits.js'
import { deep } from '../support/deep.js'
import { UNREAD_COLUMNS, UNREAD_LINKS } from './forbidden/kinds.js'
import { Observed, shown } from './forbidden/observed.js'
import { OWN_CODE } from './forbidden/own-code.js'
import { columnWays, linkWays } from './forbidden/reads.js'
import { UNWRITTEN, WRITTEN } from './forbidden/unwritten.js'
import { ADMIN, Caller, forbiddenTarget, startForbidden } from './forbidden/world.js'
import type { Write } from './forbidden/writes.js'

// What may not be read is known to leak where an answer depends on it: each request is made in two worlds that differ
// in nothing else. The same request for what everybody may read must tell the worlds apart, or it would prove nothing.

/** What may not be read, the ways to it, and the same ways to its twin. */
const UNREAD = [
  ...UNREAD_COLUMNS.map(({ kind, it: column, twin, admin }) => ({
    ...{ kind, admin, ways: columnWays(column), twins: columnWays(twin) },
  })),
  ...UNREAD_LINKS.map(({ kind, it: link, twin, admin }) => ({
    ...{ kind, admin, ways: linkWays(link), twins: linkWays(twin) },
  })),
]
const FOR_ADMINS = UNREAD.filter(({ admin }) => admin)

/** An app that runs as long as the tests beside it. */
function running(kind: (typeof TWO)[number], edits: readonly Edit[] = []): () => Caller {
  let app: RunningApp | undefined
  beforeAll(async () => {
    app = await startForbidden(kind, edits)
  })
  afterAll(() => app?.stop())
  return () => new Caller(app!)
}

/** Those of some writes that were not refused with the place of what is wrong. */
async function accepted(caller: Caller, writes: readonly Write[]): Promise<string[]> {
  await caller.enter('base')
  const took: string[] = []
  for (const { request } of writes) {
    const { status, text } = await caller.send(request)
    if (status !== 400 || !text.includes('"errors":[{"path":"')) took.push(shown({ request }))
  }
  return took
}

/** Reading is the same code in every app. */
function reading(caller: () => Caller): void {
  let observed: Observed

  beforeAll(async () => {
    observed = new Observed(caller())
    const ways = UNREAD.flatMap((it) => it.ways)
    const twins = UNREAD.flatMap((it) => it.twins)
    await observed.ask([...ways, ...twins], 'base')
    await observed.ask(ways, 'unread')
    await observed.ask(twins, 'open')
    const forAdmins = FOR_ADMINS.flatMap((it) => it.ways)
    for (const world of ['base', 'unread'] as const) await observed.ask(forAdmins, world, ADMIN)
  })

  it.each(UNREAD)('no request tells of $kind', ({ ways }) => {
    expect(observed.telling(ways, 'unread')).toEqual([])
  })

  it.each(UNREAD)('every request tells of what is open and like $kind', ({ twins }) => {
    expect(observed.telling(twins, 'open')).toEqual(twins.map(shown))
  })

  it.each(FOR_ADMINS)('every request tells an admin of $kind', ({ ways }) => {
    expect(observed.telling(ways, 'unread', ADMIN)).toEqual(ways.map(shown))
  })
}

describe.each(oneKind())('$framework, $mode', (kind) => {
  const caller = running(kind)
  describe('reading', () => {
    reading(caller)
  })

  it.each(UNWRITTEN)('no request writes $kind', async ({ writes }) => {
    expect(await accepted(caller(), writes)).toEqual([])
  })

  it.each(WRITTEN)('every request writes $kind', async ({ writes }) => {
    await caller().enter('base')
    const before = await caller().dump()
    const wrong: string[] = []
    for (const { request, refused } of writes) {
      const { status, text } = await caller().send(request)
      if (status !== (refused ? 400 : request[0] === 'POST' ? 201 : 200))
        wrong.push(`${shown({ request })}: ${text}`)
    }
    expect(wrong).toEqual([])
    expect(await caller().dump()).not.toBe(before)
  })

  it('describes nothing of what is hidden', async () => {
    const { text, status } = await caller().send(['GET', '/openapi.json'])
    expect(status).toBe(200)
    const named = text.match(
      /["`.](veiled|seal\w*|kep\w*|keeper|caves?|caveCode|stain\w*|chip)["`.]/g,
    )
    expect(named).toBeNull()
    for (const name of ['plain', 'openId', 'opener', 'open', 'yardCode', 'yards', 'tags', 'medal'])
      expect(text).toContain(`"${name}"`)
  })

  it('keeps what is hidden when the rest of a row is replaced', async () => {
    await caller().enter('base')
    const hidden = (row: Readonly<Record<string, unknown>>) =>
      ['veiled', 'sealedId', 'keptId', 'caveCode'].map((name) => row[name])
    const before = await caller().rows('thing')
    expect((await caller().send(['PUT', '/api/things/1', { title: 'new' }])).status).toBe(200)
    const [after] = await caller().rows('thing')
    expect(after).toMatchObject({ title: 'new', plain: null, openId: null })
    expect(hidden(after!)).toEqual(hidden(before[0]!))
  })

  it.each(OWN_CODE)('own code sees whole rows in $what', async ({ holds }) => {
    await caller().enter('base')
    await holds(caller())
  })
})

/** Each part of what keeps all this, taken out. */
const UNDEFENDED: readonly Edit[] = [
  {
    file: 'src/http/lookup.ts',
    find: '=> !field.hidden && !field.readonly',
    replace: '=> isRelation(field) || !field.readonly',
  },
  {
    file: 'src/http/lookup.ts',
    find: '=> !field.hidden && !field.writeonly',
    replace: '=> isRelation(field) || (!field.hidden && !field.writeonly)',
  },
  {
    file: 'src/policies/grants.ts',
    find: 'isRelation(field) && field.fields ?',
    replace: 'isRelation(field) && field.fields && !name ?',
  },
  {
    file: 'src/policies/filter.ts',
    find: "return fields ? true : grants.field(model, inverse, 'read')",
    replace: "return fields ?? !model ? grants.field(model, inverse, 'read') : true",
  },
  {
    file: 'src/policies/withheld.ts',
    find: '  withheld.set(row, {',
    replace: '  if (names === undefined) withheld.set(row, {',
  },
  { file: 'src/policies/withheld.ts', find: '  withheld.set(empty, row)\n', replace: '' },
]

it.skipIf(deep)('finds each of the defences that test:deep takes out', async () => {
  await undefended(await forbiddenTarget(TWO[0]!, UNDEFENDED), () => Promise.resolve())
})

describe.runIf(deep)('undefended', () => {
  const caller = running(TWO[0]!, UNDEFENDED)

  it.each(UNREAD.slice(UNREAD_COLUMNS.length))('some request tells of $kind', async ({ ways }) => {
    const observed = new Observed(caller())
    const some = ways.filter((_, index) => index % 4 === 0)
    for (const world of ['base', 'unread'] as const) await observed.ask(some, world)
    expect(observed.telling(some, 'unread')).not.toEqual([])
  })

  it.each(UNWRITTEN.filter(({ kind }) => kind.includes('hidden')))(
    'some request writes $kind',
    async ({ writes }) => {
      expect(await accepted(caller(), writes)).not.toEqual([])
    },
  )

  it.each(OWN_CODE)('own code sees too little in $what', async ({ holds }) => {
    await caller().enter('base')
    await expect(holds(caller())).rejects.toThrow('expected')
  })
})
