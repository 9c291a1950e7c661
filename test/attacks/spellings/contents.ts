import { deflateSync, gzipSync } from 'node:zlib'
import { changeHeader, withHeader, type Message, type Spelling } from './message.js'

const TYPE = 'Content-Type'

const type = (value: string, expected: Spelling['expected'] = 'refused'): Spelling => ({
  name: `sends ${JSON.stringify(value)}`,
  expected,
  write: (plain) => changeHeader(plain, TYPE, (_, name) => [[name, value]]),
})

const types: readonly Spelling[] = [
  type('Application/JSON', 'same'),
  type('application/json;charset=UTF-8', 'same'),
  type('application/json; charset="utf-8"', 'same'),
  type('application/merge-patch+json', 'same'),
  type('application/json\t'),
  type('application/json ; a=b'),
  type('application/json, text/plain'),
  type('application/json; charset=utf-16'),
  type('text/json'),
  type('text/plain'),
  type('application/x-www-form-urlencoded'),
  type('multipart/form-data; boundary=x'),
  type(''),
  {
    name: 'sends no type',
    expected: 'refused',
    write: (plain) => changeHeader(plain, TYPE, () => []),
  },
  ...[
    ['application/json', 'text/plain'],
    ['text/plain', 'application/json'],
  ].map((values): Spelling => ({
    name: `sends the types ${values.join(' and ')}`,
    expected: 'refused',
    write: (plain) => changeHeader(plain, TYPE, (_, name) => values.map((it) => [name, it])),
  })),
]

const body = (
  name: string,
  expected: Spelling['expected'],
  write: (text: string, plain: Message) => Buffer | string | null,
): Spelling => ({
  name,
  expected,
  write(plain) {
    if (!plain.body) return null
    const written = write(plain.body.toString(), plain)
    return written === null ? null : { ...plain, body: Buffer.from(written as string) }
  },
})

/** Puts members before those of an object. */
const first = (members: string) => (text: string) => text.replace('{', `{${members},`)

const bodies: readonly Spelling[] = [
  body('has white space around the body', 'same', (text) => ` \n\t${text}\r\n `),
  body('escapes the names', 'same', (text) =>
    text.replaceAll(
      /"(\w)(\w*)":/g,
      (_, letter: string, rest: string) =>
        `"\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}${rest}":`,
    ),
  ),
  body('begins with a byte order mark', 'refused', (text) => `\ufeff${text}`),
  body('is UTF-16', 'refused', (text) => Buffer.from(text, 'utf16le')),
  body('goes on after the end', 'refused', (text) => `${text}{}`),
  body('has a comment', 'refused', (text) => `/**/${text}`),
  body('has a comma too many', 'refused', (text) => text.replace(/\}$/, ',}')),
  body('has __proto__', 'refused', first('"__proto__":{"text":"owned"}')),
  body('has an escaped __proto__', 'refused', first('"\\u005f_proto__":{"text":"owned"}')),
  body('has constructor', 'refused', first('"constructor":{"prototype":{"text":"owned"}}')),
  body('has toJSON', 'refused', first('"toJSON":{}')),
  body('has an unknown name', 'refused', first('"nonsense":1')),
  body('says every name twice', 'same', (text) => {
    const members = text.slice(1, -1)
    return members === '' ? null : `{${members},${members}}`
  }),
  body('has bytes that are no UTF-8', 'refused', (text) =>
    Buffer.concat([Buffer.from(text), Buffer.from([0xff])]),
  ),
  body('is too large', 'refused', (text) => text.padEnd(1_100_000)),
  body('is a list', 'refused', (text) => `[${text}]`),
  body('is a text', 'refused', (text) => JSON.stringify(text)),
]

const coded = (coding: string, expected: Spelling['expected'], code: (it: Buffer) => Buffer) => ({
  name: `is coded as ${coding}`,
  expected,
  write: (plain: Message) =>
    plain.body && withHeader({ ...plain, body: code(plain.body) }, 'Content-Encoding', coding),
})

const own = (
  name: string,
  headers: readonly (readonly [string, string])[],
  write = (it: Buffer) => it,
): Spelling => ({
  name,
  expected: 'refused',
  write: (plain) =>
    plain.body && {
      ...plain,
      headers: [...plain.headers, ...headers],
      body: write(plain.body),
      framing: 'own',
    },
})

const CHUNKED = ['Transfer-Encoding', 'chunked'] as const
const chunk = (it: Buffer, extension = ''): Buffer =>
  Buffer.from(`${it.length.toString(16)}${extension}\r\n${it.toString()}\r\n0\r\n\r\n`)

const framings: readonly Spelling[] = [
  {
    name: 'comes in chunks',
    expected: 'same',
    write: (it) => it.body && { ...it, framing: 'chunks' },
  },
  own('comes in chunks with extensions', [CHUNKED], (it) => chunk(it, ';a=b')),
  own('has a length and chunks', [['Content-Length', '3'], CHUNKED], chunk),
  own('comes in chunks of another name', [['Transfer-Encoding', 'identity, chunked']], chunk),
  own('comes in chunks, written large', [['Transfer-Encoding', 'CHUNKED']], chunk),
  own('has two lengths', [
    ['Content-Length', '2'],
    ['Content-Length', '3'],
  ]),
  own('has a length with a sign', [['Content-Length', '+2']]),
  own('has a length that is too small', [['Content-Length', '1']]),
  own('has no length', []),
  coded('identity', 'same', (it) => it),
  coded('gzip', 'refused', gzipSync),
  coded('deflate', 'refused', deflateSync),
  coded('x-unknown', 'refused', (it) => it),
  {
    name: 'asks whether to go on',
    expected: 'same',
    write: (plain) => plain.body && withHeader(plain, 'Expect', '100-continue'),
  },
]

/** Every way to write the body of a request. */
export const contents: readonly Spelling[] = [...types, ...bodies, ...framings]
