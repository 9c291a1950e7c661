import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { basename, dirname, join, relative } from 'node:path'

/** What must happen to a schema; `either`: a valid app or a clear refusal. */
type Expectation = 'pass' | 'refuse' | 'either'

export type CorpusSchema = {
  readonly name: string
  /** A file, or the folder of a schema in several files. */
  readonly path: string
  readonly expected: Expectation
}

/**
 * Finds the schemas below a folder. `expect.tsv` there (name, expectation, path: one schema a line) says which and
 * what must happen; without it every `.prisma` file is one, or its folder where just one of several files there
 * says which database is meant, and `either` is expected.
 * @throws Error when there is none, or a line of `expect.tsv` can't be used
 */
export async function discover(folder: string): Promise<CorpusSchema[]> {
  const list = join(folder, 'expect.tsv')
  const found = existsSync(list) ? await listed(list) : await search(folder, folder)
  if (found.length === 0) throw new Error(`There is no .prisma file below ${folder}.`)
  return found
}

async function listed(list: string): Promise<CorpusSchema[]> {
  const lines = (await readFile(list, 'utf8')).split(/\r?\n/)
  return lines.flatMap((line, index) => {
    if (line.trim() === '') return []
    const [name = '', expected = '', path = ''] = line.split('\t')
    const full = join(dirname(list), path)
    if (!isExpectation(expected) || path === '' || !existsSync(full))
      throw new Error(
        `${list}:${index + 1}: name, pass|refuse|either and an existing path, separated by tabs.`,
      )
    return [{ name, expected, path: full }]
  })
}

const isExpectation = (text: string): text is Expectation =>
  text === 'pass' || text === 'refuse' || text === 'either'

async function search(root: string, folder: string): Promise<CorpusSchema[]> {
  const files = await prismaFiles(folder)
  const texts = await Promise.all(files.map((path) => readFile(path, 'utf8')))
  const datasources = texts.filter((text) => /^\s*datasource\s+\w+\s*\{/m.test(text)).length
  if (files.length > 1 && datasources === 1) return [entry(root, folder)]
  const entries = await readdir(folder, { withFileTypes: true })
  const parts = entries.map((item) => {
    const path = join(folder, item.name)
    if (item.isDirectory()) return search(root, path)
    return item.name.endsWith('.prisma') ? [entry(root, path)] : []
  })
  return (await Promise.all(parts)).flat()
}

async function prismaFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true })
  return entries
    .filter((item) => item.isFile() && item.name.endsWith('.prisma'))
    .map((item) => join(item.parentPath, item.name))
}

const entry = (root: string, path: string): CorpusSchema => ({
  name: nameOf(relative(root, path)) || basename(path),
  path,
  expected: 'either',
})

/** `shop/schema.prisma` is called after its folder, `shop/items.prisma` after both. */
const nameOf = (path: string): string =>
  path
    .replaceAll('\\', '/')
    .replace(/(^|\/)schema\.prisma$/, '')
    .replace(/\.prisma$/, '')
