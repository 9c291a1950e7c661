import { isIP, isIPv6 } from 'node:net'
import { env } from '../env.js'
import type { ApiRequest } from './route.js'

/**
 * Who calls, as far as that can't be made up: the other end of the connection or, behind as many proxies as
 * TRUST_PROXY says, what the outermost of them saw.
 */
export function clientAddress(request: Pick<ApiRequest, 'address' | 'header'>): string {
  if (env.TRUST_PROXY === 0) return request.address
  const seen = (request.header('x-forwarded-for') ?? '').split(',').map((entry) => entry.trim())
  const client = seen.at(-env.TRUST_PROXY) ?? ''
  return isIP(client) === 0 ? request.address : client
}

/**
 * What one caller has for himself: an IPv4 address, or the first half of an IPv6 address, which is what
 * providers hand out. Limits per address would be none to who owns 2^64 of them.
 */
export function networkOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1]
  if (mapped !== undefined) return mapped
  if (!isIPv6(address)) return address
  const [head = '', tail] = address.toLowerCase().split('%', 1)[0]!.split('::')
  const left = groupsOf(head)
  const right = groupsOf(tail ?? '')
  const zeros = Array.from({ length: Math.max(0, 8 - left.length - right.length) }, () => '0')
  const groups = [...left, ...zeros, ...right].slice(0, 4)
  return `${groups.map((group) => Number.parseInt(group, 16).toString(16)).join(':')}::/64`
}

const groupsOf = (text: string): string[] => (text === '' ? [] : text.split(':'))
