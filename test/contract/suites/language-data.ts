import type { Client } from '../client.js'
import type { Row } from './oracle.js'
import { newAuthor, newPost } from './support.js'

const TEXTS = [
  ...['100%', '100 percent', 'a_b', 'aXb', 'back\\slash', 'a\\%b', `it's "so"`, '[x]', 'x'],
  ...['UPPER case', 'upper CASE', '%'],
]

const JSONS = [
  { kind: 'Fruit', n: 5, deep: { list: [1, 2], flag: true }, none: null },
  { kind: 'fruit salad', n: 10, deep: { list: [2], flag: false } },
  { kind: '50%', n: 2.5, deep: { list: [] } },
  { kind: 'q"uo_te', n: -1, deep: { list: ['a', 'b'] } },
  { kind: 7, n: '5' },
  [1, 'two', null],
  [],
  'text',
  0,
  { one: 1 },
]

/** Values of every type: with nulls, ties, and neighbours that only exact comparison tells apart. */
const OPTIONAL: Readonly<Record<string, readonly unknown[]>> = {
  textOpt: ['apple', 'banana', null, 'cherry', 'banana', ''],
  intOpt: [0, -2147483648, 2147483647, null, 7, 7],
  bigIntOpt: ['9007199254740993', null, '9007199254740992', '-9223372036854775808', '5'],
  floatOpt: [0.1, null, -1.5, 0.30000000000000004, 0.3],
  decimalOpt: ['0.1', '0.10001', '-5', null, '123456.789', '10'],
  booleanOpt: [true, null, false],
  dateTimeOpt: [
    '2026-01-01T00:00:00.000Z',
    '2026-01-01T00:00:00.001Z',
    null,
    '1969-12-31T23:59:59.999Z',
  ],
  bytesOpt: ['AAEC/w==', null, '', 'aGVsbG8='],
  levelOpt: ['HIGH', null, 'LOW', 'MEDIUM'],
}

const at = <T>(values: readonly T[], index: number): T => values[index % values.length] as T

/** Makes a row for each of TEXTS, its other values in turn. */
export async function everythings(api: Client): Promise<Row[]> {
  const rows: Row[] = []
  for (const [index, text] of TEXTS.entries()) {
    const optional = Object.entries(OPTIONAL).map(([name, values]) => [name, at(values, index)])
    const required = Object.entries(OPTIONAL).map(([name, values]) => {
      const given = values.filter((value) => value !== null)
      return [name.replace(/Opt$/, ''), at(given, index)]
    })
    const json = { json: { index }, jsonOpt: index < JSONS.length ? JSONS[index] : null }
    const values = Object.fromEntries([...required, ...optional])
    rows.push(await api.make('/api/everythings', { ...values, text, ...json }))
  }
  return rows
}

/** Posts with nulls and ties in every column that may be sorted by, and relations that may be missing. */
export async function library(api: Client): Promise<Row[]> {
  const people: Row[] = []
  for (const name of ['ada', 'bob', 'cy']) people.push(await newAuthor(api, { name }))
  await api.make('/api/bios', { text: 'first', authorId: people[0]?.['id'] })
  const tags: Row[] = []
  for (const name of ['news', 'tips', 'misc']) tags.push(await api.make('/api/tags', { name }))
  for (let index = 0; index < 17; index += 1) {
    const post = await newPost(api, at(people, index)['id'], {
      title: at(['apple', 'banana', 'cherry'], index),
      body: at(['one', null, 'two', null, 'three'], index),
      views: index % 4,
      rating: at([0.1, null, 2.5, 2.5, null, -1], index),
      price: at([null, '9.99', '10', '9.99'], index),
      size: at(['5', null, '9007199254740993'], index),
      published: index % 3 === 0,
      level: at(['LOW', 'MEDIUM', 'HIGH'], index),
      publishedAt: at([null, '2026-01-01T00:00:00Z', '2025-06-01T12:00:00+02:00', null], index),
      editorId: at([null, people[1]?.['id'], people[2]?.['id'], null, people[0]?.['id']], index),
      tags: { connect: tags.slice(0, index % 4).map(({ id }) => ({ id })) },
    })
    for (let n = 0; n < index % 3; n += 1) {
      const authorId = n === 0 ? null : at(people, index)['id']
      await api.make('/api/comments', {
        text: at(['fine', 'bad'], index + n),
        postId: post.id,
        authorId,
      })
    }
  }
  const { body } = await api.get(
    '/api/posts?take=100&include=author.bio,editor.bio,tags,comments.author',
  )
  return body.data
}
