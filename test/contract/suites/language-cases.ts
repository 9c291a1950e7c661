import type { Context } from '../contract.js'
import { kindOf, type Row, type Where } from './oracle.js'

/** The columns of every type, required and not. */
export const TYPED = [
  'text',
  'int',
  'bigInt',
  'float',
  'decimal',
  'boolean',
  'dateTime',
  'bytes',
  'level',
].flatMap((name) => [`${name}Opt`, ...(name === 'text' ? [] : [name])])

const ORDER = ['lt', 'lte', 'gt', 'gte']
const EQUAL = ['equals', 'not']

/** A value that no row has. */
const ABSENT: Readonly<Record<string, unknown>> = {
  text: 'absent',
  int: 6,
  bigInt: '9007199254740994',
  float: 0.2,
  decimal: '0.100005',
  boolean: true,
  dateTime: '2026-01-01T01:00:00.000+01:00',
  bytes: 'AA==',
  level: 'LOW',
}

function operatorsOf(column: string): readonly string[] {
  if (column.startsWith('boolean')) return EQUAL
  if (/^(bytes|level)/.test(column)) return [...EQUAL, 'in', 'notIn']
  const text = kindOf(column) === 'text' ? ['contains', 'startsWith', 'endsWith'] : []
  return [...EQUAL, 'in', 'notIn', ...ORDER, ...text]
}

/** Every operator of a column with every value that a row has, and one that none has. */
export function wheresOf(column: string, rows: readonly Row[]): Where[] {
  const known = new Set(rows.map((row) => row[column]).filter((value) => value !== null))
  const values = [...known, ABSENT[column.replace(/Opt$/, '')]]
  const listing = (operator: string) => [
    { [operator]: values.slice(0, 1) },
    { [operator]: values.slice(0, 3) },
    { [operator]: values },
  ]
  const filters = operatorsOf(column).flatMap((operator) =>
    /in$/i.test(operator) && !ORDER.includes(operator) && operator !== 'contains'
      ? listing(operator)
      : values.map((value) => ({ [operator]: value })),
  )
  const nulls = column.endsWith('Opt') ? [{ equals: null }, { not: null }] : []
  return [
    ...[...filters, ...nulls].map((filter) => ({ [column]: filter })),
    ...values.map((value) => ({ [column]: value })),
    ...filters.map((filter) => ({ NOT: { [column]: filter } })),
    ...filters.slice(0, 4).map((filter) => ({ [column]: { not: filter } })),
    ...(filters.length > 12 ? [{ [column]: { ...filters[0], ...filters.at(-1) } }] : []),
  ]
}

export const wildcards: readonly Where[] = [
  ...[
    '%',
    '_',
    '\\',
    '\\%',
    '100%',
    'a_b',
    '[x]',
    '[',
    '%b',
    '"',
    `'`,
    'per',
    'PER',
    'upper case',
    'axb',
    '',
  ],
].flatMap((part) =>
  ['contains', 'startsWith', 'endsWith'].flatMap((operator) => [
    { text: { [operator]: part } },
    { NOT: { text: { [operator]: part } } },
    { text: { not: { [operator]: part } } },
    { text: { [operator]: part, not: '%' } },
  ]),
)

const within = (...path: string[]) => ({ path })

const JSON_TEXTS: readonly Where[] = ['fruit', 'FRUIT', '%', '_', '"', 'salad', '7'].flatMap(
  (part) =>
    ['string_contains', 'string_starts_with', 'string_ends_with'].map((operator) => ({
      ...within('kind'),
      [operator]: part,
    })),
)

/** Values that every database compares alike, with the place where rows hold them. */
const JSON_VALUES: readonly (readonly [place: object, values: readonly unknown[]])[] = [
  [within('n'), [5, '5', 2.5, -1]],
  [within('kind'), ['Fruit', 'fruit', '50%', 'q"uo_te', 7]],
  [within('deep', 'flag'), [true, false]],
  [within('deep', 'list', '0'), [1, 2, 'a']],
  [within('none'), [null]],
  [{}, ['text', 0, [], { one: 1 }, {}, 'absent', null]],
]

const arrays = (operators: readonly string[]): Where[] =>
  operators.flatMap((operator) =>
    [1, 2, 'a'].flatMap((value) => [
      { ...within('deep', 'list'), [operator]: value },
      { [operator]: value },
    ]),
  )

const holding: readonly Where[] = [
  ...[2, [2], [1, 2], [2, 1], 'a', ['a', 'x']].map((array_contains) => ({
    ...within('deep', 'list'),
    array_contains,
  })),
  { array_contains: 'two' },
]

const ranges: readonly Where[] = [
  ...ORDER.flatMap((operator) =>
    [5, 2.5, 7].map((value) => ({ ...within('n'), [operator]: value })),
  ),
  { ...within('n'), gte: -1, lt: 10 },
]

