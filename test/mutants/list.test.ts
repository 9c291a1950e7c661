import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { repo } from '../support/repo.js'
import { mutants } from './list.js'

it.each(mutants.map((mutant, index) => ({ index, ...mutant })))(
  'mutant $index of $file finds its place in a template',
  async ({ file, find, replace }) => {
    expect(replace).not.toBe(find)
    const texts = await templatesOf(file)
    expect(texts.map((text) => text.split(find).length - 1)).toContain(1)
  },
)

/** The texts of the templates that a file may be made of. */
async function templatesOf(file: string): Promise<string[]> {
  const folders = await readdir(join(repo, 'templates'))
  const paths = folders.flatMap((folder) =>
    ['', '.hbs'].map((end) => join(repo, 'templates', folder, 'files', file + end)),
  )
  const read = await Promise.all(paths.map((path) => readFile(path, 'utf8').catch(() => null)))
  return read.filter((text) => text !== null)
}
