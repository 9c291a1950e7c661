import { withHeader, type Message, type Spelling } from './message.js'

/** Another spelling of the path; the query string stays. */
const path = (
  name: string,
  expected: Spelling['expected'],
  write: (path: string, pick: (below: number) => number) => string | null,
): Spelling => ({
  name,
  expected,
  write(plain, pick) {
    const [before = '', ...query] = plain.target.split('?')
    const written = write(before, pick)
    return written === null ? null : { ...plain, target: [written, ...query].join('?') }
  },
})

const hex = (character: string): string => `%${character.charCodeAt(0).toString(16)}`

/** Changes one letter or digit of the path. */
function one(
  path: string,
  pick: (below: number) => number,
  change: (it: string) => string,
): string {
  const places = [...path.matchAll(/[\w-]/g)].map(({ index }) => index)
  const at = places[pick(places.length)]!
  return path.slice(0, at) + change(path[at]!) + path.slice(at + 1)
}

/** Puts something in place of one of the slashes. */
function slash(path: string, pick: (below: number) => number, written: string): string {
  const places = [...path.matchAll(/\//g)].map(({ index }) => index)
  const at = places[pick(places.length)]!
  return path.slice(0, at) + written + path.slice(at + 1)
}

/** Puts something behind one of the segments. */
function behind(path: string, pick: (below: number) => number, written: string): string {
  const segments = path.split('/')
  const at = 1 + pick(segments.length - 1)
  return segments.map((segment, index) => (index === at ? segment + written : segment)).join('/')
}

const SLASHES = [
  '//',
  '%2f',
  '%2F',
  '\\',
  '%5c',
  '/./',
  '/%2e/',
  '/x/../',
  '/%2e%2e/',
  '/;/',
  '/%20',
]
const TAILS = [
  ';',
  ';a=b',
  '%00',
  '%20',
  '%09',
  '%0a',
  '%0d%0a',
  '.',
  '.json',
  ':',
  '%',
  '%zz',
  '~',
]
const BYTES = ['%c0%af', '%c1%a1', '%ff', '%ed%a0%80', '\u00e9', '\u0000', '\t', '%EF%BC%8F', '+']

const onPaths: readonly Spelling[] = [
  path('encodes one letter', 'same', (text, pick) => one(text, pick, hex)),
  path('encodes one letter in capitals', 'same', (text, pick) =>
    one(text, pick, (it) => hex(it).toUpperCase()),
  ),
  path('encodes every letter', 'same', (text) => text.replaceAll(/[\w-]/g, hex)),
  path('encodes the api', 'same', (text) => text.replace('/api', '/%61pi')),
  path('encodes twice', 'refused', (text, pick) =>
    one(text, pick, (it) => `%25${hex(it).slice(1)}`),
  ),
  path('writes one letter large', 'refused', (text, pick) =>
    one(text, pick, (it) => it.toUpperCase()),
  ),
  path('writes all letters large', 'refused', (text) => text.toUpperCase()),
  path('writes one letter wide', 'refused', (text, pick) =>
    one(text, pick, (it) => encodeURIComponent(String.fromCharCode(it.charCodeAt(0) + 0xfee0))),
  ),
  path('ends in a slash', 'same', (text) => `${text}/`),
  path('ends in two slashes', 'refused', (text) => `${text}//`),
  path('begins with a host', 'refused', (text) => `//127.0.0.1${text}`),
  path('begins with no slash', 'refused', (text) => text.slice(1)),
  path('goes up to the top', 'refused', (text) => `/../..${text}`),
  path('is very long', 'refused', (text) => text + '/'.repeat(8000)),
  path('has a very long segment', 'refused', (text) => `${text}${'a'.repeat(8000)}`),
  ...SLASHES.map((written) =>
    path(`writes ${written} for a slash`, 'refused', (text, pick) => slash(text, pick, written)),
  ),
  ...[...TAILS, ...BYTES].map((written) =>
    path(`puts ${JSON.stringify(written)} behind a segment`, 'refused', (text, pick) =>
      behind(text, pick, written),
    ),
  ),
]

const target = (
  name: string,
  expected: Spelling['expected'],
  write: (target: string) => string,
): Spelling => ({
  name,
  expected,
  write: (plain) => ({ ...plain, target: write(plain.target) }),
})

const onTargets: readonly Spelling[] = [
  target('names the server', 'same', (text) => `http://127.0.0.1${text}`),
  target('names the server in capitals', 'same', (text) => `HTTP://LOCALHOST:80${text}`),
  target('names another server', 'same', (text) => `https://user:word@other.example:8443${text}`),
  target('names a server by another scheme', 'refused', (text) => `ftp://127.0.0.1${text}`),
  target('has an empty query', 'same', (text) => `${text}?`),
  target('has a second query', 'refused', (text) => `${text}?x=1?/api/tags`),
  target('has a query that is a path', 'refused', (text) =>
    `/api/tags?${text}`.replace('?/', '?a=/'),
  ),
  target('has a fragment', 'refused', (text) => `${text}#`),
  target('has a fragment that is a path', 'refused', (text) => `/api/tags#${text}`),
  target('has the query encoded', 'refused', (text) => `${text}%3Ftake=1`),
  target('names another method in the query', 'refused', (text) => `${text}?_method=GET`),
]

const asked = (name: string, value: string): Spelling => ({
  name: `says ${name}: ${value}`,
  expected: 'same',
  write: (plain) => withHeader(plain, name, value),
})

/** Headers by which some servers take a request for another one. */
const onHeaders: readonly Spelling[] = [
  asked('X-HTTP-Method-Override', 'GET'),
  asked('X-HTTP-Method-Override', 'DELETE'),
  asked('X-Method-Override', 'PUT'),
  asked('X-Original-URL', '/api/tags'),
  asked('X-Rewrite-URL', '/health'),
  asked('X-Forwarded-Prefix', '/api/auth/login'),
  asked('X-Forwarded-Path', '/api/auth/login'),
  asked('Forwarded', 'for=127.0.0.1;host=other.example'),
]

const method = (
  name: string,
  expected: Spelling['expected'],
  write: (it: Message) => string | null,
) => ({
  name,
  expected,
  write(plain: Message) {
    const written = write(plain)
    return written === null ? null : { ...plain, method: written }
  },
})

const onMethods: readonly Spelling[] = [
  method('asks by HEAD', 'same', ({ method }) => (method === 'GET' ? 'HEAD' : null)),
  method('writes the method small', 'refused', ({ method }) => method.toLowerCase()),
]

/** Every way to write the address of a request. */
export const addresses: readonly Spelling[] = [...onPaths, ...onTargets, ...onHeaders, ...onMethods]
