import { vi } from 'vitest'
import type { Edit } from '../support/app-edits.js'
import type { Attack, Victim } from './attack.js'
import { KEY } from './data.js'

/** Hidden columns, with a condition that holds for the rich account alone. */
const TRUE_OF_RICH: Readonly<Record<string, string>> = {
  passwordHash: '[startsWith]=zebra',
  apiKey: '[startsWith]=zebra',
  salary: '[gt]=1',
  balance: '[gt]=1',
  serial: '[gt]=1',
  score: '[gt]=1',
  flag: '=true',
  since: '[gt]=2021-06-01T00:00:00.000Z',
  grade: '=HIGH',
  raw: '=Ag==',
}
const SORTABLE = ['passwordHash', 'salary', 'balance', 'serial', 'score', 'since', 'flag']

const fieldsUnchecked: readonly Edit[] = [
  { file: 'src/http/lookup.ts', find: 'if (!field || !isVisible(field))', replace: 'if (!field)' },
]

/** Neither does the client leave hidden columns out, nor the answer. */
const rowsUnchecked: readonly Edit[] = [
  { file: 'src/db.ts', find: '  omit,\n', replace: '' },
  {
    file: 'src/http/serialize.ts',
    find: '.filter(([, field]) => isVisible(field))',
    replace: '',
  },
]

const names = async ({ send }: Victim, query: string): Promise<string> => {
  const { body } = await send('GET', `/api/${query}`)
  return JSON.stringify(
    body.data?.map((row: { name?: string; account?: { name: string } }) => row.account ?? row.name),
  )
}

const leaks = (value: unknown): boolean =>
  /passwordHash|zebra|apiKey|salary|balance|serial|score|"flag|since|grade|notes|raw"/.test(
    JSON.stringify(value) ?? '',
  )

const filtered = (column: string, condition: string): Attack => ({
  id: 'A1',
  name: `guesses ${column} by a filter`,
  succeeds: async (victim) =>
    (await names(victim, `accounts?where[${column}]${condition}`)) === '["rich"]',
  defenceOff: () => fieldsUnchecked,
})

const sorted = (column: string): Attack => ({
  id: 'A6',
  name: `learns the order of ${column}`,
  succeeds: async (victim) =>
    (await names(victim, `accounts?orderBy=${column}`)) === '["poor","rich"]' &&
    (await names(victim, `accounts?orderBy=-${column}`)) === '["rich","poor"]',
  defenceOff: () => fieldsUnchecked,
})

