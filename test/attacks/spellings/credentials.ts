import { changeHeader, withHeader, type Message, type Spelling } from './message.js'

const BEARER = 'Authorization'
const KEY = 'X-API-Key'

const change = (
  header: string,
  name: string,
  expected: Spelling['expected'],
  write: (value: string, name: string) => readonly (readonly [string, string])[],
): Spelling => ({
  name: `${header}: ${name}`,
  expected,
  write: (plain) => changeHeader(plain, header, write),
})

const bearer = (
  name: string,
  expected: Spelling['expected'],
  write: (token: string) => string,
): Spelling =>
  change(BEARER, name, expected, (value, header) => [[header, write(value.split(' ')[1] ?? '')]])

const tokens: readonly Spelling[] = [
  bearer('small', 'same', (token) => `bearer ${token}`),
  bearer('large', 'same', (token) => `BEARER ${token}`),
  bearer('two spaces', 'same', (token) => `Bearer  ${token}`),
  bearer('white space around', 'same', (token) => `\t Bearer ${token} \t`),
  bearer('a tab between', 'nobody', (token) => `Bearer\t${token}`),
  bearer('no space', 'nobody', (token) => `Bearer${token}`),
  bearer('a comma', 'nobody', (token) => `Bearer ${token}, Bearer x`),
  bearer('quotes', 'nobody', (token) => `Bearer "${token}"`),
  bearer('Basic', 'nobody', (token) => `Basic ${token}`),
  bearer('a line folded', 'nobody', (token) => `Bearer\r\n ${token}`),
  change(BEARER, 'twice', 'nobody', (value, name) => [
    [name, value],
    [name, value],
  ]),
  change(BEARER, 'a second one that is no good', 'nobody', (value, name) => [
    [name, value],
    [name, 'Bearer x'],
  ]),
  change(BEARER, 'another letter case', 'same', (value) => [['aUTHORIZATION', value]]),
  change(BEARER, 'a name with a space behind', 'nobody', (value, name) => [[`${name} `, value]]),
  change(BEARER, 'as a cookie', 'nobody', (value) => [['Cookie', `authorization=${value}`]]),
  change(BEARER, 'for a proxy', 'nobody', (value) => [['Proxy-Authorization', value]]),
]

const keys: readonly Spelling[] = [
  change(KEY, 'another letter case', 'same', (value) => [['x-Api-KEY', value]]),
  change(KEY, 'white space around', 'same', (value, name) => [[name, `\t ${value} \t`]]),
  change(KEY, 'twice', 'nobody', (value, name) => [
    [name, value],
    [name, value],
  ]),
  change(KEY, 'an underscore', 'nobody', (value) => [['X_API_Key', value]]),
  change(KEY, 'as Bearer', 'nobody', (value) => [[BEARER, `Bearer ${value}`]]),
  change(KEY, 'written large', 'nobody', (value, name) => [[name, value.toUpperCase()]]),
  change(KEY, 'as a cookie', 'nobody', (value) => [['Cookie', `x-api-key=${value}`]]),
  {
    name: `${KEY}: in the query`,
    expected: 'nobody',
    write(plain) {
      const value = plain.headers.find(([name]) => name === KEY)?.[1]
      const bare = changeHeader(plain, KEY, () => [])
      return bare && { ...bare, target: `${bare.target}?api_key=${value}` }
    },
  },
]

const both: readonly Spelling[] = [
  ['Authorization', ''],
  ['Authorization', 'Negotiate x'],
  ['Cookie', 'session=1'],
  ['X-User-Id', '1'],
  ['X-Forwarded-User', 'admin'],
].map(([name = '', value = '']): Spelling => ({
  name: `says ${name}: ${value} beside`,
  expected: 'same',
  write: (plain: Message) =>
    plain.headers.some(([known]) => known === name) ? null : withHeader(plain, name, value),
}))

/** Every way to say who calls. */
export const credentials: readonly Spelling[] = [...tokens, ...keys, ...both]
