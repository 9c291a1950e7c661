import { describe, expect, it } from 'vitest'
import type { Edit } from '../support/app-edits.js'
import { deep } from '../support/deep.js'
import { interleave } from '../search/interleave.js'
import type { Where } from '../search/subject.js'
import { servers } from './servers.js'

const number = (name: string, otherwise: number): number => Number(process.env[name] ?? otherwise)

const seed = number('SEARCH_SEED', 10)
const schemas = number('SEARCH_SCHEMAS', 3)
const each = number('SEARCH_EACH', 20)

const KINDS = [
  { name: 'PostgreSQL', provider: 'postgresql', plugins: [] },
  { name: 'PostgreSQL with row-level security', provider: 'postgresql', plugins: ['rls'] },
  { name: 'MariaDB', provider: 'mysql', plugins: [] },
] as const

const whereFor =
  ({ provider, plugins }: Pick<(typeof KINDS)[number], 'provider' | 'plugins'>) =>
  async (): Promise<Where> => {
    const { url, remove } = await servers[provider].makeDatabase()
    return { provider, plugins, databaseUrl: url, remove }
  }

describe('requests at once', () => {
  it.each(KINDS)(
    'come to what an order of them comes to, on $name',
    { timeout: 600_000 },
    async (kind) => {
      const { clashes, counts } = await interleave({
        seed,
        schemas,
        each,
        whereFor: whereFor(kind),
      })
      console.log(kind.name, Object.fromEntries(counts))
      expect(clashes.map((it) => JSON.stringify(it, null, 1)).join('\n')).toBe('')
    },
  )

  it.runIf(deep)(
    'are found out where what a rule has read may change',
    { timeout: 900_000 },
    async () => {
      const edit: Edit = {
        file: 'src/policies/table.ts',
        find: 'timeout: limit, isolationLevel }',
        replace: 'timeout: limit }',
      }
      const told = 'is as in no order one by one'
      const { clashes } = await interleave({
        ...{ seed, schemas: 20, each: 40, edits: [edit], whereFor: whereFor(KINDS[0]) },
        until: ({ why }) => why.includes(told),
      })
      expect(clashes.at(-1)?.why).toContain(told)
    },
  )
})
