import { expect, it } from 'vitest'
import type { Field, RelationField } from '../../src/schema/model.js'
import type { Caller } from './app.js'
import { Oracle } from './oracle.js'
import { columnsOf, pivotOf } from './columns.js'
import { modelsOf, nameOf, type Row, type Scene } from './scene.js'

/** What is counted at the end: questions asked, and answers other than the oracle's. */
export type Tally = { asked: number; readonly wrong: string[] }

type Asking = { readonly scene: Scene; readonly caller: () => Caller; readonly tally: Tally }

const isRelation = (field: Field): field is RelationField => field.kind === 'relation'

/** Everything that is read, by everybody. */
export function reading(asking: Asking): void {
  const { scene, caller, tally } = asking
  const { schema, world, people } = scene
  const each = people.flatMap((who) =>
    modelsOf(scene).map((model) => [nameOf(who), model, who] as const),
  )

  it.each(each)('%s reads of %s what the oracle says', async (_, model, who) => {
    const oracle = new Oracle(schema, world, who)
    const before = tally.wrong.length
    const questions = [
      () => lists(asking, oracle, model),
      () => rows(asking, oracle, model),
      () => included(asking, oracle, model),
      () => filtered(asking, oracle, model),
      () => asked(asking, oracle, model),
    ]
    await caller().reset()
    for (const ask of questions) await ask()
    expect(tally.wrong.slice(before)).toEqual([])
  })
}

function note({ tally }: Asking, what: string, got: unknown, wanted: unknown): void {
  tally.asked += 1
  if (JSON.stringify(got) !== JSON.stringify(wanted))
    tally.wrong.push(`${what}: ${JSON.stringify(got)}, not ${JSON.stringify(wanted)}`)
}

const sorted = (ids: readonly string[]): string[] => [...ids].sort()

/** Ids of a list; nothing may be answered instead where the oracle says there is nothing. */
async function list({ caller }: Asking, oracle: Oracle, model: string, query: string) {
  const { status, body } = await caller().send(
    oracle.who,
    'GET',
    `${oracle.pathOf(model)}?take=${oracle.rows(model).length}${query}`,
  )
  if (status === 401 || status === 403) return { ids: [], total: 0, rows: [], refused: true }
  if (status !== 200) throw new Error(`${model}${query}: ${status} ${JSON.stringify(body)}`)
  const found = body.data as Row[]
  return {
    ids: sorted(found.map((row) => oracle.idOf(model, row))),
    total: body.meta.total as number,
    rows: found,
    refused: false,
  }
}

async function lists(asking: Asking, oracle: Oracle, model: string): Promise<void> {
  const wanted = sorted(oracle.visible(model).map((row) => oracle.idOf(model, row)))
  const { ids, total, rows } = await list(asking, oracle, model, '')
  const what = `${nameOf(oracle.who)} lists ${model}`
  note(asking, what, ids, wanted)
  note(asking, `${what}, total`, total, wanted.length)
  for (const row of rows) fields(asking, oracle, model, row)
}

/** The row as it is in the database. */
const asItIs = (oracle: Oracle, model: string, row: Row): Row =>
  oracle.rows(model).find((it) => oracle.idOf(model, it) === oracle.idOf(model, row))!

/** Which columns a row holds. */
function fields(asking: Asking, oracle: Oracle, model: string, got: Row): void {
  const row = asItIs(oracle, model, got)
  const columns = oracle.model(model).fields.filter((field) => !isRelation(field))
  for (const { name } of columns)
    note(
      asking,
      `${nameOf(oracle.who)} sees ${model} ${oracle.idOf(model, row)} ${name}`,
      name in got,
      oracle.allowsField(model, name, 'read', row),
    )
}

async function rows(asking: Asking, oracle: Oracle, model: string): Promise<void> {
  const { who } = oracle
  for (const row of oracle.rows(model)) {
    const path = oracle.pathOf(model, row)
    const { status, body } = await asking.caller().send(who, 'GET', path)
    const seen = oracle.allows(model, 'read', row)
    const refusals = who === null || who.suspended ? [401, 404] : [404]
    note(
      asking,
      `${nameOf(who)} gets ${path}`,
      seen ? status : refusals.includes(status) || status,
      seen ? 200 : true,
    )
    if (status === 200) fields(asking, oracle, model, body.data as Row)
  }
}

/** Every relation of every row, and those of the related rows. */
async function included(asking: Asking, oracle: Oracle, model: string): Promise<void> {
  for (const relation of oracle.model(model).fields.filter(isRelation))
    for (const next of oracle.model(relation.type).fields.filter(isRelation)) {
      const include = `&include=${relation.name}.${next.name}`
      const { rows } = await list(asking, oracle, model, include)
      for (const row of rows) {
        const original = asItIs(oracle, model, row)
        branch(asking, oracle, model, original, row, relation)
        for (const other of [row[relation.name]].flat().filter(Boolean) as Row[]) {
          const source = asItIs(oracle, relation.type, other)
          branch(asking, oracle, relation.type, source, other, next)
          fields(asking, oracle, relation.type, other)
        }
      }
    }
}

