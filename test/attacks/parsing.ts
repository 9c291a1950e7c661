import type { Edit } from '../support/app-edits.js'
import type { Answer, Attack } from './attack.js'
import { idOf } from './data.js'

const accepted = ({ status }: Answer): boolean => status !== 400

/** A body that is not as it should be is taken all the same. */
export const bodiesUnchecked: readonly Edit[] = [
  {
    file: 'src/http/body.ts',
    find: 'if (result.success) return result.data',
    replace: 'if (result.success || true) return (result.data ?? body) as core.output<S>',
  },
]

/** Type confusion, parsers, and requests that cost too much. */
export const parsing: readonly Attack[] = [
  {
    id: 'C21',
    name: 'reads everything by a filter that is no filter',
    succeeds: async ({ send }) => {
      const filters = ['where=', 'where[name]', 'where[]=1', 'where[name][]=', 'where[nobody]=1']
      const answers = await Promise.all(filters.map((text) => send('GET', `/api/accounts?${text}`)))
      return answers.some((answer) => answer.status === 200 && answer.body.data.length > 0)
    },
    defenceOff: () => [
      {
        file: 'src/http/reading.ts',
        find: 'if (members.length === 0) throw',
        replace: 'if (false) throw',
      },
    ],
  },
  ...['take=-1000000', 'take=1000000000', 'take=NaN', 'take=1e9', 'take=0', 'skip=-1'].map(
    (query): Attack => ({
      id: 'C22',
      name: `asks for ${query}`,
      succeeds: async ({ send }) => accepted(await send('GET', `/api/accounts?${query}`)),
      defenceOff: () => [
        {
          file: 'src/http/query.ts',
          find: 'if (Number.isInteger(count) && Number(count) >= min && Number(count) <= max) return Number(count)',
          replace: 'if (value !== undefined) return Math.min(Math.abs(Number(value)) || min, max)',
        },
      ],
    }),
  ),
  {
    id: 'C23',
    name: 'names a field that every object has',
    succeeds: async ({ send }) => {
      const fields = ['constructor', 'toString', 'hasOwnProperty']
      const answers = await Promise.all(
        fields.flatMap((name) => [
          send('GET', `/api/accounts?where[${name}][name]=x`),
          send('GET', `/api/accounts?orderBy=${name}`),
          send('GET', `/api/accounts?select=${name}`),
        ]),
      )
      return answers.some(accepted)
    },
    defenceOff: () => [
      {
        file: 'src/http/lookup.ts',
        find: 'const field = Object.hasOwn(meta.fields, name) ? meta.fields[name] : undefined',
        replace: 'const field = meta.fields[name]',
      },
    ],
  },
  {
    id: 'C23',
    name: 'writes __proto__ in a query string',
    succeeds: async ({ send }) =>
      accepted(await send('GET', '/api/accounts?__proto__[take]=1')) ||
      accepted(await send('GET', '/api/accounts?where[__proto__][name]=rich')),
    defenceOff: () => [
      {
        file: 'src/http/query-string.ts',
        find: "if (key.split(/[[\\]]+/).includes('__proto__')) {",
        replace: 'if (false) {',
      },
    ],
  },
  {
    id: 'C24',
    name: 'gets past the check of a body by its content type',
    succeeds: async (victim) => {
      const path = `/api/accounts/${await idOf(victim, 'poor')}`
      const types = ['application/json\t', 'application/json ;a=b', 'APPLICATION/JSON', 'text/json']
      for (const type of types)
        await victim.send('PATCH', path, { verified: true }, { 'content-type': type })
      return (await victim.send('GET', path)).body.data.verified === true
    },
    defenceOff: () => bodiesUnchecked,
  },
  {
    id: 'C25',
    name: 'gives a parameter twice',
    succeeds: async ({ send }) =>
      accepted(await send('GET', '/api/accounts?take=1&take=2')) ||
      accepted(await send('GET', '/api/accounts?where[name]=rich&where[name]=poor')),
    defenceOff: () => [
      {
        file: 'src/http/query-string.ts',
        find: "if (!key.endsWith('[]') && seen.has(key)) throw",
        replace: 'if (seen.size < 0) throw',
      },
      {
        file: 'src/http/query-string.ts',
        find: 'return qs.parse(text, {',
        replace: "return qs.parse(text, { duplicates: 'last', ",
      },
    ],
  },
  {
    id: 'C25',
    name: 'nests brackets without end',
    succeeds: async ({ send }) =>
      (await send('GET', `/api/accounts?${'where'}${'[NOT]'.repeat(40)}[name]=nobody`)).status ===
      200,
    defenceOff: () => [
      { file: 'src/http/query-string.ts', find: 'depth: 12', replace: 'depth: 1000' },
    ],
  },
  {
    id: 'C26',
    name: 'puts SQL into a sort order, a filter and a cursor',
    succeeds: async ({ send }) => {
      const sql = encodeURIComponent("name; DROP TABLE accounts--' OR '1'='1")
      const answers = await Promise.all(
        [`orderBy=${sql}`, `where[${sql}]=1`, `cursor=${sql}`, `select=${sql}`].map((query) =>
          send('GET', `/api/accounts?${query}`),
        ),
      )
      return answers.some(accepted)
    },
    // Names are handed on as they come.
    defenceOff: () => [
      {
        file: 'src/http/lookup.ts',
        find: 'if (!field || !isVisible(field)) throw invalid(path, `${meta.name} has no field of this name.`)',
        replace: "if (!field) return { type: 'String' }",
      },
    ],
  },
  {
    id: 'D27',
    name: 'filters through relations without end',
    succeeds: async ({ send }) => {
      const deep = 'account.articles.account.articles.account'
      return (await send('GET', `/api/articles?include=${deep}`)).status === 200
    },
    defenceOff: () => [
      { file: 'src/http/limits.ts', find: 'MAX_DEPTH = 3', replace: 'MAX_DEPTH = 30' },
    ],
  },
  {
    id: 'D27',
    name: 'includes more rows than an answer may hold',
    succeeds: async ({ send }) =>
      (await send('GET', '/api/accounts?take=100&include=articles.topics.articles')).status === 200,
    defenceOff: () => [
      { file: 'src/http/limits.ts', find: 'MAX_ROWS = 250_000', replace: 'MAX_ROWS = 1e12' },
    ],
  },
  {
    id: 'E34',
    name: 'reads answers from another origin',
    succeeds: async ({ send }) => {
      const origin = 'https://evil.example'
      const { headers } = await send('GET', '/api/accounts', undefined, { origin })
      return ['*', origin].includes(headers.get('access-control-allow-origin') ?? '')
    },
    defenceOff: () => [
      {
        file: 'src/app.ts',
        find: 'if (env.CORS_ORIGINS.length > 0)',
        replace: 'if (env.PORT >= 0)',
      },
      { file: 'src/http/security.ts', find: 'origin: env.CORS_ORIGINS', replace: 'origin: true' },
    ],
  },
]
