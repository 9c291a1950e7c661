import * as fc from 'fast-check'

/** Stands in a body for JSON that `JSON.stringify` never writes. */
const RAW = '@@'
const RAWS = ['NaN', 'Infinity', '-Infinity', 'undefined', '1e400', '-1e400', '-0', '0x10', '01']
const RAW_OBJECTS = ['{"a":1,"a":2}', '123456789012345678901234567890', '1.0', '1E2', '"\\ud800"']

/** The JSON text of a value, with what only a text can say put in. */
export const jsonText = (value: unknown): string =>
  JSON.stringify(value).replaceAll(/"@@(\d+)"/g, (_, which) => ALL_RAWS[Number(which)]!)

const ALL_RAWS = [...RAWS, ...RAW_OBJECTS]
const raws = fc.nat(ALL_RAWS.length - 1).map((which) => `${RAW}${which}`)

/** An object with a member of this name, whatever the name means to JavaScript. */
export function withMember(object: object, name: string, value: unknown): object {
  const copy = { ...object }
  Object.defineProperty(copy, name, {
    value,
    enumerable: true,
    configurable: true,
    writable: true,
  })
  return copy
}

const nested = (levels: number, inner: unknown, name?: string): unknown =>
  Array.from({ length: levels }).reduce<unknown>(
    (value) => (name === undefined ? [value] : withMember({}, name, value)),
    inner,
  )

const TEXTS = [
  '',
  ' ',
  '\0',
  'a\0b',
  '\ud800',
  'x\udfff',
  '\ufeff',
  '\u202e',
  '🦊',
  'é',
  'e\u0301',
  'İ',
  'ß',
  '%',
  '_',
  '\\',
  `'`,
  `"`,
  ';--',
  `' OR '1'='1`,
  '${7*7}',
  '{{7*7}}',
  '../../etc/passwd',
  '<script>alert(1)</script>',
  'null',
  'undefined',
  'NaN',
  'true',
  '[object Object]',
  '\r\nset-cookie: a=b',
  'x'.repeat(6000),
  '🦊'.repeat(3000),
  'x'.repeat(70_000),
]
const NUMBERS = [
  ...[0, -0, -1, 0.1, 1.5, 1e21, 1e-7, 2 ** 31, 2 ** 31 - 1, -(2 ** 31), -(2 ** 31) - 1, 2 ** 32],
  ...[
    2 ** 53,
    2 ** 53 - 1,
    -(2 ** 53),
    2 ** 63,
    -(2 ** 63),
    2 ** 64,
    Number.MAX_VALUE,
    Number.MIN_VALUE,
  ],
]
const NUMERALS = [
  ...['9223372036854775807', '-9223372036854775808', '9223372036854775808', '-9223372036854775809'],
  ...['1e400', '1e5', '0x1f', '1_000', ' 1', '1 ', '١', '+1', '-0', '00', '.5', '5.', '1,5', '1n'],
  ...[`${'9'.repeat(100)}`, `${'9'.repeat(400)}`, `0.${'1'.repeat(100)}`, '1e99', '1e-99', '1e999'],
]
const DATES = [
  ...['0000-01-01', '0001-01-01T00:00:00Z', '9999-12-31T23:59:59.999Z', '10000-01-01T00:00:00Z'],
  ...['-000001-01-01T00:00:00Z', '+275760-09-13T00:00:00Z', '2026-02-30', '2026-13-01'],
  ...['2026-01-01T24:00:00Z', '2026-01-01T00:00:00', '2026-01-01T00:00:00+99:99', 'yesterday'],
  ...['9999-12-31T23:59:59-23:59', '0001-01-01T00:00:00+23:59', '2016-12-31T23:59:60Z'],
]
const THINGS: readonly unknown[] = [
  null,
  true,
  false,
  [],
  {},
  [[]],
  [{}],
  [null],
  { '': '' },
  { length: 1e9 },
  { toString: null },
  { constructor: { prototype: {} } },
  { not: null },
  { not: {} },
  { not: { not: { not: { equals: null } } } },
  { in: [] },
  { in: [null] },
  { in: 'a' },
  { gt: null },
  { equals: { equals: 1 } },
  { AND: [] },
  { OR: [] },
  { NOT: [] },
  { OR: [{}] },
  { some: {} },
  { every: {} },
  { is: null, isNot: null },
  { set: 1 },
  { increment: 1 },
  { connect: {} },
  { connect: [] },
  { connect: null },
  { set: [] },
  { create: {} },
  { create: [{}] },
  { disconnect: true },
  { delete: true },
  { deleteMany: {} },
  { upsert: {} },
  { $queryRaw: '1' },
  { $ne: null },
  { _count: true },
  { _ref: 'id', _container: 'User' },
  withMember({}, '__proto__', { admin: true }),
  withMember({}, '__proto__', null),
  nested(10, 1),
  nested(70, 1, 'a'),
  nested(8, { id: 1 }, 'NOT'),
  nested(40, { id: 1 }, 'AND'),
  nested(500, 1),
  Array.from({ length: 101 }, (_, n) => n),
  Array.from({ length: 1100 }, () => ({})),
]

