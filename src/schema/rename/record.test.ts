import { describe, expect, it } from 'vitest'
import { load } from '../schema.fixture.js'
import { outlineOf, type Outline } from './outline.js'
import { readRenames } from './parse.js'
import { nextRecord, parseRecord, printRecord, settledRecord } from './record.js'

const POST =
  'enum Role {\n  a\n}\nmodel Post {\n  id Int @id\n  body String\n  role Role\n  tags Tag[]\n}\nmodel Tag {\n  id Int @id\n  posts Post[]\n}'
const outline = async (body: string): Promise<Outline> => outlineOf(await load(body))
const renamed = (from: string, to: string): Promise<Outline> =>
  outline(POST.replaceAll(new RegExp(`\\b${from}\\b`, 'g'), to))

describe('what a run notes of the schema', () => {
  it('is read again as it was written', async () => {
    const record = nextRecord(await outline(POST), await renamed('Post', 'Article'), [
      { from: 'Post', to: 'Article' },
    ])
    expect(parseRecord(printRecord(record))).toEqual(record)
  })

  it('is the schema alone while no name goes', async () => {
    const [old, now] = [
      await outline(POST),
      await outline(`${POST}\nmodel More {\n  id Int @id\n}`),
    ]
    expect(nextRecord(null, old, [])).toEqual(old)
    expect(nextRecord(old, now, [])).toEqual(now)
  })

  it('keeps what was before until a migration has followed, or the name is back', async () => {
    const [old, now] = [await outline(POST), await renamed('Post', 'Article')]
    const renames = [{ from: 'Post', to: 'Article' }]
    const first = nextRecord(old, now, renames)
    expect(first).toEqual({ ...now, before: old, renames })
    const third = await renamed('Post', 'Entry')
    const more = [{ from: 'Article', to: 'Entry' }]
    const second = nextRecord(first, third, more)
    expect(second).toEqual({ ...third, before: old, renames: [...renames, ...more] })
    expect(settledRecord(second, third)).toEqual(third)
    expect(nextRecord(second, old, [])).toEqual(old)
  })

  it('keeps what was before where only the name in the database changes', async () => {
    const old = await outline(POST)
    const now = await outline(POST.replace('tags Tag[]', 'tags Tag[]\n  @@map("posts")'))
    expect(nextRecord(old, now, [])).toEqual({ ...now, before: old })
  })

  it('says that the database is ahead where a migration came before the generation', async () => {
    const [old, now] = [await outline(POST), await renamed('Post', 'Article')]
    const settled = settledRecord(old, now)
    expect(settled).toEqual({ ...old, before: now })
    expect(nextRecord(settled, now, [{ from: 'Post', to: 'Article' }])).toEqual(now)
  })

  it.each(['', '{}', '{"models":[{}],"enums":[]}', '{"models":[],"enums":[],"renames":[{}]}'])(
    'is refused when it is %j',
    (text) => {
      expect(() => parseRecord(text)).toThrow(".ssot/schema.json can't be used.")
    },
  )
})

describe('renames', () => {
  it('are read with models first, so that a field names its model as it is called now', async () => {
    const now = await outline(POST.replaceAll(/\bPost\b/g, 'Article').replace('body', 'text'))
    expect(readRenames('Post.body=Article.text, Post=Article', await outline(POST), now)).toEqual([
      { from: 'Post', to: 'Article' },
      { from: 'Article.body', to: 'Article.text' },
    ])
  })

  it('are left out where an earlier run knows them, and may name what had gone by then', async () => {
    const [old, middle] = [await outline(POST), await renamed('Post', 'Article')]
    const now = await outline(POST.replaceAll(/\bPost\b/g, 'Article').replace('body', 'text'))
    const record = nextRecord(nextRecord(old, middle, [{ from: 'Post', to: 'Article' }]), now, [])
    expect(readRenames('Post=Article,Post.body=Article.text', record, now)).toEqual([
      { from: 'Article.body', to: 'Article.text' },
    ])
    expect(() => readRenames('Post=Tag', record, now)).toThrow('renamed to Article already')
  })
})
