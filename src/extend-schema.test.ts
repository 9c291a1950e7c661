import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { extendSchema } from './extend-schema.js'
import { addToSchema, openSchema } from './schema/add/add.js'

const FILES = {
  'base.prisma': 'datasource db {\r\n  provider = "sqlite"\r\n}\r\n',
  'post.prisma': 'model Post {\n  id Int @id\n}',
  'user.prisma': 'model User {\n  id Int @id\n}\n',
}

describe('a schema that is extended', () => {
  let root: string
  const read = async (): Promise<Record<string, string>> => {
    const names = (await readdir(join(root, 'prisma'))).sort()
    const texts = await Promise.all(
      names.map(async (name) => [name, await readFile(join(root, 'prisma', name), 'utf8')]),
    )
    return Object.fromEntries(texts) as Record<string, string>
  }
  const extend = async (follow: () => Promise<unknown>, signal = new AbortController().signal) => {
    const place = { root, schema: join(root, 'prisma') }
    const open = await openSchema(place.schema)
    const words = [{ text: 'author:User', position: 2 }]
    const model = { text: 'Note', position: 1 }
    const added = await addToSchema(open, { kind: 'model', model, words })
    return extendSchema(place, open, added, { concurrency: 2, signal }, follow)
  }

  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'ssot-extend-'))
    await mkdir(join(root, 'prisma'))
    for (const [name, text] of Object.entries(FILES))
      await writeFile(join(root, 'prisma', name), text)
  })
  afterEach(() => rm(root, { recursive: true, force: true }))

  it('is on disk before what follows from it', async () => {
    let seen: Record<string, string> = {}
    await extend(async () => (seen = await read()))
    expect(Object.keys(seen)).toEqual(['base.prisma', 'note.prisma', 'post.prisma', 'user.prisma'])
    expect(seen['user.prisma']).toBe('model User {\n  id Int @id\n  notes Note[]\n}\n')
    expect(await read()).toEqual(seen)
  })

  it('is what it was where that fails, and the error is told', async () => {
    await expect(extend(() => Promise.reject(new Error('no')))).rejects.toThrow('no')
    expect(await read()).toEqual(FILES)
  })

  it('is what it was where the run was stopped before', async () => {
    await expect(extend(async () => {}, AbortSignal.abort(new Error('Stopped.')))).rejects.toThrow(
      'Stopped.',
    )
    expect(await read()).toEqual(FILES)
  })
})