/** Reading what is not readable. */
export const reading: readonly Attack[] = [
  ...Object.entries(TRUE_OF_RICH).map(([column, condition]) => filtered(column, condition)),
  {
    id: 'A2',
    name: 'guesses a hidden column through a relation',
    succeeds: async ({ send }) => {
      const count = async (guess: string): Promise<unknown> =>
        (await send('GET', `/api/articles/count?where[account][passwordHash][startsWith]=${guess}`))
          .body.data?.count
      return (await count('zebra')) === 1 && (await count('apple')) === 0
    },
    defenceOff: () => fieldsUnchecked,
  },
  {
    id: 'A2',
    name: 'guesses a hidden column through a loop of relations',
    succeeds: async ({ send }) => {
      const where = {
        account: { is: { articles: { some: { account: { apiKey: { equals: KEY } } } } } },
      }
      return (await send('POST', '/api/articles/search', { where })).body.data?.length === 1
    },
    defenceOff: () => fieldsUnchecked,
  },
  {
    id: 'A3',
    name: 'gets past the check by a prefix of the path',
    succeeds: async ({ send }) => {
      const paths = ['where[name.passwordHash]=zebra-hash', 'where[name__passwordHash]=zebra-hash']
      const answers = await Promise.all(paths.map((path) => send('GET', `/api/accounts?${path}`)))
      return answers.some(({ status }) => status !== 400)
    },
    // Only the first name is looked up, and the last one used.
    defenceOff: () => [
      {
        file: 'src/http/where.ts',
        find: 'const field = visibleField(meta, name, path)',
        replace:
          "const field = visibleField(meta, name.split(/[._]+/)[0] ?? '', path)\n  name = name.split(/[._]+/).at(-1) ?? ''",
      },
    ],
  },
  {
    id: 'A4',
    name: 'hands the ORM an argument that nobody thought of',
    succeeds: async ({ send }) =>
      (await send('GET', '/api/accounts?omit[name]=true')).status !== 400 ||
      (await send('POST', '/api/accounts/search', { distinct: ['passwordHash'] })).status !== 400,
    defenceOff: () => [
      {
        file: 'src/http/query.ts',
        find: 'if (known.includes(name)) continue',
        replace: 'if (known.length > 0) continue',
      },
    ],
  },
  ...SORTABLE.map(sorted),
  {
    id: 'A7',
    name: 'finds a row by a hidden unique',
    succeeds: async ({ send }) => {
      const body = { title: 'x', account: { connect: { apiKey: KEY } } }
      return (await send('POST', '/api/articles', body)).status === 201
    },
    defenceOff: () => [
      {
        file: 'src/http/relation-input.ts',
        find: 'field && !isRelation(field) && isVisible(field)',
        replace: 'field && !isRelation(field)',
      },
    ],
  },
  {
    id: 'A8',
    name: 'reads hidden columns of a related row',
    succeeds: async ({ send }) => {
      const paths = ['articles', 'articles?include=account.articles.account', 'accounts']
      const answers = await Promise.all(paths.map((path) => send('GET', `/api/${path}`)))
      return answers.some(({ body }) => leaks(body))
    },
    defenceOff: () => rowsUnchecked,
  },
  {
    id: 'A9',
    name: 'selects a hidden column of some type',
    succeeds: async ({ send }) => {
      const columns = [...Object.keys(TRUE_OF_RICH), 'notes']
      const answers = await Promise.all(
        columns.map((column) => send('GET', `/api/accounts?select=id,${column}`)),
      )
      return answers.some(({ body }) => leaks(body.data))
    },
    defenceOff: () => [...fieldsUnchecked, ...rowsUnchecked],
  },
  {
    id: 'A11',
    name: 'is told of a hidden column by a conflict',
    succeeds: async ({ send }) => {
      const body = { name: 'third', passwordHash: 'x', apiKey: KEY }
      return /apiKey|zebra/.test(
        JSON.stringify(await answerOf(send('POST', '/api/accounts', body))),
      )
    },
    defenceOff: () => [
      {
        file: 'src/http/prisma-errors.ts',
        find: 'return field !== undefined && isVisible(field)',
        replace: 'return field !== undefined',
      },
    ],
  },
  {
    id: 'A11',
    name: 'finds a secret in the log',
    succeeds: async ({ send, app }) => {
      const { headers } = await send('GET', '/api/accounts?where[name]=zebra-asked', undefined, {
        authorization: 'Bearer zebra-token',
      })
      await vi.waitUntil(() => app.log().includes(headers.get('x-request-id') ?? '-'))
      return /zebra-asked|zebra-token/.test(app.log())
    },
    defenceOff: ({ framework }) => [
      {
        file: 'src/http/adapter.ts',
        ...(framework === 'express'
          ? { find: 'path: request.path', replace: 'path: request.originalUrl' }
          : { find: "path: url.split('?', 1)[0] ?? ''", replace: 'path: url' }),
      },
    ],
  },
  {
    id: 'A13',
    name: 'asks for hundreds of texts at once',
    succeeds: async ({ send }) => {
      const values = Array.from({ length: 300 }, (_, index) => `name-${index}`)
      const OR = values.map((contains) => ({ name: { contains } }))
      return (
        (await send('POST', '/api/accounts/search', { where: { name: { in: values } } })).status ===
          200 || (await send('POST', '/api/accounts/search', { where: { OR } })).status === 200
      )
    },
    defenceOff: () => [
      {
        file: 'src/http/limits.ts',
        find: 'MAX_CONDITIONS = 100',
        replace: 'MAX_CONDITIONS = 100_000',
      },
      {
        file: 'src/http/cost.ts',
        find: 'if (budget.cost <= env.QUERY_BUDGET) return',
        replace: 'if (budget.cost <= env.QUERY_BUDGET || true) return',
      },
    ],
  },
]

const answerOf = async (answer: ReturnType<Victim['send']>): Promise<unknown> => (await answer).body
