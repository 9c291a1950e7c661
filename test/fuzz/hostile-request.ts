import * as fc from 'fast-check'
import {
  hostileBody,
  hostileHeaders,
  hostileQuery,
  hostileSegment,
  hostileText,
} from './hostile.js'
import { overWire, type Request } from './operations.js'
import { encoded } from './query-text.js'

type Change = (request: Request) => Partial<Request>

const withPath =
  (change: (pathname: string) => string): Change =>
  ({ path }) => {
    const [pathname = '', query] = path.split(/\?(.*)/s, 2)
    return { path: change(pathname) + (query === undefined ? '' : `?${query}`) }
  }

const change: fc.Arbitrary<Change> = fc.oneof(
  fc.tuple(hostileSegment, fc.nat(5)).map(([segment, at]) =>
    withPath((pathname) => {
      const parts = pathname.split('/')
      return parts.toSpliced(Math.min(at + 1, parts.length), 1, segment).join('/')
    }),
  ),
  hostileText.map((text) => withPath((pathname) => pathname.replace(/[^/]*$/, encoded(text)))),
  fc
    .constantFrom(...['/', '//', '/.', '?', '%20', '/bulk', '/../'])
    .map((end) => withPath((pathname) => pathname + end)),
  hostileQuery.map((query) => ({ path }: Request) => ({
    path: path + (path.includes('?') ? '&' : '?') + query,
  })),
  hostileHeaders.map((added) => ({ headers }: Request) => ({ headers: { ...headers, ...added } })),
  hostileBody.map((body) => () => ({ body })),
  fc
    .constantFrom(...['GET', 'HEAD', 'OPTIONS', 'TRACE', 'PUT', 'PATCH', 'DELETE', 'PROPFIND'])
    .map((method) => () => ({ method })),
)

/** A request of which one part or two are no longer what a client would send. */
export const hostileRequest = (request: fc.Arbitrary<Request>): fc.Arbitrary<Request> =>
  fc.tuple(request, change, fc.option(change, { freq: 1 })).map(([it, first, second]) => {
    const once = { ...it, ...first(it) }
    const changed = second ? { ...once, ...second(once) } : once
    return { ...answerable(changed), kind: 'hostile', path: overWire(changed.path) }
  })

/** Too large headers are refused before they are read: the answer has a body also where it was HEAD. */
function answerable(request: Request): Request {
  const { 'x-large': large, ...headers } = request.headers
  return request.method === 'HEAD' && large !== undefined ? { ...request, headers } : request
}
