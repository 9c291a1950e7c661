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

/** The lengths in bits of the IPv6 networks that providers hand out: one wire, a household, a company. */
export const IPV6_NETWORKS = [64, 56, 48] as const
export type Ipv6Network = (typeof IPV6_NETWORKS)[number]

/** The IPv4 address of a caller; null for who calls by IPv6. Written as IPv6 (`::ffff:…`) it is the same one. */
export function ipv4Of(address: string): string | null {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1]
  if (mapped !== undefined) return mapped
  return isIPv6(address) ? null : address
}

/** The network of so many bits that an IPv6 address is in, such as `2001:db8:0:100::/56`. */
export function ipv6NetworkOf(address: string, bits: Ipv6Network): string {
  const [head = '', tail] = address.split('%', 1)[0]!.split('::')
  const left = groupsOf(head)
  const right = groupsOf(tail ?? '')
  const zeros = Array.from({ length: Math.max(0, 8 - left.length - right.length) }, () => 0)
  const kept = [...left, ...zeros, ...right].slice(0, 4).map((group, at) => {
    const after = Math.min(16, Math.max(0, 16 * (at + 1) - bits))
    return ((group >> after) << after).toString(16)
  })
  return `${kept.join(':')}::/${bits}`
}

const groupsOf = (text: string): number[] =>
  text === '' ? [] : text.split(':').map((group) => Number.parseInt(group, 16))
