import { expect, it } from 'vitest'
import { deep } from '../support/deep.js'
import { interleave } from './interleave.js'

const seed = Number(process.env['SEARCH_SEED'] ?? 1)

/** With the check and the write apart it must be found out, else the scheduler proves nothing. */
it.runIf(deep)(
  'finds a check that is not in the transaction of its write',
  { timeout: 600_000 },
  async () => {
    const told = 'is as in no order one by one'
    const { clashes } = await interleave({
      ...{ seed, schemas: 20, each: 30 },
      edits: [
        {
          file: 'src/policies/writes.ts',
          find: 'inTransaction(access, (inside) => deleteRow(inside, meta, where))',
          replace: 'deleteRow(access, meta, where)',
        },
      ],
      until: ({ why }) => why.includes(told),
    })
    expect(clashes.at(-1)?.why).toContain(told)
  },
)
