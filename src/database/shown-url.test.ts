import { expect, it } from 'vitest'
import { shownUrl } from './shown-url.js'

it.each([
  [
    'postgresql://me:s%40cret@db:5432/app?schema=x',
    'postgresql://me:PASSWORD@db:5432/app?schema=x',
  ],
  ['mysql://me@db/app', 'mysql://me@db/app'],
  ['postgresql://db/app?user=me&password=secret', 'postgresql://db/app?user=me&password=PASSWORD'],
  ['mysql://me:se/cret@[bad/app', 'mysql://PASSWORD@[bad/app'],
  ['file:./data/a.db', 'file:./data/a.db'],
])('shows %s without its password', (url, shown) => {
  expect(shownUrl(url)).toBe(shown)
})
