import { describe, expect, it } from 'vitest'
import { report, search } from './search.js'

const number = (name: string, otherwise: number): number => Number(process.env[name] ?? otherwise)

const seed = number('SEARCH_SEED', 1)

/** With a defence off it must be found out, else the search proves nothing. */
describe('undefended', () => {
  it.each([
    {
      name: 'columns that are not to be seen',
      file: 'src/policies/shape.ts',
      find: 'if (!allowed.has(keyText(meta, row))) delete row[name]',
      replace: 'void row',
      told: /tells \w+\.\w+ of/,
    },
    {
      name: 'rows that are not to be written',
      file: 'src/policies/writing.ts',
      find: 'if (await isAllowed(inside, meta, row, asked)) continue',
      replace: 'continue',
      told: /is not for (create|update) on its own/,
    },
  ])('finds $name', { timeout: 240_000 }, async ({ told, ...edit }) => {
    const { failures } = await search({
      ...{ seed, schemas: 40, each: 50, edits: [edit] },
      until: ({ why }) => told.test(why),
    })
    expect(failures.at(-1)?.why, await report([])).toMatch(told)
  })
})