/** Values that something may choke on. */
export const hostileValue: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom<unknown>(...THINGS) },
  { weight: 3, arbitrary: fc.constantFrom<unknown>(...TEXTS) },
  { weight: 2, arbitrary: fc.constantFrom<unknown>(...NUMBERS) },
  { weight: 2, arbitrary: fc.constantFrom<unknown>(...NUMERALS) },
  { weight: 1, arbitrary: fc.constantFrom<unknown>(...DATES) },
  { weight: 1, arbitrary: raws },
  { weight: 1, arbitrary: fc.string({ unit: 'binary' }) },
  { weight: 1, arbitrary: fc.double() },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 4 }) },
)

/** Names that mean something to JavaScript, to Prisma or to the app. */
export const hostileName: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(
    ...['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'valueOf', 'then'],
    ...[
      '__defineGetter__',
      'toJSON',
      'length',
      '0',
      '-1',
      '',
      ' ',
      '.',
      '[]',
      '[',
      ']',
      'a.b',
      '$',
    ],
    ...['AND', 'OR', 'NOT', 'is', 'isNot', 'some', 'every', 'none', 'in', 'not', 'equals', 'mode'],
    ...['path', 'search', '_count', '_relevance', 'where', 'data', 'select', 'include', 'omit'],
    ...['orderBy', 'take', 'skip', 'cursor', 'distinct', 'connect', 'create', 'connectOrCreate'],
    ...['set', 'disconnect', 'update', 'upsert', 'deleteMany', 'increment', 'id', 'userId'],
    ...['passwordHash', 'apiKey', 'salary', 'secret', 'email', 'verified', 'createdAt', '\0', '🦊'],
    'x'.repeat(5000),
  ),
  fc.string({ unit: 'binary', maxLength: 8 }),
)

/** Texts for paths, query strings and headers. */
export const hostileText: fc.Arbitrary<string> = fc.constantFrom(...TEXTS, ...NUMERALS, ...DATES)

/** Pieces of an address as they go over the wire. */
export const hostileSegment: fc.Arbitrary<string> = fc.constantFrom(
  ...['%', '%zz', '%00', '%ff', '%c0%af', '%ED%A0%80', '%2e%2e', '..', '.', '%2F', '%5c', '%0d%0a'],
  ...['%25', '%2525', ';a=b', '*', '-1', '0', '1e3', '9'.repeat(400), 'x'.repeat(5000)],
  ...['bulk', 'count', 'search', 'Bulk', '__proto__', 'constructor', 'null', 'undefined', 'NaN'],
  ...[
    '1,2',
    '1%202',
    '+1',
    '%2B1',
    '1%00',
    '%F0%9F%A6%8A',
    '[object%20Object]',
    ':id',
    '{id}',
    '~',
  ],
)

export const hostileQuery: fc.Arbitrary<string> = fc.constantFrom(
  ...['where', 'where=', 'where[]=1', 'where[id]', 'where[id]=', 'where[id][]=1', 'where[id][]=a'],
  ...['where[AND]=', 'where[OR][]=', 'where[OR][0]=', 'where[NOT][0][id]=1', 'where[AND][0]=x'],
  ...['where[OR][1000000][id]=1', 'where[id][in]=', 'where[id][in]=,,,', 'where[id][in][0]=1'],
  ...['where[id][in][1]=2&where[id][in][0]=1', 'where[id]=1&where[id]=2', 'take=1&take=2'],
  ...['where[id]=1&where[id][not]=2', 'where=x&where[id]=1', 'where[[id]]=1', 'where[id=1'],
  ...['where]id[=1', 'where[__proto__][id]=1', '__proto__[take]=1', 'constructor[x]=1', '[a]=1'],
  ...['take=0', 'take=-1', 'take=101', 'take=1e1', 'take=NaN', 'take=', 'take[]=1', 'take[a]=1'],
  ...['skip=-1', 'skip=1e9', 'skip=100000001', 'skip=99999999', 'skip=0.5', 'cursor=', 'cursor=/'],
  ...['cursor=%', 'cursor=%25', 'cursor=1/2', 'cursor=1/2/3/4', 'cursor=%2500', 'cursor[]=1'],
  ...['orderBy=', 'orderBy=,', 'orderBy=--id', 'orderBy=id,id', 'orderBy=-id,id', 'orderBy[]=id'],
  ...['orderBy[id]=asc', 'orderBy=id;drop', 'include=', 'include=.', 'include=a..b', 'include[]=a'],
  ...[
    'include[a]=true',
    'select=',
    'select=*',
    'select=_count',
    'select=__proto__',
    'select[id]=1',
  ],
  ...[
    'select=constructor',
    'include=__proto__',
    'orderBy=__proto__',
    'include=id',
    'include=_count',
  ],
  ...[
    'select=id&include=id',
    '%',
    '%zz',
    'a=%',
    '%00=1',
    'a=%00',
    '=',
    '&',
    '&&&',
    '===',
    '?',
    '??',
  ],
  ...['a', 'A=1', 'limit=1', 'page=2', 'filter[id]=1', 'where[id]=%ED%A0%80', '#'],
  `${'a=1&'.repeat(600)}`,
  `where${'[NOT]'.repeat(30)}[id]=1`,
  `where${'[a]'.repeat(300)}=1`,
  `where[OR]${'[0]'.repeat(9)}[id]=1`,
  `where[id][in]=${'1,'.repeat(150)}1`,
  `select=${'id,'.repeat(60)}id`,
  `a=${'x'.repeat(10_000)}`,
)

