import type { IncomingMessage } from 'node:http'
import { Problem } from './problem.js'

/** What a client may percent-encode or not: it means the same (RFC 3986, 2.3). */
const UNRESERVED = /[\w.~-]/

/**
 * Brings the target of a request line to the one form that routers get to see: without an authority, without
 * a slash at the end, nothing percent-encoded that need not be.
 * @returns Problem 400 for what is no address, 404 for empty segments and `.` or `..` among them
 */
export function plainTarget(target: string): string | Problem {
  const [, path = '', query = ''] = /^(?:https?:\/\/[^/?]*)?([^?]*)(.*)$/is.exec(target) ?? []
  if (/[^\x21-\x7e]|[#\\]/.test(target) || !isDecodable(path)) return malformed()
  const plain = path.replaceAll(/%[\da-f]{2}/gi, (code) => {
    const character = decodeOctet(code)
    return UNRESERVED.test(character) ? character : code
  })
  const [first, ...segments] = plain.split('/')
  if (first !== '') return malformed()
  if (segments.at(-1) === '') segments.pop()
  if (segments.some((segment) => ['', '.', '..'].includes(segment))) return unknownAddress()
  return `/${segments.join('/')}${query}`
}

/** For what hands requests to a router, which is to see plain targets; what is no address is refused there. */
export function rewriteUrl({ url = '' }: Pick<IncomingMessage, 'url'>): string {
  const target = plainTarget(url)
  return typeof target === 'string' ? target : url
}

/** What stands behind the first `?`. */
export function queryOf(target: string): string {
  const start = target.indexOf('?')
  return start === -1 ? '' : target.slice(start + 1)
}

const decodeOctet = (code: string): string =>
  String.fromCharCode(Number.parseInt(code.slice(1), 16))

function isDecodable(path: string): boolean {
  try {
    decodeURIComponent(path)
    return true
  } catch {
    // URIError is all that it throws.
    return false
  }
}

const malformed = (): Problem =>
  new Problem(400, 'bad_request', { detail: 'The address is not well-formed.' })

/** 404 for an address that no route knows. */
export const unknownAddress = (): Problem =>
  new Problem(404, 'no_such_route', { detail: 'There is nothing at this address.' })
