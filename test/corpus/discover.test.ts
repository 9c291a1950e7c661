import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { discover } from './discover.js'

const DATASOURCE = 'datasource db {\n  provider = "sqlite"\n}\n'

describe('the schemas below a folder', () => {
  let root = ''
  afterEach(() => rm(root, { recursive: true, force: true }))

  async function folderOf(files: Record<string, string>): Promise<string> {
    root = await mkdtemp(join(tmpdir(), 'ssot-discover-'))
    for (const [path, text] of Object.entries(files)) {
      await mkdir(dirname(join(root, path)), { recursive: true })
      await writeFile(join(root, path), text)
    }
    return root
  }

  it('are single files, and folders with one datasource among several files', async () => {
    const folder = await folderOf({
      'a.prisma': DATASOURCE,
      'no-datasource.prisma': '// nothing',
      'shop/schema.prisma': DATASOURCE,
      'parts/schema/main.prisma': DATASOURCE,
      'parts/schema/models/user.prisma': 'model User { id Int @id }',
      'parts/README.md': 'not a schema',
    })
    expect(await discover(folder)).toEqual([
      { name: 'a', path: join(folder, 'a.prisma'), expected: 'either' },
      { name: 'no-datasource', path: join(folder, 'no-datasource.prisma'), expected: 'either' },
      { name: 'parts', path: join(folder, 'parts'), expected: 'either' },
      { name: 'shop', path: join(folder, 'shop', 'schema.prisma'), expected: 'either' },
    ])
  })

  it('are those of expect.tsv where there is one', async () => {
    const folder = await folderOf({
      'a.prisma': DATASOURCE,
      'b.prisma': DATASOURCE,
      'expect.tsv': 'second\trefuse\tb.prisma\n',
    })
    expect(await discover(folder)).toEqual([
      { name: 'second', path: join(folder, 'b.prisma'), expected: 'refuse' },
    ])
  })

  it.each([
    ['an expectation that is none', 'b\tmaybe\tb.prisma'],
    ['a file that does not exist', 'b\tpass\tc.prisma'],
    ['no path', 'b\tpass'],
  ])('refuses a line with %s', async (_, line) => {
    const folder = await folderOf({ 'b.prisma': DATASOURCE, 'expect.tsv': `\n${line}\n` })
    await expect(discover(folder)).rejects.toThrow('expect.tsv:2:')
  })

  it('must be at least one', async () => {
    await expect(discover(await folderOf({ 'README.md': '' }))).rejects.toThrow('no .prisma file')
  })
})