export type Headers = Readonly<Record<string, string>>

export const hostileHeaders: fc.Arbitrary<Headers> = fc.oneof(
  fc
    .constantFrom(
      ...['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'],
      ...['application/json; charset=utf-16', 'application/json;', 'APPLICATION/JSON', 'json', ''],
      ...['application/vnd.api+json', 'application/json, text/plain', 'application/json; a="', '/'],
      ...['text/json', 'application/xml', 'application/json; charset=utf-8', '*/*', '\xff'],
    )
    .map((type) => ({ 'content-type': type })),
  fc.constantFrom<Headers>(
    { 'content-encoding': 'gzip' },
    { 'content-encoding': 'br' },
    { 'content-encoding': 'identity' },
    { 'content-encoding': 'x'.repeat(100) },
    { accept: 'text/html' },
    { accept: 'application/xml;q=1, */*;q=0' },
    { 'accept-encoding': 'gzip, br' },
    { 'accept-language': '*' },
    { 'x-request-id': 'x'.repeat(200) },
    { 'x-request-id': '\xff<script>' },
    { 'x-http-method-override': 'DELETE' },
    { 'x-forwarded-for': '::1, %' },
    { 'x-forwarded-host': 'evil.example' },
    { host: 'evil.example' },
    { origin: 'null' },
    { origin: 'https://evil.example' },
    { authorization: 'Bearer x' },
    { authorization: `Basic ${'A'.repeat(4000)}` },
    { cookie: 'a=b; __proto__=c; %' },
    { range: 'bytes=0-1' },
    { 'if-modified-since': 'never' },
    { 'if-range': '"x"' },
    { te: 'trailers' },
    { prefer: 'return=minimal' },
    { expect: '100-continue' },
    { 'x-large': 'x'.repeat(17_000) },
  ),
)

/** Bodies that are no JSON of the schema at all. */
export const hostileBody: fc.Arbitrary<string | Uint8Array> = fc.oneof(
  fc.constantFrom<string | Uint8Array>(
    ...[
      '',
      ' ',
      '{',
      '}',
      '[',
      '{"a":',
      '{"a":1,}',
      "{'a':1}",
      '{"a":1}{"b":2}',
      '//',
      'null',
      '0',
    ],
    ...[
      '"x"',
      '[]',
      '{}',
      '[{}]',
      'true',
      '\ufeff{}',
      '{"\\u005f_proto__":{"a":1}}',
      '{"__proto__":1}',
    ],
    ...[
      '{"a":"\\ud800"}',
      '{"\\u0000":1}',
      '{"where":{}}',
      '{"data":[]}',
      '{"data":null}',
      '-',
      '1e999',
    ],
    ...['{"where":{},"data":{}}', '{"where":null,"data":null}', '{"data":[{}]}', '{"data":{}}'],
    `${'['.repeat(100_000)}`,
    `${'['.repeat(20_000)}${']'.repeat(20_000)}`,
    `${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}`,
    `{"where":${'{"NOT":'.repeat(3000)}{"id":1}${'}'.repeat(3000)}}`,
    `"${'x'.repeat(1_100_000)}"`,
    `{"data":[${'{},'.repeat(1000)}{}]}`,
    Uint8Array.from([0xff, 0xfe]),
    Uint8Array.from([0x7b, 0x22, 0xc3, 0x28, 0x22, 0x3a, 0x31, 0x7d]),
    Uint8Array.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0]),
    Uint8Array.from([0, 0, 0, 0]),
  ),
  fc.string({ unit: 'binary' }),
  fc.json({ maxDepth: 3 }),
)