const equality = ([place, values]: readonly [object, readonly unknown[]]): Where[] =>
  values.flatMap((value) => EQUAL.map((operator) => ({ ...place, [operator]: value })))

/** What can be asked of JSON on every database, and what only some can ask. */
export function jsonCases(provider: Context['provider']): Where[] {
  const everywhere = [
    ...JSON_TEXTS,
    ...JSON_VALUES.flatMap(equality),
    ...arrays(['array_starts_with']),
  ]
  const onlySome = {
    sqlite: [
      ...arrays(['array_ends_with']),
      ...equality([
        within('deep', 'list'),
        [
          [1, 2],
          [2, 1],
        ],
      ]),
    ],
    mysql: holding,
    postgresql: [
      ...arrays(['array_ends_with']),
      ...holding,
      ...ranges,
      ...equality([within('deep'), [{ flag: false, list: [] }]]),
      ...equality([
        within('deep', 'list'),
        [
          [1, 2],
          [2, 1],
        ],
      ]),
    ],
  }[provider]
  return [...everywhere, ...onlySome].flatMap((jsonOpt) => [{ jsonOpt }, { NOT: { jsonOpt } }])
}

/** The same numbers from 0 to 1 on every run. */
function numbers(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}

const POSTS: readonly Where[] = [
  ...[{ title: 'apple' }, { title: { contains: 'AN' } }, { title: { not: { endsWith: 'y' } } }],
  ...[{ body: null }, { body: { not: 'one' } }, { body: { in: ['one', 'two'] } }],
  ...[{ views: { gte: 1, lt: 3 } }, { views: { notIn: [0, 3] } }, { rating: { gt: 0.1 } }],
  ...[{ rating: { not: 2.5 } }, { price: '9.99' }, { price: { lte: '9.99' } }],
  ...[{ size: { gt: '9007199254740992' } }, { published: true }, { level: { not: 'LOW' } }],
  ...[{ publishedAt: { lt: '2025-12-31T23:59:59Z' } }, { editor: null }],
]
const PEOPLE: readonly Where[] = [
  ...[{ name: 'ada' }, { name: { not: 'bob' } }, { name: { startsWith: 'C' } }],
  ...[{ bio: null }, { bio: { text: 'first' } }, { bio: { isNot: { text: 'first' } } }],
]
const TAGS: readonly Where[] = [{ name: 'news' }, { name: { in: ['tips', 'misc'] } }]
const COMMENTS: readonly Where[] = [
  ...[{ text: 'fine' }, { text: { not: { contains: 'A' } } }, { author: null }],
  ...[{ author: { name: 'bob' } }, { NOT: { author: { name: { not: 'cy' } } } }],
]
const EVERYTHINGS: readonly Where[] = [
  ...[{ text: { contains: '%' } }, { text: { not: { startsWith: 'A_' } } }],
  ...[{ textOpt: 'banana' }, { intOpt: { gt: 0 } }, { bigIntOpt: { lte: '5' } }],
  ...[{ booleanOpt: { not: true } }, { levelOpt: { in: ['LOW', 'MEDIUM'] } }, { floatOpt: null }],
]

/** Filters put together at random, the same on every run. */
export function randomWheres(resource: 'posts' | 'everythings', count: number): Where[] {
  const next = numbers(resource.length * 7919 + count)
  const pick = <T>(values: readonly T[]): T => values[Math.floor(next() * values.length)] as T
  const quantifier = () => pick(['some', 'every', 'none'])
  const leaf = (): Where => {
    if (resource === 'everythings') return pick(EVERYTHINGS)
    return pick([
      () => pick(POSTS),
      () => pick(POSTS),
      () => ({ author: pick(PEOPLE) }),
      () => ({ editor: { [pick(['is', 'isNot'])]: pick([null, ...PEOPLE]) } }),
      () => ({ editor: pick(PEOPLE) }),
      () => ({ tags: { [quantifier()]: pick(TAGS) } }),
      () => ({ comments: { [quantifier()]: tree(COMMENTS, 1) } }),
    ])()
  }
  const tree = (leaves: readonly Where[] | null, depth: number): Where => {
    const inner = () => tree(leaves, depth - 1)
    if (depth === 0 || next() < 0.2) return leaves ? pick(leaves) : leaf()
    return pick([
      () => ({ AND: [inner(), inner()] }),
      () => ({ OR: [inner(), inner(), inner()] }),
      () => ({ NOT: inner() }),
      () => ({ NOT: [inner(), inner()] }),
      () => ({ AND: inner(), OR: [inner(), inner()] }),
    ])()
  }
  return Array.from({ length: count }, () => tree(null, 2))
}