function branch(
  asking: Asking,
  oracle: Oracle,
  model: string,
  original: Row,
  got: Row,
  { name, type }: RelationField,
): void {
  const visible = oracle
    .related(model, original, name)
    .filter((it) => oracle.allows(type, 'read', it))
  const found = [got[name]].flat().filter(Boolean) as Row[]
  note(
    asking,
    `${nameOf(oracle.who)} sees ${model} ${oracle.idOf(model, original)} ${name}`,
    sorted(found.map((it) => oracle.idOf(type, it))),
    sorted(visible.map((it) => oracle.idOf(type, it))),
  )
}

type Test = (rows: readonly Row[]) => boolean

/** Filters through every relation: rows that are not seen do not count. */
async function filtered(asking: Asking, oracle: Oracle, model: string): Promise<void> {
  for (const { name, type, list: many } of oracle.model(model).fields.filter(isRelation)) {
    const key = oracle.model(type).key!.fields[0]!
    const pivot = pivotOf(oracle, type, 2) as number
    const low = (row: Row): boolean => (row[key] as number) <= pivot
    const lte = `[${key}][lte]=${pivot}`
    const cases: readonly (readonly [string, Test])[] = many
      ? [
          [`[some]${lte}`, (rows) => rows.some(low)],
          [`[every]${lte}`, (rows) => rows.every(low)],
          [`[none]${lte}`, (rows) => !rows.some(low)],
        ]
      : [
          [lte, (rows) => rows.some(low)],
          [`[is]${lte}`, (rows) => rows.some(low)],
          [`[isNot]${lte}`, (rows) => !rows.some(low)],
        ]
    for (const [condition, test] of [...cases, ...nulls(oracle, model, name)]) {
      const path = `where[${name}]${condition}`
      await compare(asking, oracle, model, name, path, test)
      const negated: Test = (rows) => !test(rows)
      await compare(asking, oracle, model, name, `where[NOT][${name}]${condition}`, negated)
    }
  }
}

function nulls(oracle: Oracle, model: string, name: string): readonly (readonly [string, Test])[] {
  const field = oracle.model(model).fields.find((it) => it.name === name)!
  if (field.list || (field.kind === 'relation' && field.owning && field.required)) return []
  return [
    ['=null', (rows) => rows.length === 0],
    ['[is]=null', (rows) => rows.length === 0],
    ['[isNot]=null', (rows) => rows.length > 0],
  ]
}

async function compare(
  asking: Asking,
  oracle: Oracle,
  model: string,
  relation: string,
  query: string,
  test: Test,
): Promise<void> {
  const { type } = oracle.model(model).fields.find((it) => it.name === relation)!
  const wanted = oracle.visible(model).filter((row) => {
    const related = oracle.related(model, row, relation)
    return test(related.filter((it) => oracle.allows(type, 'read', it)))
  })
  const { ids } = await list(asking, oracle, model, `&${query}`)
  note(
    asking,
    `${nameOf(oracle.who)} finds ${model} by ${query}`,
    ids,
    sorted(wanted.map((row) => oracle.idOf(model, row))),
  )
}

/** Count, search and order by each column: a column that some rows do not show is no way to learn of them. */
async function asked(asking: Asking, oracle: Oracle, model: string): Promise<void> {
  const { who } = oracle
  const key = oracle.model(model).key!.fields[0]!
  const pivot = pivotOf(oracle, model, 2) as number
  const visible = oracle.visible(model)
  const ids = (rows: readonly Row[]): string[] => sorted(rows.map((row) => oracle.idOf(model, row)))
  const path = oracle.pathOf(model)
  const count = await asking.caller().send(who, 'GET', `${path}/count`)
  const counted = count.status === 200 ? (count.body.data.count as number) : 0
  note(asking, `${nameOf(who)} counts ${model}`, counted, visible.length)
  const where = { [key]: { lte: pivot } }
  const search = await asking.caller().send(who, 'POST', `${path}/search`, { where, take: 50 })
  const found = search.status === 200 ? (search.body.data as Row[]) : []
  const wanted = visible.filter((row) => (row[key] as number) <= pivot)
  note(asking, `${nameOf(who)} searches ${model}`, ids(found), ids(wanted))
  for (const { name } of columnsOf(oracle, model)) {
    const answer = await asking.caller().send(who, 'GET', `${path}?take=50&orderBy=${name}`)
    const shown = visible.every((row) => oracle.allowsField(model, name, 'read', row))
    const rows = answer.status === 200 ? ids(answer.body.data as Row[]) : null
    const what = `${nameOf(who)} orders ${model} by ${name}`
    if (rows !== null && visible.length > 0) note(asking, `${what}, who may see it`, shown, true)
    if (rows !== null) note(asking, what, rows, ids(visible))
  }
}
