import { describe, expect, it } from 'vitest'
import { deep } from '../support/deep.js'
import { report, search } from './search.js'

const number = (name: string, otherwise: number): number => Number(process.env[name] ?? otherwise)

/** `npm run test:deep` makes more requests to more schemas, and others every time. */
const seed = number('SEARCH_SEED', deep ? Date.now() % 1_000_000_000 : 201)
const schemas = number('SEARCH_SCHEMAS', deep ? 400 : 10)
const each = number('SEARCH_EACH', 50)

it(
  `does what is written in ${schemas * each} cases of seed ${seed}`,
  { timeout: 120_000 + schemas * 30_000 },
  async () => {
    const { failures, counts } = await search({ seed, schemas, each })
    console.log(Object.fromEntries(counts))
    expect(failures.length, await report(failures)).toBe(0)
  },
)

/** With a defence off it must be found out, else the search proves nothing. */
const CONTROLS = [
  {
    name: 'two rows that are the reason for each other',
    from: 208,
    file: 'src/policies/steps.ts',
    find: '  await askAlone(access, steps)\n  const done',
    replace: '  const done',
    told: /on its own/,
  },
  {
    name: 'what may not be when all is done',
    from: 210,
    file: 'src/policies/steps.ts',
    find: '  await askAll(access, done)\n  return done',
    replace: '  return done',
    told: /when all is done/,
  },
  {
    name: 'a row that may not be seen, connected by a default',
    from: 226,
    file: 'src/policies/foreign-keys.ts',
    find: 'if (fields.some(isOpen)) open.push(relation)',
    replace: 'if (fields.some(isOpen)) continue',
    told: /leads to no/,
  },
  {
    name: 'columns that are not to be seen',
    from: 1,
    file: 'src/policies/take-out.ts',
    find: 'for (const name of names) delete row[name]',
    replace: 'void names',
    told: /tells \w+\.\w+ of/,
  },
]

describe.runIf(deep)('undefended', () => {
  it.each(CONTROLS)('finds $name', { timeout: 900_000 }, async ({ told, from, ...edit }) => {
    const { failures } = await search({
      ...{ seed: from, schemas: 40, each, edits: [edit] },
      until: ({ why }) => told.test(why),
    })
    expect(failures.at(-1)?.why).toMatch(told)
  })
})
