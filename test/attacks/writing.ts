import type { Edit } from '../support/app-edits.js'
import type { Attack, Victim } from './attack.js'
import { article, idOf } from './data.js'
import { bodiesUnchecked } from './parsing.js'

/** Bodies may hold what they like. */
const bodiesOpen = (model: string): Attack['defenceOff'] =>
  function open({ mode }): readonly Edit[] {
    const file =
      mode === 'registry'
        ? 'src/registry/validator.factory.ts'
        : `src/models/${model}/${model}.validator.ts`
    const call = mode === 'registry' ? 'const update = z.' : `update${pascal(model)}Schema = z.`
    return [{ file, find: `${call}strictObject(`, replace: `${call}looseObject(` }]
  }

const pascal = (name: string): string => name[0]!.toUpperCase() + name.slice(1)

const articles = async ({ send }: Victim): Promise<number> =>
  (await send('GET', '/api/articles/count')).body.data.count

const emptied = (name: string, where: unknown, edit: Edit): Attack => ({
  id: 'B17',
  name,
  succeeds: async (victim) => {
    await victim.send('DELETE', '/api/articles/bulk', { where })
    return (await articles(victim)) === 0
  },
  defenceOff: () => [edit],
})

const membersUnchecked: Edit = {
  file: 'src/http/reading.ts',
  find: 'if (members.length === 0) throw',
  replace: 'if (!isObject(value)) throw',
}

/** Writing what is not writable. */
export const writing: readonly Attack[] = [
  {
    id: 'B14',
    name: 'sets a read-only column along with others',
    succeeds: async (victim) => {
      const path = `/api/accounts/${await idOf(victim, 'poor')}`
      const { body } = await victim.send('PATCH', path, { name: 'poor', verified: true })
      return body.data?.verified === true
    },
    defenceOff: bodiesOpen('account'),
  },
  {
    id: 'B14',
    name: 'chooses the id of a row',
    succeeds: async (victim) => {
      const { id } = await article(victim)
      const { body } = await victim.send('PATCH', `/api/articles/${id}`, { title: 'x', id: 4711 })
      return body.data?.id === 4711
    },
    defenceOff: bodiesOpen('article'),
  },
  {
    id: 'B15',
    name: 'changes a related row by a nested update',
    succeeds: async (victim) => {
      const { id } = await article(victim)
      const body = { account: { update: { name: 'owned' } } }
      await victim.send('PATCH', `/api/articles/${id}`, body)
      return (await victim.send('GET', '/api/accounts?where[name]=owned')).body.data.length === 1
    },
    defenceOff: () => [
      {
        file: 'src/http/relation-input.ts',
        find: 'const schema = z.strictObject(actions).partial()',
        replace: 'const schema = z.looseObject(actions).partial()',
      },
    ],
  },
  emptied('deletes every row by an empty filter', {}, membersUnchecked),
  emptied(
    'deletes every row by an empty AND',
    { AND: [] },
    {
      file: 'src/http/where.ts',
      find: "if (value.length === 0) throw invalid(path, 'Expected at least one condition.')",
      replace: '',
    },
  ),
  {
    id: 'C20',
    name: 'gives an operator where a value is expected',
    succeeds: async (victim) => {
      const { id } = await article(victim)
      await victim.send('PATCH', `/api/articles/${id}`, { views: { increment: 41 } })
      return (await article(victim)).views === 41
    },
    defenceOff: () => bodiesUnchecked,
  },
]
